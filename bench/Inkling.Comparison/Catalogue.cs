namespace Inkling.Comparison;

/// <summary>Everything that bench/compare compares, a line each, in the order of issue 3.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<IComparison> All { get; } =
    [
        new OpenBlasSweep(threads: 1),
        new OpenBlasSweep(threads: 2),
        new TorchSweep(threads: 1),
        new TorchSweep(threads: 2),
        new TrainingComparison("lstm-train-1", new LstmTraining.Recipe(), threads: 1, bar: 1.25),
        new TrainingComparison("lstm-train-2", new LstmTraining.Recipe(), threads: 2, bar: 1.25),
        new TrainingComparison("mlp-train-1", new MlpTraining.Recipe(), threads: 1, bar: 1.4),
        new TrainingComparison("mlp-train-2", new MlpTraining.Recipe(), threads: 2, bar: 1.4),
        new TrainingComparison("mlp-tiny", new TinyMlpTraining.Recipe(), threads: 1, bar: 30),
        new TinyLoopsComparison(),
        new TorchStream(),
        new OnnxRuntimeStream(),
        new OnnxRuntimeBytesStream(),
    ];

    /// <summary>The one of that name, or else all whose names begin so.</summary>
    public static IReadOnlyList<IComparison> Find(string? name) => name is null
        ? All
        : All.Where(one => one.Name == name).ToArray() is { Length: > 0 } exact ? exact : [.. All.Where(one => one.Name.StartsWith(name, StringComparison.Ordinal))];
}
