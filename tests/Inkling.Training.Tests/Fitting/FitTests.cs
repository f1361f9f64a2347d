using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;
using Inkling.Training.Data;
using Inkling.Training.Logs;
using Inkling.Training.Metrics;

namespace Inkling.Training.Tests.Fitting;

/// <summary>Training a module in few lines.</summary>
public sealed class FitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-fit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_learns_and_leaves_its_traces()
    {
        Sequential model = Blobs.Model();
        FitResult result = Fit(model, new FitOptions { Epochs = 6, Folder = _folder, Title = "Clouds" });
        Assert.Equal(StopReason.Finished, result.Reason);
        Assert.Equal(6, result.History.Count);
        Assert.Equal([1, 2, 3, 4, 5, 6], result.History.Select(record => record.Epoch));
        Assert.True(result.Best!["accuracy"] > 0.95, result.ToString());
        Assert.True(result.History[^1].TrainingLoss < result.History[0].TrainingLoss / 2);
        Assert.Equal(result.Best.Loss, model.Evaluate(Blobs.Loader(150, 2), BatchLosses.CrossEntropy, new Accuracy()).Loss, 1e-6);

        string[] lines = File.ReadAllLines(Path.Combine(_folder, "log.csv"));
        Assert.Equal("epoch,step,training_loss,validation_loss,accuracy,learning_rate,gradient_norm,seconds,improved", lines[0]);
        Assert.Equal(7, lines.Length);
        Assert.StartsWith("1,19,", lines[1], StringComparison.Ordinal);
        Assert.Contains("<title id=\"title\">Clouds</title>", File.ReadAllText(Path.Combine(_folder, "curves.svg")), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder, "events.out.tfevents.*"));

        Sequential best = Blobs.Model();
        ModelCheckpoint.Load(Path.Combine(_folder, "best.safetensors"), best.Parameters);
        Assert.Equal(model.Parameters.Values.ToArray(), best.Parameters.Values.ToArray());
        Assert.True(File.Exists(Path.Combine(_folder, "last.safetensors")));
    }

    [Fact]
    public void A_task_of_ones_own_is_fitted_with_the_same_traces_and_decides_its_data_itself()
    {
        Valley valley = new();
        FitResult result = valley.Fit(new Sgd(valley.Parameters, 0.2), new FitOptions { Epochs = 4, Folder = _folder });
        Assert.Equal((StopReason.Finished, 4), (result.Reason, result.History.Count));
        Assert.True(result.Best!.Loss < 1, result.ToString());
        Assert.Equal(5, File.ReadAllLines(Path.Combine(_folder, "log.csv")).Length);
        Assert.True(File.Exists(Path.Combine(_folder, "state.safetensors")) && File.Exists(Path.Combine(_folder, "curves.svg")));
        foreach (FitOptions options in (FitOptions[])[new() { Seed = 1 }, new() { Team = Team.Single }, new() { Metrics = [new Accuracy()] }, new() { Validation = Blobs.Loader(60, 2) }])
            Assert.Contains("the task's", Assert.Throws<ArgumentException>(() => valley.Fit(new Sgd(valley.Parameters, 0.2), options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_bit_for_bit()
    {
        using Team team = new(2);
        float[] one = Trained(new FitOptions { Epochs = 2, Team = Team.Single }, prefetch: 0), two = Trained(new FitOptions { Epochs = 2, Team = team }, prefetch: 3);
        Assert.Equal(one, two);
        Assert.NotEqual(one, Trained(new FitOptions { Epochs = 2, Seed = 1 }, prefetch: 0)); // other dropout
    }

    [Fact]
    public void A_run_that_was_cancelled_keeps_the_best_and_goes_on_as_if_it_had_not_been()
    {
        Sequential whole = Blobs.Model();
        FitResult uninterrupted = Fit(whole, new FitOptions { Epochs = 5 });

        using CancellationTokenSource cancel = new();
        Seen seen = new() { Stepped = trainer => { if (trainer.Step == 50) cancel.Cancel(); } };
        Sequential first = Blobs.Model();
        FitResult cut = Fit(first, new FitOptions { Epochs = 5, Folder = _folder, Callbacks = [seen] }, cancellation: cancel.Token);
        Assert.Equal((StopReason.Cancelled, 38), (cut.Reason, cut.BestStep));
        Sequential best = Blobs.Model();
        ModelCheckpoint.Load(Path.Combine(_folder, "best.safetensors"), best.Parameters);
        Assert.Equal(best.Parameters.Values.ToArray(), first.Parameters.Values.ToArray());

        Sequential second = Blobs.Model();
        FitResult resumed = Fit(second, new FitOptions { Epochs = 5, Folder = _folder, Resume = true });
        Assert.Equal(StopReason.Finished, resumed.Reason);
        Assert.Equal(whole.Parameters.Values.ToArray(), second.Parameters.Values.ToArray());
        Assert.Equal(uninterrupted.History.Select(Key), resumed.History.Select(Key));
        Assert.Equal(uninterrupted.Best!.Metrics, resumed.Best!.Metrics);
        Assert.Equal(6, File.ReadAllLines(Path.Combine(_folder, "log.csv")).Length);

        Assert.Contains("450 items", Assert.Throws<CheckpointException>(() => Fit(Blobs.Model(), new FitOptions { Epochs = 5, Folder = _folder, Resume = true }, count: 450)).Message, StringComparison.Ordinal);

        static (double, long, double, double) Key(EpochRecord record) => (record.Epoch, record.Step, record.TrainingLoss, record.ValidationLoss);
    }

    [Fact]
    public void Without_validation_the_last_is_kept_and_the_curve_has_training_alone()
    {
        Sequential model = Blobs.Model();
        FitResult result = model.Fit(Blobs.Loader(300, 1), BatchLosses.CrossEntropy, new AdamW(model.Parameters), new FitOptions { Epochs = 2, Folder = _folder });
        Assert.Null(result.Best);
        Assert.Equal(2, result.History.Count);
        Assert.True(double.IsNaN(result.History[1].ValidationLoss));
        Assert.True(double.IsFinite(result.History[1].TrainingLoss));
        Assert.True(File.Exists(Path.Combine(_folder, "last.safetensors")));
    }

    [Fact]
    public void A_metric_can_decide_what_is_best()
    {
        Rising metric = new();
        FitResult result = Fit(Blobs.Model(), new FitOptions { Epochs = 5, Metrics = [metric], Monitor = "rising", Patience = 2 });
        Assert.Equal((StopReason.EarlyStopped, 38L), (result.Reason, result.BestStep)); // its second figure is the highest
        Assert.Contains("There are: accuracy", Assert.Throws<KeyNotFoundException>(() => Fit(Blobs.Model(), new FitOptions { Epochs = 1, Metrics = [new Accuracy()], Monitor = "f1" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_with_masks_are_learnt()
    {
        // Tokens 1 and 2, to be told apart; padded ones, 0, must not count, nor must their targets, −1.
        int[][] sequences = [.. Enumerable.Range(0, 200).Select(i => Enumerable.Range(0, 3 + (2 * (i % 5))).Select(t => CounterRandom.Uniform((ulong)i, 1, (ulong)t) < 0.5 ? 2 : 1).ToArray())];
        int[][] targets = [.. sequences.Select(sequence => sequence.Select(token => 2 - token).ToArray())];
        DataLoader loader = new(new ArrayDataSet(DataColumn.Sequences("tokens", sequences), DataColumn.Sequences("targets", targets, padding: -1)), new LoaderOptions { BatchSize = 16, Shuffle = true });
        Counting model = new Counting().Build(seed: 1);
        FitResult result = model.Fit(model.Forward, loader, BatchLosses.CrossEntropy, new AdamW(model.Parameters) { LearningRate = 0.05f }, new FitOptions { Epochs = 8, Validation = loader, Metrics = [new Accuracy()] });
        Assert.Equal(1, result.Best!["accuracy"]);
        using ModuleTask task = new(model, model.Forward, BatchLosses.CrossEntropy, loader);
        Assert.Equal(loader.Epoch(0).First()["targets"].ElementCount, task.Step(0).Targets);
    }

    [Fact]
    public void A_step_allocates_nothing_once_every_shape_was_seen()
    {
        Sequential model = Blobs.Model();
        using ModuleTask task = new(model, batch => model.Forward(batch.Numbers(0)), BatchLosses.CrossEntropy, Blobs.Loader(100, 1));
        for (int step = 0; step < 30; step++) task.Step(step);
        Allocation.AssertNone(() =>
        {
            for (int step = 30; step < 60; step++) task.Step(step);
        });
    }

    [Fact]
    public void Data_that_do_not_fit_are_one_clear_error()
    {
        Sequential model = Blobs.Model();
        DataLoader other = new(new ArrayDataSet(DataColumn.Numbers("point", [3], new float[6]), DataColumn.Integers("cloud", [0, 1])));
        Assert.Contains("point [3]", Assert.Throws<ArgumentException>(() => Fit(model, new FitOptions { Validation = other })).Message, StringComparison.Ordinal);
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => model.Fit(other, BatchLosses.CrossEntropy, new AdamW(model.Parameters))).Message, StringComparison.Ordinal);
        Assert.Contains("whole numbers", Assert.Throws<InvalidOperationException>(() => model.Fit(Blobs.Loader(30, 1), BatchLosses.MeanSquaredError, new AdamW(model.Parameters))).Message, StringComparison.Ordinal);
    }

    private static float[] Trained(FitOptions options, int prefetch)
    {
        Sequential model = Blobs.Model();
        model.Fit(Blobs.Loader(300, 1, prefetch), BatchLosses.CrossEntropy, new AdamW(model.Parameters) { LearningRate = 0.01f, Team = options.Team ?? Team.Shared }, options);
        return model.Parameters.Values.ToArray();
    }

    private static FitResult Fit(Sequential model, FitOptions options, int count = 300, CancellationToken cancellation = default)
        => model.Fit(Blobs.Loader(count, 1), BatchLosses.CrossEntropy, new AdamW(model.Parameters) { LearningRate = 0.01f },
            options with { Validation = options.Validation ?? Blobs.Loader(150, 2), Metrics = options.Metrics.Count > 0 ? options.Metrics : [new Accuracy()] }, cancellation);

    /// <summary>1, 3, 2, 2, 2 …</summary>
    [Fact]
    public void The_lengths_of_a_batch_are_operands_too()
    {
        int[][] sequences = [[1], [2, 2, 2], [1, 1], [2]];
        DataSet data = new ArrayDataSet(DataColumn.Sequences("tokens", sequences), DataColumn.Integers("class", [0, 1, 0, 1]));
        List<int[]> seen = [];
        ModuleTraining.Evaluate(
            batch =>
            {
                Assert.Same(batch.Lengths("tokens"), batch.Lengths());
                Assert.Throws<InvalidOperationException>(() => batch.Lengths(1));
                seen.Add(batch.Lengths().Values.ToArray());
                return batch.Tape.Zeros([batch.Batch.Count, 2]);
            },
            new DataLoader(data, new LoaderOptions { BatchSize = 3, TimeFirst = true }), BatchLosses.CrossEntropy, []);
        Assert.Equal([[1, 3, 2], [1]], seen);
    }

    private sealed class Rising : Metric
    {
        private int _passes;

        public override string Name => "rising";

        public override double Value => _passes switch { 1 => 1, 2 => 3, _ => 2 };

        public override void Reset() => _passes++;

        public override void Add(in Predictions batch)
        {
        }
    }

    /// <summary>A class for each token, nothing where there is none.</summary>
    private sealed class Counting : Module
    {
        private readonly Embedding _tokens;
        private readonly Linear _output;

        public Counting()
        {
            _tokens = AddChild("tokens", new Embedding(3, 4));
            _output = AddChild("output", new Linear(4, 2));
        }

        public Tensor Forward(BatchTensors batch)
        {
            Tensor mask = batch.Mask(0);
            (int items, int longest) = (mask.Shape[0], mask.Shape[1]);
            Assert.Equal(batch.Batch[0].Lengths.ToArray(), batch.Lengths(0).Values.ToArray());
            Tensor vectors = _tokens.Forward(batch.Integers(0));                     // [B, L, 4]
            return _output.Forward(vectors * mask.Reshape([items, longest, 1]));
        }
    }
}
