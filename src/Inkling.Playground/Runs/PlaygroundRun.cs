using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Playground;

/// <summary>
/// A network of the playground at work: trains step by step, and can be looked at between two steps. One thread at a time; the same setup gives the same
/// run, bit for bit. A step allocates nothing.
/// </summary>
public sealed partial class PlaygroundRun : IDisposable
{
    private readonly Tape _tape;
    private readonly Tape _looking;
    private readonly float[] _inputs;
    private readonly float[] _labels;
    private readonly int[] _order;
    private readonly float[] _batchInputs;
    private readonly float[] _batchTargets;
    private readonly Indices _batchClasses;
    private readonly Examples _training;
    private readonly Examples _test;
    private readonly ulong _orderSeed;
    private Optimizer _optimizer;

    /// <summary>Makes points and network.</summary>
    public PlaygroundRun(PlaygroundSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        Setup = setup;
        Points = PointCloud.Of(setup);
        Network = new PlaygroundNetwork(setup);
        _tape = new Tape(new TapeOptions { Team = Team.Single, Seed = PointCloud.SeedOf(setup, "dropout"), Name = "playground" });
        _looking = new Tape(new TapeOptions { Team = Team.Single, Recording = false, Name = "playground" });
        _inputs = Points.TrainingInputs;
        _labels = PointCloud.Labels(Points.Training);
        _order = [.. Enumerable.Range(0, _labels.Length)];
        _orderSeed = PointCloud.SeedOf(setup, "batches");
        _batchInputs = new float[setup.BatchSize * setup.InputCount];
        _batchTargets = new float[setup.BatchSize];
        _batchClasses = _tape.Indices([setup.BatchSize]);
        _training = new Examples(_looking, Network, _inputs, _labels);
        _test = new Examples(_looking, Network, Points.TestInputs, PointCloud.Labels(Points.Test));
        _optimizer = PlaygroundChoices.CreateOptimizer(Network.Parameters, setup);
    }

    /// <summary>What decides it.</summary>
    public PlaygroundSetup Setup { get; private set; }

    /// <summary>The points.</summary>
    public PointCloud Points { get; private set; }

    /// <summary>The network.</summary>
    public PlaygroundNetwork Network { get; }

    /// <summary>Updates made.</summary>
    public long Step { get; private set; }

    /// <summary>Updates in a pass over the training points.</summary>
    public int StepsPerEpoch => (_labels.Length + Setup.BatchSize - 1) / Setup.BatchSize;

    /// <summary>Passes made, with fraction.</summary>
    public double Epoch => (double)Step / StepsPerEpoch;

    /// <summary>The step at which numbers stopped being finite; null while they are. Such a run does not go on.</summary>
    public long? DivergedAt { get; private set; }

    /// <summary>Makes one update from the next mini-batch.</summary>
    /// <returns>Whether it was made: false once the run has diverged.</returns>
    public bool Train()
    {
        if (DivergedAt is not null) return false;
        int batch = (int)(Step % StepsPerEpoch), from = batch * Setup.BatchSize, count = Math.Min(Setup.BatchSize, _labels.Length - from);
        if (batch == 0) Shuffle((ulong)(Step / StepsPerEpoch));
        _tape.Step = Step;
        _tape.Begin();
        Tensor loss = LossOf(from, count);
        if (!float.IsFinite(loss.Item())) return Diverge();
        _tape.Backward(loss);
        _optimizer.Step();
        Step++;
        if (!Reduce.AllFinite(Network.Parameters.Values)) return Diverge();
        Path?.Note();
        return true;
    }

    /// <summary>The mean loss over the training points and over the test points.</summary>
    public (float Training, float Test) Losses()
    {
        RunMeasures measures = Measure();
        return (measures.TrainingLoss, measures.TestLoss);
    }

    /// <summary>How it does on the training points and on the test points.</summary>
    public RunMeasures Measure()
    {
        _looking.Begin();
        (float trainingLoss, float trainingAccuracy) = _training.Measure();
        (float testLoss, float testAccuracy) = _test.Measure();
        return new RunMeasures(trainingLoss, testLoss, trainingAccuracy, testAccuracy);
    }

    /// <summary>Goes on with another learning rate or rate of the penalty; what the optimizer remembers of earlier steps is kept only by a change of the learning rate.</summary>
    /// <exception cref="ArgumentException">The setup differs in more than that.</exception>
    public void Change(PlaygroundSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        if (SetupFields.EffectOf(Setup, setup) > SetupEffect.Training) throw new ArgumentException("PlaygroundRun.Change: the network or the points differ; begin a new run.", nameof(setup));
        if ((setup.MapX, setup.MapY) != (Setup.MapX, Setup.MapY)) Points = PointCloud.Of(setup);
        bool penalty = setup.PenaltyRate != Setup.PenaltyRate;
        Setup = setup;
        if (penalty) _optimizer = PlaygroundChoices.CreateOptimizer(Network.Parameters, setup);
        else _optimizer.LearningRate = (float)setup.LearningRate;
    }

    /// <summary>Frees the memory of the tapes.</summary>
    public void Dispose()
    {
        _tape.Dispose();
        _looking.Dispose();
    }

    /// <summary>The tape on which a run is looked at; it does not record.</summary>
    internal Tape Looking => _looking;

    /// <summary>The mean loss of some points in the order of this pass, on the tape that records.</summary>
    private Tensor LossOf(int from, int count)
    {
        int width = Network.Widths[0];
        bool classes = Network.HasOutputOfEachClass;
        if (classes) _batchClasses.Resize([count]);
        for (int i = 0; i < count; i++)
        {
            int point = _order[from + i];
            _inputs.AsSpan(point * width, width).CopyTo(_batchInputs.AsSpan(i * width));
            if (classes) _batchClasses.Values[i] = (int)_labels[point];
            else _batchTargets[i] = Network.TargetOf(_labels[point]);
        }

        Tensor output = Network.Forward(_tape.Constant([count, width], _batchInputs.AsSpan(0, count * width)));
        return classes ? Nn.Losses.CrossEntropy(output, _batchClasses) : Network.LossOf(output, _tape.Constant([count, 1], _batchTargets.AsSpan(0, count)));
    }

    private bool Diverge()
    {
        DivergedAt = Step;
        return false;
    }

    private void Shuffle(ulong epoch)
    {
        for (int i = _order.Length - 1; i > 0; i--)
        {
            int j = (int)(CounterRandom.Bits(_orderSeed, epoch, (ulong)i) % (ulong)(i + 1));
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }
}
