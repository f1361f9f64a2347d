using Inkling.App.Running;
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
    public override ITuneObjective Prepare(TuneTaskData given)
    {
        string? folder = given.Data.Count > 0 ? given.Data[0] : new[] { "/usr/share/datasets/fashion-mnist", "../shared/data/images/fashion-mnist" }.FirstOrDefault(Directory.Exists);
        if (folder is null || !Directory.Exists(folder))
            throw new FailureException($"--task {Name}: the images are not in {folder ?? "/usr/share/datasets/fashion-mnist"}; install Debian's dataset-fashion-mnist, or name the folder of the four files with --data");
        DataSet all = IdxDataSet.Open(folder, "train", flat: true, mean: 0.286, deviation: 0.353);
        IReadOnlyList<DataSet> parts = all.StratifiedSplit("class", 1, TrainingImages / 60_000.0, ValidationImages / 60_000.0);
        return new Objective(parts[0], parts[1], given.Threads);
    }

    private sealed class Objective(DataSet training, DataSet validation, int threads) : ITuneObjective
    {
        public ValueTask<double[]> RunAsync(Trial trial, CancellationToken stop)
        {
            int layers = trial.Integer("layers", 1, 3);
            var modules = new List<ILayer>();
            int width = 784;
            double dropout = trial.Float("dropout", 0, 0.5);
            for (int i = 1; i <= layers; i++)
            {
                int next = trial.Integer($"width{i}", 16, 256, Scale.Log);
                modules.AddRange([new Linear(width, next), new Activation<Relu>(), new Dropout(dropout)]);
                width = next;
            }

            modules.Add(new Linear(width, 10));
            Sequential model = new Sequential([.. modules]).Build(1);
            using var team = new Team(threads);
            var loader = new DataLoader(training, new LoaderOptions { BatchSize = trial.Integer("batch", 16, 256, Scale.Log), Shuffle = true, Seed = 1 });
            FitResult result = model.Fit(loader, BatchLosses.CrossEntropy, new AdamW(model.Parameters)
            {
                LearningRate = (float)trial.Float("learningRate", 1e-5, 0.1, Scale.Log),
                WeightDecay = (float)trial.Float("weightDecay", 1e-6, 0.1, Scale.Log),
            }, new FitOptions
            {
                Epochs = Epochs,
                Validation = new DataLoader(validation, new LoaderOptions { BatchSize = 250 }),
                Metrics = [new Accuracy()],
                Monitor = "accuracy",
                Callbacks = [new TrialReports(trial, "accuracy", Epochs)],
                Team = team,
                Seed = 1,
            }, stop);
            stop.ThrowIfCancellationRequested();
            if (result.Divergence is { } divergence) throw new TrialFailedException(divergence.ToString());
            return ValueTask.FromResult<double[]>([result.Best!["accuracy"]]);
        }
    }
}
