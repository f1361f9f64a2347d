namespace Inkling.Playground;

/// <summary>One of those that race: a run of its own with one value of the field that differs.</summary>
public sealed class Racer : IDisposable
{
    /// <summary>Points along each side of its map.</summary>
    public const int MapSide = 40;

    private readonly OutputMap _map;
    private readonly float[] _curve;

    internal Racer(string value, PlaygroundSetup setup, PlaygroundSetup? weightsOf, int mostPoints)
    {
        Value = value;
        Run = new PlaygroundRun(setup);
        if (weightsOf is not null) new PlaygroundNetwork(weightsOf).Parameters.Values.CopyTo(Run.Network.Parameters.Values);
        _map = new OutputMap(Run, MapSide);
        _curve = new float[mostPoints];
        Path = Run.KeepPath(most: 60, resumable: false);
        Measure();
    }

    /// <summary>The value of the field that is raced.</summary>
    public string Value { get; }

    /// <summary>Its run.</summary>
    public PlaygroundRun Run { get; }

    /// <summary>The mean loss over the test points now; not finite once it has diverged.</summary>
    public float TestLoss { get; private set; }

    /// <summary>The mean loss over the training points now.</summary>
    public float TrainingLoss { get; private set; }

    /// <summary>Its way through the weights.</summary>
    public TrainingPath Path { get; }

    /// <summary>Test losses at the epochs of <see cref="Race.CurveEpochs"/>; not finite from where it diverged.</summary>
    public ReadOnlySpan<float> Curve => _curve.AsSpan(0, CurveLength);

    internal int CurveLength { get; private set; }

    /// <summary>What its network says over the plane now, <see cref="MapSide"/> points a side, as <see cref="OutputMap"/> has it.</summary>
    public ReadOnlyMemory<byte> DrawMap()
    {
        _map.Update();
        return _map.Bytes;
    }

    /// <summary>Frees its memory.</summary>
    public void Dispose() => Run.Dispose();

    internal void Measure() => (TrainingLoss, TestLoss) = Run.DivergedAt is null ? Run.Losses() : (float.NaN, float.NaN);

    internal void AddToCurve() => _curve[CurveLength++] = TestLoss;

    /// <summary>Leaves out every other point.</summary>
    internal void ThinCurve()
    {
        int kept = 0;
        for (int i = 0; i < CurveLength; i += 2) _curve[kept++] = _curve[i];
        CurveLength = kept;
    }
}
