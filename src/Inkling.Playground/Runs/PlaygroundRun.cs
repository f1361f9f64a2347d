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
    private readonly int _batch;
    private readonly BestWeights _best;
    private readonly ISchedule _schedule;
    private readonly Func<float> _wholeLoss;
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
        _batch = setup.Optimizer == "lbfgs" ? _labels.Length : setup.BatchSize;
        _batchInputs = new float[_batch * setup.InputCount];
        _batchTargets = new float[_batch];
        _batchClasses = _tape.Indices([_batch]);
        _training = new Examples(_looking, Network, _inputs, _labels);
        _test = new Examples(_looking, Network, Points.TestInputs, PointCloud.Labels(Points.Test));
        _optimizer = PlaygroundChoices.CreateOptimizer(Network.Parameters, setup);
        _best = new BestWeights(Network.Parameters);
        _schedule = PlaygroundSchedules.Create(setup, StepsPerEpoch);
        _wholeLoss = WholeLoss;
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
    public int StepsPerEpoch => (_labels.Length + _batch - 1) / _batch;

    /// <summary>Passes made, with fraction.</summary>
    public double Epoch => (double)Step / StepsPerEpoch;

    /// <summary>The step at which numbers stopped being finite; null while they are. Such a run does not go on.</summary>
    public long? DivergedAt { get; private set; }

    /// <summary>Whether it was stopped early: the best weights are back, and it does not go on until <see cref="Continue"/>.</summary>
    public bool Stopped { get; private set; }

    /// <summary>The epoch of the lowest test loss, where that is watched and training was stopped early; null before.</summary>
    public double? BestEpoch { get; private set; }

    /// <summary>The learning rate of the next step, as the schedule has it.</summary>
    public double LearningRate => Setup.LearningRate * _schedule.FactorAt(Step);

    /// <summary>Makes one update from the next mini-batch; by L-BFGS one iteration over all points.</summary>
    /// <returns>Whether it was made: false once the run has diverged or was stopped early.</returns>
    public bool Train()
    {
        if (DivergedAt is not null || Stopped) return false;
        int batch = (int)(Step % StepsPerEpoch), from = batch * _batch, count = Math.Min(_batch, _labels.Length - from);
        if (batch == 0) Shuffle((ulong)(Step / StepsPerEpoch));
        _tape.Step = Step;
        _optimizer.LearningRate = (float)LearningRate;
        if (_optimizer is Lbfgs searching) return Search(searching);
        _tape.Begin();
        Tensor loss = LossOf(from, count);
        if (!float.IsFinite(loss.Item())) return Diverge();
        _tape.Backward(loss);
        Clip();
        _optimizer.Step();
        return Advance();
    }

    /// <summary>Goes on after it was stopped early, from the best weights.</summary>
    public void Continue() => Stopped = false;

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
        if (setup.Patience == 0) Stopped = false;
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

    private void Clip()
    {
        if (Setup.Clip == "norm") GradientClipping.ClipByGlobalNorm(Network.Parameters, (float)Setup.ClipAt);
        else if (Setup.Clip == "value") GradientClipping.ClipByValue(Network.Parameters, (float)Setup.ClipAt);
    }

    private bool Search(Lbfgs optimizer)
    {
        try
        {
            optimizer.Step(_wholeLoss);
        }
        catch (NonFiniteGradientException)
        {
            return Diverge();
        }

        return Advance();
    }

    private float WholeLoss()
    {
        _tape.Begin();
        Tensor loss = LossOf(0, _labels.Length);
        if (Setup.Penalty != PenaltyKind.None)
            loss += Nn.Losses.Penalty(_tape, Network.Parameters, Setup.Penalty == PenaltyKind.L1 ? Setup.PenaltyRate : 0, Setup.Penalty == PenaltyKind.L2 ? Setup.PenaltyRate : 0);
        _tape.Backward(loss);
        Clip();
        return loss.Item();
    }

    private bool Advance()
    {
        Step++;
        if (!Reduce.AllFinite(Network.Parameters.Values)) return Diverge();
        // What is looked at where the schedule or early stopping wants to know it. A moment of the path has seen what its schedule has.
        float? loss = Step % StepsPerEpoch == 0 && (Plateau is not null || Setup.Patience > 0) ? Losses().Test : null;
        if (loss is { } seen) Plateau?.Report(seen);
        Path?.Note();
        if (Setup.Patience > 0 && loss is { } test) LookAtBest(test);
        return true;
    }

    private PlateauSchedule? Plateau => _schedule as PlateauSchedule ?? (_schedule as WarmupSchedule)?.Then as PlateauSchedule;

    private void LookAtBest(float loss)
    {
        if (!_best.Look(loss, Epoch, Setup.Patience)) return;
        _best.Restore();
        BestEpoch = _best.Epoch;
        Stopped = true;
        Path?.Replace();
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
