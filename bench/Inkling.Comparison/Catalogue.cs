namespace Inkling.Comparison;

/// <summary>Everything that bench/compare compares, a line each, in the order of issue 3, with what issue 4 adds.</summary>
internal static class Catalogue
{
    private static readonly string[] s_small =
    [
        WorkList.TinyTraining, WorkList.MlpTraining, WorkList.Stream, WorkList.Product(16, 784, 9), WorkList.Product(64, 64, 64), WorkList.Product(64, 256, 128),
    ];

    public static IReadOnlyList<IComparison> All { get; } =
    [
        new OpenBlasSweep(threads: 1),
        new OpenBlasSweep(threads: 2),
        new TorchSweep(threads: 1),
        new TorchSweep(threads: 2),
        new TrainingComparison("lstm-train-1", new RecurrentTraining.Recipe(RecurrentTraining.Cell.Lstm, RecurrentTraining.Softmax.Full), threads: 1, bar: 1.25),
        new TrainingComparison("lstm-train-2", new RecurrentTraining.Recipe(RecurrentTraining.Cell.Lstm, RecurrentTraining.Softmax.Full), threads: 2, bar: 1.25),
        new TrainingComparison("lstm-train-adaptive-1", new RecurrentTraining.Recipe(RecurrentTraining.Cell.Lstm, RecurrentTraining.Softmax.Adaptive), threads: 1, bar: 2.5),
        new TrainingComparison("lstm-train-adaptive-2", new RecurrentTraining.Recipe(RecurrentTraining.Cell.Lstm, RecurrentTraining.Softmax.Adaptive), threads: 2, bar: 2.5),
        new TrainingComparison("lstm-train-sampled-1", new RecurrentTraining.Recipe(RecurrentTraining.Cell.Lstm, RecurrentTraining.Softmax.Sampled), threads: 1, bar: 2.5),
        new TrainingComparison("lstm-train-sampled-2", new RecurrentTraining.Recipe(RecurrentTraining.Cell.Lstm, RecurrentTraining.Softmax.Sampled), threads: 2, bar: 2.5),
        new TrainingComparison("rnn-train-1", new RecurrentTraining.Recipe(RecurrentTraining.Cell.Rnn), threads: 1, bar: 1.25),
        new TrainingComparison("rnn-train-2", new RecurrentTraining.Recipe(RecurrentTraining.Cell.Rnn), threads: 2, bar: 1.25),
        new TrainingComparison("gru-train-1", new RecurrentTraining.Recipe(RecurrentTraining.Cell.Gru), threads: 1, bar: 1.25),
        new TrainingComparison("gru-train-2", new RecurrentTraining.Recipe(RecurrentTraining.Cell.Gru), threads: 2, bar: 1.25),
        new TrainingComparison("gpt-train-1", new GptTraining.Recipe(), threads: 1, bar: 1.1),
        new TrainingComparison("gpt-train-2", new GptTraining.Recipe(), threads: 2, bar: 1.1),
        new TrainingComparison("mlp-train-1", ImageTraining.Mlp, threads: 1, bar: 1.4),
        new TrainingComparison("mlp-train-2", ImageTraining.Mlp, threads: 2, bar: 1.4),
        new TrainingComparison("cnn-train-1", ImageTraining.Cnn, threads: 1, bar: 1.2),
        new TrainingComparison("cnn-train-2", ImageTraining.Cnn, threads: 2, bar: 1.2),
        new TrainingComparison("mlp-tiny", new TinyMlpTraining.Recipe(), threads: 1, bar: 30),
        new TinyLoopsComparison(),
        new TorchStream(),
        new OnnxRuntimeStream(),
        new OnnxRuntimeBytesStream(),
        new ByteQuality(),
        new ScalingComparison("scaling-lstm", "training the LSTM language model: two threads against one", 1.7, [WorkList.LstmTraining]),
        new ScalingComparison("scaling-gemm", "large products: two threads against one", 1.7, [WorkList.Product(1024, 1024, 1024), WorkList.Product(2048, 2048, 512)]),
        new ScalingComparison("scaling-small", "small work: a team of two against one thread", 0.97, s_small),
        new DisturbedComparison(WorkList.LstmTraining),
        new DisturbedComparison(WorkList.MlpTraining),
        new WidthComparison(256, bar: 0.8),
        new WidthComparison(128, bar: 0),
        new WidthComparison(1, bar: 0),
        new NativeAotComparison(),
        new StartupComparison(),
    ];

    /// <summary>The one of that name, or else all whose names begin so.</summary>
    public static IReadOnlyList<IComparison> Find(string? name) => name is null
        ? All
        : All.Where(one => one.Name == name).ToArray() is { Length: > 0 } exact ? exact : [.. All.Where(one => one.Name.StartsWith(name, StringComparison.Ordinal))];
}
