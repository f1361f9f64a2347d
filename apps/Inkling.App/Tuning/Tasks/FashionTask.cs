using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Training;
using Inkling.Training.Data;
using Inkling.Training.Metrics;
using Inkling.Tuning;

namespace Inkling.App.Tuning.Tasks;

/// <summary>The network of linear layers of the samples on Fashion-MNIST: its widths and how it is trained.</summary>
internal sealed class FashionTask() : TuneTask("fashion-mlp", "Linear layers on Fashion-MNIST; accuracy on 5,000 held-out images after 9 epochs of 10,000 images.", Direction.Maximize)
{
    // A third of 27 epochs of everything that the samples take: enough to tell good from bad, in seconds.
    private const int Epochs = 9, TrainingImages = 10_000, ValidationImages = 5_000;

    /// <inheritdoc/>
    public override bool HasWholeTraining => true;

    /// <inheritdoc/>
    public override ITuneObjective Prepare(TuneTaskData given)
    {
        IReadOnlyList<DataSet> parts = FashionImages.Open(Name, given.Data, "train").StratifiedSplit("class", 1, TrainingImages / 60_000.0, ValidationImages / 60_000.0);
        return new Objective(parts[0], parts[1], given.Threads);
    }

    /// <inheritdoc/>
    public override WholeTraining? PrepareWhole(TuneTaskData given)
    {
        IReadOnlyList<DataSet> parts = FashionImages.Open(Name, given.Data, "train").StratifiedSplit("class", 1, 55 / 60.0, 5 / 60.0);
        return new FashionTraining(parts[0], parts[1], FashionImages.Open(Name, given.Data, "t10k"), given.Threads);
    }

    /// <summary>The network that a trial asks for.</summary>
    /// <param name="trial">Where the values come from.</param>
    public static Sequential Network(Trial trial)
    {
        int layers = trial.Integer("layers", 1, 3);
        var modules = new List<ILayer>();
        int width = FashionImages.Pixels;
        double dropout = trial.Float("dropout", 0, 0.5);
        for (int i = 1; i <= layers; i++)
        {
            int next = trial.Integer($"width{i}", 16, 256, Scale.Log);
            modules.AddRange([new Linear(width, next), new Activation<Relu>(), new Dropout(dropout)]);
            width = next;
        }

        modules.Add(new Linear(width, FashionImages.Classes.Count));
        return new Sequential([.. modules]).Build(1);
    }

    /// <summary>Trains the network with the batch, rate and decay that a trial asks for.</summary>
    /// <param name="network">The network; it ends as it was at its best.</param>
    /// <param name="trial">Where the values come from.</param>
    /// <param name="training">What to learn from.</param>
    /// <param name="validation">What decides which epoch is best.</param>
    /// <param name="options">Epochs and who follows; what is measured is set here.</param>
    /// <param name="schedule">Makes a schedule for so many steps; null for a constant rate.</param>
    /// <param name="stop">Ends it.</param>
    public static FitResult Fit(Sequential network, Trial trial, DataSet training, DataSet validation, FitOptions options, Func<long, ISchedule>? schedule, CancellationToken stop)
    {
        var loader = new DataLoader(training, new LoaderOptions { BatchSize = trial.Integer("batch", 16, 256, Scale.Log), Shuffle = true, Seed = 1 });
        var optimizer = new AdamW(network.Parameters)
        {
            LearningRate = (float)trial.Float("learningRate", 1e-5, 0.1, Scale.Log),
            WeightDecay = (float)trial.Float("weightDecay", 1e-6, 0.1, Scale.Log),
        };
        return network.Fit(loader, BatchLosses.CrossEntropy, optimizer, options with
        {
            Validation = new DataLoader(validation, new LoaderOptions { BatchSize = 250 }),
            Metrics = [new Accuracy()],
            Monitor = "accuracy",
            Schedule = schedule?.Invoke((long)(options.Epochs * loader.BatchesPerEpoch)),
            Seed = 1,
        }, stop);
    }

    private sealed class Objective(DataSet training, DataSet validation, int threads) : ITuneObjective
    {
        public ValueTask<double[]> RunAsync(Trial trial, CancellationToken stop)
        {
            using var team = new Team(threads);
            FitResult result = Fit(Network(trial), trial, training, validation, new FitOptions { Epochs = Epochs, Callbacks = [new TrialReports(trial, "accuracy", Epochs)], Team = team }, null, stop);
            stop.ThrowIfCancellationRequested();
            if (result.Divergence is { } divergence) throw new TrialFailedException(divergence.ToString());
            return ValueTask.FromResult<double[]>([result.Best!["accuracy"]]);
        }
    }
}
