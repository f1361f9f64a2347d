using System.Globalization;

namespace Inkling.Playground;

/// <summary>The setup as a list of fields: what is in an address, in which order, and what may be there. To add a field, add a line.</summary>
public static class SetupFields
{
    /// <summary>All fields in the order of the address.</summary>
    public static IReadOnlyList<SetupField> All { get; } =
    [
        Choice("activation", SetupEffect.Network, PlaygroundChoices.Activations, s => s.Activation, (s, v) => s with { Activation = v }),
        List("layerActivations", SetupEffect.Network, "up to 6 activations with commas between, or nothing in their places", s => string.Join(',', s.LayerActivations), SetLayerActivations),
        Choice("outputActivation", SetupEffect.Network, ["auto", "sigmoid", "step"], s => s.OutputActivation, (s, v) => s with { OutputActivation = v }),
        Flag("batchNorm", SetupEffect.Network, s => s.BatchNorm, (s, v) => s with { BatchNorm = v }),
        Choice("initializer", SetupEffect.Network, PlaygroundChoices.Initializers, s => s.Initializer, (s, v) => s with { Initializer = v }),
        Choice("regularization", SetupEffect.Network, ["none", "L1", "L2"], s => s.Penalty == PenaltyKind.None ? "none" : s.Penalty.ToString(), (s, v) => s with { Penalty = Enum.Parse<PenaltyKind>(v, ignoreCase: true) }),
        Whole("batchSize", SetupEffect.Network, 1, 30, s => s.BatchSize, (s, v) => s with { BatchSize = v }),
        Choice("dataset", SetupEffect.Data, PointSets.NamesOf(ProblemKind.Classification), s => s.Dataset, (s, v) => s with { Dataset = v }),
        Choice("regDataset", SetupEffect.Data, PointSets.NamesOf(ProblemKind.Regression), s => s.RegressionDataset, (s, v) => s with { RegressionDataset = v }),
        Choice("optimizer", SetupEffect.Network, PlaygroundChoices.Optimizers, s => s.Optimizer, (s, v) => s with { Optimizer = v }),
        Number("learningRate", SetupEffect.Training, 1e-6, 100, s => s.LearningRate, (s, v) => s with { LearningRate = v }),
        Number("regularizationRate", SetupEffect.Training, 0, 100, s => s.PenaltyRate, (s, v) => s with { PenaltyRate = v }),
        Number("momentum", SetupEffect.Network, 0, 0.999, s => s.Momentum, (s, v) => s with { Momentum = v }),
        Number("weightDecay", SetupEffect.Network, 0, 10, s => s.WeightDecay, (s, v) => s with { WeightDecay = v }),
        Choice("schedule", SetupEffect.Network, PlaygroundSchedules.Names, s => s.Schedule, (s, v) => s with { Schedule = v }),
        Whole("scheduleEpochs", SetupEffect.Network, 1, 100_000, s => s.ScheduleEpochs, (s, v) => s with { ScheduleEpochs = v }),
        Number("scheduleFactor", SetupEffect.Network, 0, 1, s => s.ScheduleFactor, (s, v) => s with { ScheduleFactor = v }),
        Whole("warmup", SetupEffect.Network, 0, 10_000, s => s.WarmupEpochs, (s, v) => s with { WarmupEpochs = v }),
        Choice("clip", SetupEffect.Training, ["none", "norm", "value"], s => s.Clip, (s, v) => s with { Clip = v }),
        Number("clipAt", SetupEffect.Training, 1e-4, 1000, s => s.ClipAt, (s, v) => s with { ClipAt = v }),
        Whole("patience", SetupEffect.Training, 0, 10_000, s => s.Patience, (s, v) => s with { Patience = v }),
        List("layerDropout", SetupEffect.Network, "up to 6 numbers of 0 to 90 with commas between, or nothing in their places", s => string.Join(',', s.LayerDropout.Select(rate => rate < 0 ? "" : rate.ToString(CultureInfo.InvariantCulture))), SetLayerDropout),
        Whole("dropout", SetupEffect.Network, 0, 90, s => s.Dropout, (s, v) => s with { Dropout = v }),
        Choice("loss", SetupEffect.Network, ["squared", "cross-entropy"], s => s.Loss == LossKind.Squared ? "squared" : "cross-entropy", (s, v) => s with { Loss = v == "squared" ? LossKind.Squared : LossKind.CrossEntropy }),
        Whole("classes", SetupEffect.Data, 2, PlaygroundSetup.MostClasses, s => s.Classes, (s, v) => s with { Classes = v }),
        Whole("noise", SetupEffect.Data, 0, 50, s => s.Noise, (s, v) => s with { Noise = v }),
        new("networkShape", SetupEffect.Network, $"up to {PlaygroundSetup.MostLayers} numbers of 1 to {PlaygroundSetup.MostNeurons} with commas between, or nothing", s => string.Join(',', s.Hidden), SetHidden),
        new("seed", SetupEffect.Data, "up to 20 letters, digits, dots and hyphens", s => s.Seed, (s, v) => v.Length is > 0 and <= 20 && v.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') ? s with { Seed = v } : null),
        Flag("showTestData", SetupEffect.View, s => s.ShowsTest, (s, v) => s with { ShowsTest = v }),
        Flag("discretize", SetupEffect.View, s => s.Discretizes, (s, v) => s with { Discretizes = v }),
        Whole("percTrainData", SetupEffect.Data, 10, 90, s => s.TrainShare, (s, v) => s with { TrainShare = v }),
        .. InputFeatures.All.Select(feature => Flag(feature.Name, SetupEffect.Network, s => s.Inputs.Contains(feature.Name), (s, on) => s with { Inputs = InputFeatures.Toggle(s.Inputs, feature.Name, on) })),
        new("points", SetupEffect.Data, "points as the page writes them", s => s.Own?.Code ?? "", SetOwn),
        Whole("mapX", SetupEffect.View, 1, PointTable.MostColumns, s => s.MapX + 1, (s, v) => s with { MapX = v - 1 }),
        Whole("mapY", SetupEffect.View, 1, PointTable.MostColumns, s => s.MapY + 1, (s, v) => s with { MapY = v - 1 }),
        Choice("problem", SetupEffect.Data, ["classification", "regression"], s => s.Problem == ProblemKind.Classification ? "classification" : "regression", (s, v) => s with { Problem = Enum.Parse<ProblemKind>(v, ignoreCase: true) }),
        List("weights", SetupEffect.Network, $"up to {MostWeights} numbers with commas between, as many as the network has", s => string.Join(',', s.StartingWeights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture))), SetWeights),
        Flag("initZero", SetupEffect.Network, s => s.StartsAtZero, (s, v) => s with { StartsAtZero = v }),
    ];

    // Nine inputs, six layers of eight neurons, eight outputs, each with a bias.
    private const int MostWeights = 512;

    /// <summary>The field of a name, or null.</summary>
    public static SetupField? Find(string name) => All.FirstOrDefault(field => field.Name == name);

    /// <summary>The furthest-reaching effect of going from one setup to another; null when they are the same.</summary>
    public static SetupEffect? EffectOf(PlaygroundSetup before, PlaygroundSetup after)
    {
        SetupEffect[] changes = [.. All.Where(field => field.Get(before) != field.Get(after)).Select(field => field.Effect)];
        return changes.Length == 0 ? null : changes.Max();
    }

    private static SetupField Choice(string name, SetupEffect effect, IReadOnlyList<string> values, Func<PlaygroundSetup, string> get, Func<PlaygroundSetup, string, PlaygroundSetup> set) =>
        new(name, effect, string.Join(", ", values), get, (setup, text) => values.Contains(text) ? set(setup, text) : null);

    private static SetupField Whole(string name, SetupEffect effect, int least, int most, Func<PlaygroundSetup, int> get, Func<PlaygroundSetup, int, PlaygroundSetup> set) =>
        new(name, effect, $"{least} to {most}", setup => get(setup).ToString(CultureInfo.InvariantCulture),
            (setup, text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most ? set(setup, value) : null);

    private static SetupField Number(string name, SetupEffect effect, double least, double most, Func<PlaygroundSetup, double> get, Func<PlaygroundSetup, double, PlaygroundSetup> set) =>
        new(name, effect, string.Create(CultureInfo.InvariantCulture, $"{least:0.######} to {most}"), setup => get(setup).ToString("R", CultureInfo.InvariantCulture),
            (setup, text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most ? set(setup, value) : null);

    private static SetupField Flag(string name, SetupEffect effect, Func<PlaygroundSetup, bool> get, Func<PlaygroundSetup, bool, PlaygroundSetup> set) =>
        new(name, effect, "true, false", setup => get(setup) ? "true" : "false", (setup, text) => text is "true" or "false" ? set(setup, text == "true") : null);

    private static SetupField List(string name, SetupEffect effect, string allowed, Func<PlaygroundSetup, string> get, Func<PlaygroundSetup, string[], PlaygroundSetup?> set) =>
        new(name, effect, allowed, get, (setup, text) => set(setup, text.Length == 0 ? [] : text.Split(',')));

    private static PlaygroundSetup? SetLayerActivations(PlaygroundSetup setup, string[] names) =>
        names.Length <= PlaygroundSetup.MostLayers && names.All(name => name.Length == 0 || PlaygroundChoices.Activations.Contains(name)) ? setup with { LayerActivations = Trimmed(names, "") } : null;

    private static PlaygroundSetup? SetLayerDropout(PlaygroundSetup setup, string[] rates)
    {
        int[] all = [.. rates.Select(rate => rate.Length == 0 ? -1 : int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= 90 ? value : -2)];
        return all.Length <= PlaygroundSetup.MostLayers && !all.Contains(-2) ? setup with { LayerDropout = Trimmed(all, -1) } : null;
    }

    private static PlaygroundSetup? SetWeights(PlaygroundSetup setup, string[] numbers)
    {
        if (numbers.Length > MostWeights) return null;
        float[] weights = [.. numbers.Select(number => float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : float.NaN)];
        return weights.All(float.IsFinite) ? setup with { StartingWeights = weights } : null;
    }

    /// <summary>Without what says nothing at the end, so that a setup has one text.</summary>
    private static T[] Trimmed<T>(T[] values, T nothing)
    {
        int count = values.Length;
        while (count > 0 && EqualityComparer<T>.Default.Equals(values[count - 1], nothing)) count--;
        return values[..count];
    }

    private static PlaygroundSetup? SetOwn(PlaygroundSetup setup, string text)
    {
        if (text.Length == 0) return setup with { Own = null };
        return PointCode.Read(text) is { } table ? setup with { Own = table } : null;
    }

    private static PlaygroundSetup? SetHidden(PlaygroundSetup setup, string text)
    {
        if (text.Length == 0) return setup with { Hidden = [] };
        string[] parts = text.Split(',');
        if (parts.Length > PlaygroundSetup.MostLayers) return null;
        List<int> hidden = [];
        foreach (string part in parts)
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int width) || width is < 1 or > PlaygroundSetup.MostNeurons) return null;
            hidden.Add(width);
        }

        return setup with { Hidden = hidden };
    }
}
