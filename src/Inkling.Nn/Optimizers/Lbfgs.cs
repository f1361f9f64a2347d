using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// L-BFGS (Nocedal 1980; Liu &amp; Nocedal 1989): steps along <c>−H g</c>, with the inverse curvature H from the last steps and differences of gradients (two-loop
/// recursion, Nocedal &amp; Wright 2006, Alg. 7.4). For whole data sets or large batches, where the loss is the same function at every call.
/// </summary>
/// <remarks>
/// <para>A step evaluates the loss several times, so it takes a closure: <c>lbfgs.Step(() =&gt; { tape.Begin(); Tensor loss = …; tape.Backward(loss); return loss.Item(); })</c>.
/// Dropout and other randomness must be off or repeat, or the line search compares different functions.</para>
/// <para>Frozen parameters stay. <see cref="Optimizer.Groups"/> and the penalties of <see cref="Optimizer"/> are not for this optimizer, as its loss would not be the
/// closure's: add <c>Losses.Penalty</c> there. State: the history takes <c>2 · history</c> times the memory of the parameters, from the beginning.</para>
/// <para>Options as in PyTorch: <see cref="MostIterations"/> 20, <see cref="MostEvaluations"/> 25, tolerances 1e-7 and 1e-9; the rate is 1.</para>
/// </remarks>
public sealed class Lbfgs : Optimizer
{
    private const int Count = 0, Next = 1, Iterations = 2, StepLength = 3, Scale = 4;

    private readonly int _length;
    private readonly Slab _differences;
    private readonly Slab _moves;
    private readonly Slab _inverses;
    private readonly Slab _direction;
    private readonly Slab _before;
    private readonly Slab _numbers;
    private readonly Slab _start;
    private readonly double[] _shares;
    private readonly LineSearch _search;
    private readonly Func<double, Slab, double> _objective;
    private Slab _gradient;
    private Func<real>? _closure;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">What it updates.</param>
    /// <param name="history">How many steps it remembers, at least 1. Default: 100.</param>
    /// <param name="lineSearch">Whether each iteration searches a step length that satisfies the strong Wolfe conditions; without, it is the learning rate. Default: no, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The history is less than 1, or does not fit one array.</exception>
    public Lbfgs(ParameterSet parameters, int history = 100, bool lineSearch = false)
        : base(parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(history, 1);
        _length = parameters.Values.Length;
        if ((long)history * _length > Array.MaxLength / 2) throw new ArgumentOutOfRangeException(nameof(history), history, $"Lbfgs: a history of {history} steps of {_length} numbers does not fit one array. Make it shorter.");
        LearningRate = 1;
        History = history;
        UsesLineSearch = lineSearch;
        _differences = AddState("differences", history * _length);
        _moves = AddState("moves", history * _length);
        _inverses = AddState("inverses", history);
        _direction = AddState("direction");
        _before = AddState("before");
        _numbers = AddState("numbers", 8);
        _start = new Slab(_length);
        _gradient = new Slab(_length);
        _shares = new double[history];
        _search = new LineSearch(_length);
        _objective = Evaluate;
    }

    /// <summary>How many steps it remembers.</summary>
    public int History { get; }

    /// <summary>Whether each iteration searches a step length.</summary>
    public bool UsesLineSearch { get; }

    /// <summary>The most iterations of one <see cref="Step(Func{real})"/>, at least 1. Default: 20.</summary>
    public int MostIterations { get; init; } = 20;

    /// <summary>Evaluations of the loss after which a step ends, at least 1. Default: 1.25 times the iterations.</summary>
    public int? MostEvaluations { get; init; }

    /// <summary>A step ends when no gradient is larger. Default: 1e-7.</summary>
    public real GradientTolerance { get; init; } = (real)1e-7;

    /// <summary>A step ends when neither a weight nor the loss moves by more. Default: 1e-9.</summary>
    public real ChangeTolerance { get; init; } = (real)1e-9;

    /// <summary>Takes up to <see cref="MostIterations"/> iterations.</summary>
    /// <param name="closure">Computes loss and gradients at the parameters as they are: <c>Begin</c>, forward, <c>Backward</c>; returns the loss.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="InvalidOperationException">Groups or penalties are set.</exception>
    /// <exception cref="NonFiniteGradientException">Loss or gradient is not finite at the parameters as they are; nothing has changed.</exception>
    public real Step(Func<real> closure)
    {
        ArgumentNullException.ThrowIfNull(closure);
        if (Groups.Count > 0 || L1 != 0 || L2 != 0) throw new InvalidOperationException("Lbfgs: groups and the penalties L1 and L2 are not supported. Add Losses.Penalty to the loss in the closure.");
        _closure = closure;
        real first = (real)Gradient(_gradient);
        if (!Reduce.AllFinite(_gradient.Span)) NonFiniteGradientException.ThrowIfAny(Parameters, Steps + 1);
        if (!real.IsFinite(first)) throw new NonFiniteGradientException($"Lbfgs, step {Steps + 1}: the loss is {first}. The parameters have not been changed by this step.");
        Steps++;
        if (Reduce.MaxMagnitude(_gradient.Span) > GradientTolerance) Iterate(first);
        _closure = null;
        Parameters.ConsumeGradients();
        return first;
    }

    /// <inheritdoc/>
    protected override void Update(in ParameterRun run)
        => throw new InvalidOperationException("Lbfgs: a step needs the loss several times. Call Step(closure), with a function that computes loss and gradients.");

    private void Iterate(double loss)
    {
        Span<real> numbers = _numbers.Span;
        int most = MostEvaluations ?? MostIterations * 5 / 4;
        for (int iteration = 1, evaluations = 1; iteration <= MostIterations; iteration++)
        {
            numbers[Iterations]++;
            bool fresh = numbers[Iterations] == 1;
            FindDirection(fresh);
            _gradient.Span.CopyTo(_before.Span);
            double before = loss, slope = Reduce.Dot(_gradient.Span, _direction.Span);
            double t = fresh ? Math.Min(1, 1 / SumOfMagnitudes(_gradient.Span)) * LearningRate : LearningRate;
            numbers[StepLength] = (real)t;
            if (slope > -ChangeTolerance) return;

            Parameters.Values.CopyTo(_start.Span);
            if (UsesLineSearch)
            {
                LineSearch.Point point = _search.Search(_objective, _direction, t, new() { Loss = loss, Slope = slope, Gradient = _gradient }, ChangeTolerance);
                (_gradient, loss, t) = (point.Gradient, point.Loss, point.T);
                evaluations += _search.Evaluations;
                numbers[StepLength] = (real)t;
                Move(t);
            }
            else
            {
                Move(t);
                if (iteration == MostIterations) return;
                loss = Gradient(_gradient);
                evaluations++;
            }

            if (evaluations >= most || Reduce.MaxMagnitude(_gradient.Span) <= GradientTolerance) return;
            if (Math.Abs(t) * Reduce.MaxMagnitude(_direction.Span) <= ChangeTolerance || Math.Abs(loss - before) < ChangeTolerance) return;
        }
    }

    /// <summary><c>d = −H g</c> by the two-loop recursion, after the last step has entered the history.</summary>
    private void FindDirection(bool fresh)
    {
        Span<real> direction = _direction.Span, numbers = _numbers.Span;
        if (fresh)
        {
            (numbers[Count], numbers[Next], numbers[Scale]) = (0, 0, 1);
            Elementwise.AddScaled(_gradient.Span, -1, direction, accumulate: false);
            return;
        }

        Remember();
        Elementwise.AddScaled(_gradient.Span, -1, direction, accumulate: false);
        int count = (int)numbers[Count];
        for (int k = 0; k < count; k++)
        {
            int at = Place(k);
            _shares[at] = Reduce.Dot(Row(_moves, at), direction) * (double)_inverses.Span[at];
            Elementwise.AddScaled(Row(_differences, at), (real)(-_shares[at]), direction);
        }

        Elementwise.Scale(direction, numbers[Scale]);
        for (int k = count - 1; k >= 0; k--)
        {
            int at = Place(k);
            double back = Reduce.Dot(Row(_differences, at), direction) * (double)_inverses.Span[at];
            Elementwise.AddScaled(Row(_moves, at), (real)(_shares[at] - back), direction);
        }
    }

    /// <summary>Adds the last step and the difference of gradients to the history, unless the curvature along it is not positive.</summary>
    private void Remember()
    {
        Span<real> numbers = _numbers.Span;
        int at = (int)numbers[Next];
        Span<real> difference = Row(_differences, at), move = Row(_moves, at);
        // Nobody needs the gradient before any more: the difference is computed in its place, so that a row of the history is overwritten only when it is replaced.
        Elementwise.Scale(_before.Span, -1);
        Elementwise.Add(_gradient.Span, _before.Span);
        double product = numbers[StepLength] * (double)Reduce.Dot(_before.Span, _direction.Span);
        if (!(product > 1e-10)) return;
        _before.Span.CopyTo(difference);
        Elementwise.AddScaled(_direction.Span, numbers[StepLength], move, accumulate: false);
        _inverses.Span[at] = (real)(1 / product);
        numbers[Scale] = (real)(product / Reduce.SumOfSquares(difference));
        numbers[Next] = (at + 1) % History;
        numbers[Count] = Math.Min(History, (int)numbers[Count] + 1);
    }

    /// <summary>Where the <paramref name="back"/>-th row of the history lies, 0 for the last one.</summary>
    private int Place(int back) => ((int)_numbers.Span[Next] - 1 - back + (2 * History)) % History;

    private Span<real> Row(Slab history, int at) => history.Span.Slice(at * _length, _length);

    /// <summary><c>w = w₀ + t d</c>.</summary>
    private void Move(double t)
    {
        _start.Span.CopyTo(Parameters.Values);
        Elementwise.AddScaled(_direction.Span, (real)t, Parameters.Values);
    }

    private double Evaluate(double t, Slab gradient)
    {
        Move(t);
        return Gradient(gradient);
    }

    /// <summary>Loss and gradient where the parameters are; that of frozen ones counts as zero.</summary>
    private double Gradient(Slab gradient)
    {
        Parameters.ConsumeGradients();
        double loss = _closure!();
        Parameters.Gradients.CopyTo(gradient.Span);
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (!Parameters[i].Trainable) gradient.Span.Slice(Parameters[i].Offset, Parameters[i].Shape.Length).Clear();
        }

        return loss;
    }

    private static double SumOfMagnitudes(ReadOnlySpan<real> x)
    {
        double sum = 0;
        foreach (real value in x) sum += Math.Abs(value);
        return sum;
    }
}
