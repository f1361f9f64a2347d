namespace Inkling.Playground;

/// <summary>A moment of a training that was kept: its weights and, where training can go on from it, everything else that decides how.</summary>
public sealed class PathMoment
{
    private readonly float[] _values;
    private readonly float[][] _state;
    private readonly int[] _order;

    internal PathMoment(int values, float[][] state, int order)
    {
        _values = new float[values];
        _state = state;
        _order = new int[order];
    }

    /// <summary>Updates made until then.</summary>
    public long Step { get; private set; }

    /// <summary>Passes made until then, with fraction.</summary>
    public double Epoch { get; private set; }

    /// <summary>The mean loss over the training points; not a number where the weights alone are kept.</summary>
    public float TrainingLoss { get; private set; } = float.NaN;

    /// <summary>The mean loss over the test points; not a number where the weights alone are kept.</summary>
    public float TestLoss { get; private set; } = float.NaN;

    /// <summary>All values of the parameters, laid out as <see cref="ParameterSet.Values"/>.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Whether training can go on from it.</summary>
    public bool IsResumable => _order.Length > 0;

    internal Span<float> Weights => _values;

    internal IReadOnlyList<float[]> State => _state;

    internal Span<int> Order => _order;

    internal long OptimizerSteps { get; private set; }

    /// <summary>What a schedule that waits for plateaus knew; null if it was another.</summary>
    internal (double Factor, double Best, int Waited)? Plateau { get; set; }

    internal void Measured((float Training, float Test) losses) => (TrainingLoss, TestLoss) = losses;

    internal void Mark(long step, double epoch, long optimizerSteps) => (Step, Epoch, OptimizerSteps) = (step, epoch, optimizerSteps);
}
