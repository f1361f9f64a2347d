using System.Collections.Immutable;
using System.Globalization;
using Inkling.App.Running;
using Inkling.Mail;
using Inkling.Tuning;

namespace Inkling.App.Training;

/// <summary>Values of a study of <c>mail-nano</c> or <c>mail-base</c>, to train with: <c>learningRate=0.004 lanes=16</c>. What is not given stays as the preset has it.</summary>
public sealed record TrainingValues
{
    private const string RateName = "learningRate", DropoutName = "dropout", LanesName = "lanes", StepsName = "steps", EmbeddingName = "embedding", HiddenName = "hidden";
    private static readonly LimitsOfValues Limits = new();

    private TrainingValues(ImmutableSortedDictionary<string, double> values) => Values = values;

    /// <summary>The values by name.</summary>
    public ImmutableSortedDictionary<string, double> Values { get; }

    /// <summary>As they are written, with a space between two.</summary>
    public string Text => string.Join(' ', Values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key}={value.Value:R}")));

    /// <summary>The values of a trial; those of other tasks are left out.</summary>
    /// <param name="parameters">Its parameters.</param>
    internal static TrainingValues Of(ImmutableSortedDictionary<string, ParameterValue> parameters)
        => new(parameters.Where(one => Limits.Fit(one.Key, one.Value.Value)).ToImmutableSortedDictionary(one => one.Key, one => one.Value.Value));

    /// <summary>Without what holds for a new model only: its widths, and the rate, with which one that goes on would lose what it knows.</summary>
    public TrainingValues ForGoingOn => new(Values.RemoveRange([RateName, EmbeddingName, HiddenName]));

    /// <summary>The values of a run.</summary>
    internal static TrainingValues Of(MailTrainingOptions run) => new(new Dictionary<string, double>
    {
        [RateName] = run.LearningRate ?? run.Preset.LearningRate, [DropoutName] = run.Preset.Dropout, [LanesName] = run.Preset.Lanes, [StepsName] = run.Preset.Steps,
        [EmbeddingName] = run.Preset.EmbeddingWidth, [HiddenName] = run.Preset.HiddenWidth,
    }.ToImmutableSortedDictionary());

    /// <summary>Whether a run has these values.</summary>
    internal bool Fit(MailTrainingOptions run) => Values.All(value => Of(run).Values[value.Key] == value.Value);

    /// <summary>Names of the values that are sizes of the network.</summary>
    public IEnumerable<string> Widths => Values.Keys.Where(name => name is EmbeddingName or HiddenName);

    /// <summary>Reads values as they are written.</summary>
    /// <param name="text">Such as <c>learningRate=0.004 lanes=16</c>.</param>
    /// <exception cref="FailureException">A name is unknown or a value is outside its limits; the message says which and what is possible.</exception>
    public static TrainingValues Parse(string text)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, double>();
        foreach (string part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            if (!Limits.Know(name)) throw FailureException.Usage($"values: \"{part}\" is none of {Limits.Names}; write such as {RateName}=0.004 {LanesName}=16");
            if (!double.TryParse(part[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !Limits.Fit(name, value))
                throw FailureException.Usage($"values: {part}; {name} goes {Limits.Of(name)}");
            values[name] = value;
        }

        return new(values.ToImmutable());
    }

    /// <summary>A preset with these values.</summary>
    /// <param name="preset">What is not given.</param>
    public TrainingPreset Apply(TrainingPreset preset) => preset with
    {
        LearningRate = Values.GetValueOrDefault(RateName, preset.LearningRate),
        ContinuedLearningRate = Values.ContainsKey(RateName) ? null : preset.ContinuedLearningRate,
        Dropout = Values.GetValueOrDefault(DropoutName, preset.Dropout),
        Lanes = (int)Values.GetValueOrDefault(LanesName, preset.Lanes),
        Steps = (int)Values.GetValueOrDefault(StepsName, preset.Steps),
        EmbeddingWidth = (int)Values.GetValueOrDefault(EmbeddingName, preset.EmbeddingWidth),
        HiddenWidth = (int)Values.GetValueOrDefault(HiddenName, preset.HiddenWidth),
    };

    private sealed class LimitsOfValues
    {
        private readonly (string Name, double Least, double Most, bool Whole)[] _all =
            [(RateName, 1e-6, 1, false), (DropoutName, 0, 0.9, false), (LanesName, 1, 256, true), (StepsName, 1, 512, true), (EmbeddingName, 8, 1024, true), (HiddenName, 8, 2048, true)];

        public string Names => string.Join(", ", _all.Select(one => one.Name));

        public bool Know(string name) => Array.Exists(_all, one => one.Name == name);

        public bool Fit(string name, double value) => Array.Exists(_all, one => one.Name == name && value >= one.Least && value <= one.Most && (!one.Whole || value == Math.Floor(value)));

        public string Of(string name)
        {
            (_, double least, double most, bool whole) = Array.Find(_all, one => one.Name == name);
            return string.Create(CultureInfo.InvariantCulture, $"from {least} to {most}{(whole ? ", whole numbers" : "")}");
        }
    }
}
