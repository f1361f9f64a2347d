using System.Globalization;

namespace Inkling.Playground;

/// <summary>The fields of which several values can be tried. To add one, add a line.</summary>
public static class TunedFields
{
    /// <summary>The name under which a race varies the first weights and nothing else; a sweep varies the points with them.</summary>
    public const string Seed = "seed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TunedField> All { get; } =
    [
        new("optimizer", "Optimizer", PlaygroundChoices.Optimizers, ["sgd", "momentum", "rmsprop", "adam"], TunedScale.List, KeepsStart: true),
        new("learningRate", "Learning rate", Plain(PlaygroundChoices.LearningRates), ["0.003", "0.01", "0.03", "0.1", "0.3"], TunedScale.Logarithmic, KeepsStart: true),
        new(Seed, "Seed", ["1", "2", "3", "4", "5", "6", "7", "8"], ["1", "2", "3", "4", "5", "6"], TunedScale.List, KeepsStart: true),
        new("activation", "Activation", PlaygroundChoices.Activations, ["tanh", "relu", "sigmoid", "linear"], TunedScale.List, KeepsStart: true),
        new("batchSize", "Batch size", ["1", "2", "5", "10", "20", "30"], ["1", "5", "10", "30"], TunedScale.Whole, KeepsStart: true),
        new("regularizationRate", "Penalty rate", Plain(PlaygroundChoices.PenaltyRates.Where(rate => rate > 0)), ["0.001", "0.003", "0.01", "0.03", "0.1"], TunedScale.Logarithmic, KeepsStart: true),
        new("dropout", "Dropout", ["0", "10", "20", "30", "40", "50", "60", "70"], ["0", "10", "20", "40"], TunedScale.Whole, KeepsStart: true),
        new("networkShape", "Hidden layers", ["", "1", "2", "4", "8", "2,2", "4,2", "4,4", "8,8", "4,4,4", "8,8,8"], ["1", "2", "4", "8", "4,4", "8,8"], TunedScale.List, KeepsStart: false),
        new("noise", "Noise", ["0", "10", "20", "30", "40", "50"], ["0", "10", "20", "30", "50"], TunedScale.Whole, KeepsStart: false),
        new("percTrainData", "Learnt from", ["10", "20", "30", "50", "70", "90"], ["10", "20", "30", "50", "70"], TunedScale.Whole, KeepsStart: false),
    ];

    /// <summary>The field of a name, or null.</summary>
    public static TunedField? Find(string? name) => All.FirstOrDefault(field => field.Name == name);

    /// <summary>A setup with another value of a field; null when the field does not take it. A penalty rate brings a penalty with it, L2, where there was none.</summary>
    internal static PlaygroundSetup? With(PlaygroundSetup setup, string field, string value)
    {
        PlaygroundSetup? changed = SetupFields.Find(field)?.Set(setup, value);
        // What would stand above the field gives way, or all would be the same run.
        return (field, changed) switch
        {
            (_, null) => null,
            ("regularizationRate", { Penalty: PenaltyKind.None }) => changed with { Penalty = PenaltyKind.L2 },
            ("activation", _) => changed with { LayerActivations = [] },
            ("dropout", _) => changed with { LayerDropout = [] },
            (Seed, _) => changed with { StartingWeights = [] },
            _ => changed,
        };
    }

    /// <summary>Why a field changes nothing in a setup; null where it does.</summary>
    internal static string? WithoutEffect(PlaygroundSetup setup, string? field) =>
        field == "batchSize" && setup.Optimizer == "lbfgs" ? "L-BFGS takes all points in every step, so the size of batches changes nothing; choose another optimizer." : null;

    private static IReadOnlyList<string> Plain(IEnumerable<double> values) => [.. values.Select(value => value.ToString("0.######", CultureInfo.InvariantCulture))];
}
