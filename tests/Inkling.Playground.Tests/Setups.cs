using CsCheck;

namespace Inkling.Playground.Tests;

internal static class Setups
{
    /// <summary>The spiral of the issue: x, y and their sines, 2 × 8 tanh neurons, Adam 0.01, batches of 10.</summary>
    public static PlaygroundSetup Spiral { get; } = new()
    {
        Dataset = "spiral", Inputs = ["x", "y", "sinX", "sinY"], Hidden = [8, 8], Optimizer = "adam", LearningRate = 0.01,
    };

    public static Gen<PointTable> Tables { get; } =
        from columns in Gen.Int[1, 9]
        from classes in Gen.Int[1, 8]
        from rows in Gen.Int[1, 30]
        from names in Gen.OneOf(Gen.Const((string[]?)null), Gen.String.Array[columns + (classes == 1 ? 0 : classes)].Select(all => (string[]?)all))
        from values in Gen.Float[-6, 6].Array[rows * columns]
        from labels in classes == 1 ? Gen.Float[-1, 1].Array[rows] : Gen.Int[0, classes - 1].Select(label => (float)label).Array[rows]
        let count = classes == 1 ? 0 : classes
        select new PointTable(names is null ? [.. Enumerable.Range(1, columns).Select(number => $"column {number}")] : names[..columns], names is null ? PointTable.NamesOf(count) : names[columns..], values, labels);

    public static Gen<PlaygroundSetup> Any { get; } =
        from texts in Gen.Select(Of(PlaygroundChoices.Activations), Of(PlaygroundChoices.Optimizers), Of(PointSets.NamesOf(ProblemKind.Classification)), Of(PointSets.NamesOf(ProblemKind.Regression)))
        from hidden in Gen.Int[1, 8].Array[0, 6]
        from inputs in Gen.Int[1, 511]
        from numbers in Gen.Select(Gen.Int[0, 50], Gen.Int[10, 90], Gen.Int[1, 30], Gen.Int[0, 90])
        from rates in Gen.Select(Gen.Double[1e-6, 100], Gen.Double[0, 100])
        from kinds in Gen.Select(Gen.Enum<ProblemKind>(), Gen.Enum<PenaltyKind>(), Gen.Enum<LossKind>())
        from flags in Gen.Bool.Array[3]
        from classes in Gen.Int[2, 8]
        from more in Gen.Select(Of(PlaygroundSchedules.Names), Of(PlaygroundChoices.Initializers), Of<string>(["auto", "sigmoid", "step"]), Of<string>(["none", "norm", "value"]), Gen.Bool)
        from counts in Gen.Select(Gen.Int[1, 100_000], Gen.Int[0, 10_000], Gen.Int[0, 10_000])
        from shares in Gen.Select(Gen.Double[0, 1], Gen.Double[0, 0.999], Gen.Double[0, 10], Gen.Double[1e-4, 1000])
        from layers in Gen.Select(Of<string>(["", "relu", "step", "linear"]).Array[0, 6], Gen.Int[-1, 90].Array[0, 6])
        from own in Gen.OneOf(Gen.Const((PointTable?)null), Tables)
        from places in Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8])
        from seed in Gen.String["abcXYZ019.-"].Where(text => text.Length is > 0 and <= 20)
        select new PlaygroundSetup
        {
            Activation = texts.Item1, Optimizer = texts.Item2, Dataset = texts.Item3, RegressionDataset = texts.Item4, Hidden = hidden,
            Inputs = [.. InputFeatures.All.Select(feature => feature.Name).Where((_, i) => (inputs >> i & 1) == 1)],
            Noise = numbers.Item1, TrainShare = numbers.Item2, BatchSize = numbers.Item3, Dropout = numbers.Item4, LearningRate = rates.Item1, PenaltyRate = rates.Item2,
            Problem = kinds.Item1, Penalty = kinds.Item2, Loss = kinds.Item3, StartsAtZero = flags[0], ShowsTest = flags[1], Discretizes = flags[2], Seed = seed, Schedule = more.Item1, Initializer = more.Item2, OutputActivation = more.Item3, Clip = more.Item4, BatchNorm = more.Item5, ScheduleEpochs = counts.Item1, WarmupEpochs = counts.Item2, Patience = counts.Item3,
            ScheduleFactor = shares.Item1, Momentum = shares.Item2, WeightDecay = shares.Item3, ClipAt = shares.Item4, LayerActivations = [.. layers.Item1.Take(5), "tanh"], LayerDropout = [.. layers.Item2.Take(5), 5],
            Classes = classes, Own = own, MapX = places.Item1, MapY = places.Item2,
        };

    /// <summary>One of a list.</summary>
    public static Gen<T> Of<T>(IReadOnlyList<T> values) => Gen.Int[0, values.Count - 1].Select(i => values[i]);
}
