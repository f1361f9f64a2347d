using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Turns gradients into updates of the parameters. State lies in slabs laid out like the parameters', so a step is a loop over memory.
/// </summary>
public abstract class Optimizer
{
    private readonly List<(string Name, Slab Slab)> _state = [];
    private (int Offset, int Length, bool Decays)[] _runs = [];
    private int _runsVersion = -1;

    /// <summary>Makes an optimizer of all trainable parameters.</summary>
    protected Optimizer(ParameterSet parameters)
    {
        Parameters = parameters;
    }

    /// <summary>What it updates.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Size of a step. Schedules set it between steps.</summary>
    public real LearningRate { get; set; }

    /// <summary>Threads of the update. Default: all cores.</summary>
    public Team Team { get; set; } = Team.Shared;

    /// <summary>Steps taken; part of the state of some optimizers (bias correction), so checkpoints keep it.</summary>
    public long Steps { get; set; }

    /// <summary>Names of the state arrays, for checkpoints.</summary>
    public IEnumerable<string> StateNames => _state.Select(s => s.Name);

    /// <summary>A state array, laid out as <see cref="ParameterSet.Values"/>.</summary>
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
    public void Step()
    {
        Steps++;
        if (_runsVersion != Parameters.TrainableVersion) FindRuns();
        foreach ((int offset, int length, bool decays) in _runs) Update(offset, length, decays);
        Parameters.ConsumeGradients();
    }

    /// <summary>Whether <see cref="Update"/> treats parameters that decay differently from those that do not. Default: no.</summary>
    protected virtual bool HasDecay => false;

    /// <summary>Reserves a state array of zeros.</summary>
    protected Slab AddState(string name)
    {
        Slab slab = new(Parameters.Values.Length);
        slab.Span.Clear();
        _state.Add((name, slab));
        return slab;
    }

    /// <summary>Updates a range of the slabs in which all parameters are treated alike.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="decays">Whether weight decay applies.</param>
    protected abstract void Update(int offset, int length, bool decays);

    /// <summary>
    /// Neighbouring parameters that are treated alike make one run; the padding between them is zero and stays so. Found again when a
    /// parameter was frozen or thawed.
    /// </summary>
    private void FindRuns()
    {
        List<(int Offset, int Length, bool Decays)> runs = [];
        for (int i = 0; i < Parameters.Count; i++)
        {
            Parameter parameter = Parameters[i];
            if (!parameter.Trainable) continue;
            int end = i + 1 < Parameters.Count ? Parameters[i + 1].Offset : Parameters.Values.Length;
            bool decays = HasDecay && parameter.Decays;
            if (runs.Count > 0 && runs[^1].Decays == decays && runs[^1].Offset + runs[^1].Length == parameter.Offset)
                runs[^1] = (runs[^1].Offset, end - runs[^1].Offset, decays);
            else runs.Add((parameter.Offset, end - parameter.Offset, decays));
        }

        _runs = [.. runs];
        _runsVersion = Parameters.TrainableVersion;
    }
}
