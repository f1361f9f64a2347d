using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Turns gradients into updates of the parameters. State lies in slabs laid out like the parameters', so a step is a loop over memory.
/// </summary>
/// <remarks>
/// <para>Gradients of several batches add up when <see cref="Tape.Backward"/> is called several times before one <see cref="Step"/>; the scale
/// makes their mean: <c>tape.Backward(loss, scale: 1f / batches)</c>. The first <c>Backward</c> after a step starts from zero again.</para>
/// <para>The penalties <see cref="L1"/> and <see cref="L2"/> are part of what is minimised: <c>loss + λ₁ Σ |w| + λ₂/2 Σ w²</c>, their gradients
/// <c>λ₁ sign(w) + λ₂ w</c> are added to that of the loss. What PyTorch calls <c>weight_decay</c> is <see cref="L2"/> here in all optimizers but
/// <see cref="AdamW"/> and <see cref="Lion"/>, whose decay by-passes the gradient. Both apply to parameters that decay (<see cref="Parameter.Decays"/>).</para>
/// <para>A step does not allocate, and does not depend on the number of threads.</para>
/// </remarks>
public abstract class Optimizer
{
    private readonly List<(string Name, Slab Slab)> _state = [];
    private Run[] _runs = [];
    private int _runsVersion = -1;

    /// <summary>Makes an optimizer of all trainable parameters.</summary>
    protected Optimizer(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
    }

    /// <summary>What it updates.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Size of a step. Schedules set it between steps.</summary>
    public real LearningRate { get; set; }

    /// <summary>λ₁, the factor of the penalty <c>Σ |w|</c>, which draws weights that are of no use to zero. Default: 0.</summary>
    public real L1 { get; init => field = OptionRange.NotNegative(value, nameof(L1)); }

    /// <summary>λ₂, the factor of the penalty <c>½ Σ w²</c>, which keeps weights small. Default: 0.</summary>
    public real L2 { get; init => field = OptionRange.NotNegative(value, nameof(L2)); }

    /// <summary>What differs for the parameters of a group (<see cref="Parameter.Group"/>); groups that are not named here have the factors 1.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>
    /// Whether <see cref="Step"/> looks at all gradients first and throws <see cref="NonFiniteGradientException"/> before any parameter changes when
    /// one is NaN or infinite. It reads the gradients once more. Default: no.
    /// </summary>
    public bool ChecksGradients { get; init; }

    /// <summary>Threads of the update. Default: all cores.</summary>
    public Team Team { get; set; } = Team.Shared;

    /// <summary>Steps taken; part of the state of some optimizers (bias correction), so checkpoints keep it.</summary>
    public long Steps { get; set; }

    /// <summary>Names of the state arrays, for checkpoints.</summary>
    public IEnumerable<string> StateNames => _state.Select(s => s.Name);

    /// <summary>A state array; that of a weight stands where the weight stands in <see cref="ParameterSet.Values"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public Span<real> State(string name)
    {
        foreach ((string known, Slab slab) in _state)
        {
            if (known == name) return slab.Span;
        }

        throw new KeyNotFoundException($"Optimizer: {GetType().Name} has no state '{name}'; it has: {string.Join(", ", StateNames)}.");
    }

    /// <summary>Updates the parameters by the gradients there are and marks those as used.</summary>
    /// <exception cref="NonFiniteGradientException">A gradient is NaN or infinite, and <see cref="ChecksGradients"/> is on; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">A group is named that no parameter belongs to.</exception>
    public void Step()
    {
        if (_runsVersion != Parameters.TrainableVersion) FindRuns();
        if (ChecksGradients) NonFiniteGradientException.ThrowIfAny(Parameters, Steps + 1);
        Steps++;
        BeginStep();
        foreach (ref readonly Run run in _runs.AsSpan())
        {
            if (run.Sparse is null) Update(Part(run, run.Offset, run.Length));
            else UpdateRows(run, run.Sparse);
        }

        Parameters.ConsumeGradients();
    }

    /// <summary>The type, the rate and the steps taken.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{GetType().Name}(rate {LearningRate:G4}, {Parameters.ElementCount:N0} numbers, {Steps:N0} steps)");

    /// <summary>Whether <see cref="Update"/> treats parameters that decay differently from those that do not. Default: when there is a penalty.</summary>
    protected virtual bool HasDecay => L1 != 0 || L2 != 0;

    /// <summary>Reserves a state array of zeros.</summary>
    protected Slab AddState(string name) => AddState(name, Parameters.Values.Length);

    /// <summary>Reserves a state array of zeros of a length of its own.</summary>
    protected Slab AddState(string name, int length)
    {
        Slab slab = new(length);
        _state.Add((name, slab));
        return slab;
    }

    /// <summary>Called once a step, after <see cref="Steps"/> was counted up and before the first <see cref="Update"/>.</summary>
    protected virtual void BeginStep()
    {
    }

    /// <summary>Updates a range of the slabs in which all parameters are treated alike.</summary>
    protected abstract void Update(in ParameterRun run);

    /// <summary>Applies a formula to a run; the penalties are added to the gradients on the way.</summary>
    private protected void Apply<TRule>(in ParameterRun run, TRule rule, Slab? first = null, Slab? second = null, Slab? third = null)
        where TRule : struct, IUpdateRule
        => ParameterUpdate.Run(rule, Parameters.Values.Slice(run.Offset, run.Length), Parameters.Gradients.Slice(run.Offset, run.Length),
            Part(first, run), Part(second, run), Part(third, run), run.L1, run.L2, Team);

    /// <summary>Only the rows that have a gradient; those beside each other at once.</summary>
    private void UpdateRows(in Run run, Parameter parameter)
    {
        int width = parameter.RowLength;
        for (int at = 0; parameter.Touched!.TryNext(ref at, out int first, out int count);) Update(Part(run, run.Offset + (first * width), count * width));
    }

    private ParameterRun Part(in Run run, int offset, int length) => new()
    {
        Offset = offset,
        Length = length,
        LearningRate = LearningRate * run.RateFactor,
        DecayFactor = run.DecayFactor,
        L1 = L1 * run.DecayFactor,
        L2 = L2 * run.DecayFactor,
    };

    private static Span<real> Part(Slab? slab, in ParameterRun run) => slab is null ? default : slab.Span.Slice(run.Offset, run.Length);

    /// <summary>
    /// Neighbouring parameters that are treated alike make one run; the padding between them is zero and stays so. Found again when a
    /// parameter was frozen or thawed or changed its group.
    /// </summary>
    private void FindRuns()
    {
        foreach (ParameterGroup group in Groups)
        {
            if (Parameters.All(p => p.Group != group.Name))
                throw new InvalidOperationException($"{GetType().Name}: no parameter is of the group '{group.Name}'; there are: {string.Join(", ", Parameters.Select(p => $"'{p.Group}'").Distinct())}. Set it with module.InGroup(name).");
        }

        List<Run> runs = [];
        Parameter[] placed = [.. Parameters.OrderBy(p => p.Offset)];
        for (int i = 0; i < placed.Length; i++)
        {
            if (!placed[i].Trainable) continue;
            int end = i + 1 < placed.Length ? placed[i + 1].Offset : Parameters.Values.Length;
            ParameterGroup? group = Groups.FirstOrDefault(g => g.Name == placed[i].Group);
            Run run = new(placed[i].Offset, end - placed[i].Offset, group?.RateFactor ?? 1, HasDecay && placed[i].Decays ? group?.DecayFactor ?? 1 : 0, placed[i].SparseGradient ? placed[i] : null);
            if (runs.Count > 0 && runs[^1].Continues(run)) runs[^1] = runs[^1] with { Length = end - runs[^1].Offset };
            else runs.Add(run);
        }

        _runs = [.. runs];
        _runsVersion = Parameters.TrainableVersion;
    }

    private readonly record struct Run(int Offset, int Length, real RateFactor, real DecayFactor, Parameter? Sparse)
    {
        public bool Continues(in Run next) => Sparse is null && next.Sparse is null && Offset + Length == next.Offset && RateFactor == next.RateFactor && DecayFactor == next.DecayFactor;
    }
}
