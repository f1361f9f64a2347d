using System.Collections.Immutable;
using Inkling.App.Running;
using Inkling.App.Studio.Studying.Runs;
using Inkling.App.Tuning.Tasks;
using Inkling.Onnx;
using Inkling.Training;
using Inkling.Tuning;

namespace Inkling.App.Tests.Studio;

/// <summary>Training with the values of a trial, without a page.</summary>
public sealed class StudyRunsTests : IDisposable
{
    private static readonly StudyRunKey Key = new(null, 1, "clothes", 3);
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-runs-").FullName;
    private readonly StudyRuns _runs = new();

    public void Dispose()
    {
        _runs.StopAsync(CancellationToken.None).Wait();
        _runs.Dispose();
        Directory.Delete(_folder, true);
    }

    [Fact]
    public async Task A_network_is_trained_on_everything_tested_and_written_down()
    {
        StudyRunState state = await RunAsync(MadeUpImages.Write(_folder));
        Assert.Null(state.Error);
        Assert.Contains("550 images, 10 epochs", state.Summary, StringComparison.Ordinal);
        WholeResult result = state.Result!;
        Assert.Equal(10, result.Epochs);
        Assert.True(result.Accuracy > 0.9, $"{result.Accuracy}");
        Assert.Equal(result.Accuracy, result.Recall.Average(), 6);
        Assert.NotEmpty(state.ValidationCurve);

        // The file says of the test images what the network said of them, given their grey values.
        OnnxModel model = OnnxModel.Load(result.Network, "network");
        var random = new Random(2);
        int right = Enumerable.Range(0, 100).Count(i => Answer(model, MadeUpImages.Image(i % 10, random)) == i % 10);
        Assert.Equal(result.Accuracy, right / 100.0, 6);
    }

    [Fact]
    public async Task What_is_stopped_keeps_the_best_so_far_and_another_has_to_wait()
    {
        string folder = MadeUpImages.Write(_folder, 6000);
        // On the thread that trains, at its first report.
        _runs.Changed += () =>
        {
            if (_runs.State is { Busy: true, Stopping: false, Report.Step: > 0 }) _runs.Stop();
        };
        _runs.Start(Key, new FashionTask(), new TuneTaskData([folder], 1, 1), Values());
        FailureException second = Assert.Throws<FailureException>(() => _runs.Start(Key, new FashionTask(), new TuneTaskData([folder], 1, 1), Values()));
        Assert.Contains("trial 3 of \"clothes\" is at work", second.Message, StringComparison.Ordinal);
        StudyRunState state = await EndAsync();
        Assert.Null(state.Error);
        Assert.InRange(state.Result!.Epochs, 0.001, 9);
        Assert.NotEmpty(state.Result.Network);
    }

    [Fact]
    public void What_is_stopped_before_it_began_has_nothing_to_keep()
    {
        WholeTraining training = new FashionTask().PrepareWhole(new TuneTaskData([MadeUpImages.Write(_folder)], 1, 1))!;
        using Study study = Study.InMemory(Direction.Maximize, 1);
        using var pause = new PauseGate();
        FailureException failure = Assert.Throws<FailureException>(() => training.Run(study.Ask(), new Progress<TrainerProgress>(), pause, new CancellationToken(true)));
        Assert.Contains("before the first epoch", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_and_wrong_images_and_values_are_told()
    {
        Assert.Contains("the images are not in", (await RunAsync(Path.Combine(_folder, "nowhere"))).Error, StringComparison.Ordinal);
        Assert.Contains("train-images", (await RunAsync(_folder)).Error, StringComparison.Ordinal);
        MadeUpImages.Write(_folder);
        Assert.Contains("784", (await RunAsync(_folder, Values().SetItem("batch", new ParameterValue(new IntegerDistribution(1, 1_000_000), 784_000)))).Error, StringComparison.Ordinal);
        Assert.Contains("\"batch\" has no value", (await RunAsync(_folder, Values().Remove("batch"))).Error, StringComparison.Ordinal);
        MadeUpImages.Write(_folder, training: 30);
        Assert.Contains("empty", (await RunAsync(_folder)).Error, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(_folder, "train-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4]);
        File.WriteAllBytes(Path.Combine(_folder, "train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 1, 7]);
        Assert.Contains("28", (await RunAsync(_folder)).Error, StringComparison.Ordinal);
    }

    private static ImmutableSortedDictionary<string, ParameterValue> Values() => new Dictionary<string, ParameterValue>
    {
        ["layers"] = new(new IntegerDistribution(1, 3), 1),
        ["dropout"] = new(new FloatDistribution(0, 0.5), 0.1),
        ["width1"] = new(new IntegerDistribution(16, 256, Scale.Log), 32),
        ["batch"] = new(new IntegerDistribution(16, 256, Scale.Log), 16),
        ["learningRate"] = new(new FloatDistribution(1e-5, 0.1, Scale.Log), 0.005),
        ["weightDecay"] = new(new FloatDistribution(1e-6, 0.1, Scale.Log), 1e-4),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private Task<StudyRunState> RunAsync(string folder, ImmutableSortedDictionary<string, ParameterValue>? values = null)
    {
        _runs.Start(Key, new FashionTask(), new TuneTaskData([folder], 1, 1), values ?? Values());
        return EndAsync();
    }

    private async Task<StudyRunState> EndAsync()
    {
        while (_runs.State.Busy) await Task.Delay(20);
        return _runs.State;
    }

    private static int Answer(OnnxModel model, byte[] grey)
    {
        OnnxValue image = OnnxValue.Create([1, 784], [.. grey.Select(value => (float)value)]);
        float[] scores = model.Run(new Dictionary<string, OnnxValue> { ["image"] = image })["scores"].Values<float>().ToArray();
        return Array.IndexOf(scores, scores.Max());
    }
}
