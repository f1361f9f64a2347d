using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>What <c>tune --json</c> prints.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="Direction">Which way the values are better.</param>
/// <param name="Best">The best trial that is complete; null if there is none, or if there are several objectives.</param>
/// <param name="Front">With several objectives, those than which none is better in everything.</param>
/// <param name="Trials">All trials, by number.</param>
internal sealed record TuneAnswer(string Study, string Direction, TunedTrial? Best, IReadOnlyList<TunedTrial>? Front, IReadOnlyList<TunedTrial> Trials)
{
    /// <summary>Says a study in the form of the contract.</summary>
    public static TuneAnswer From(StudyRecord study, IReadOnlyList<TrialRecord> trials)
    {
        ImmutableArray<Direction> directions = study.Specification.Directions;
        ImmutableArray<TrialRecord> best = TuneProgress.BestOf(trials, directions);
        bool several = directions.Length > 1;
        return new TuneAnswer(study.Name, TuneWords.Directions(directions), several || best.Length == 0 ? null : TunedTrial.From(best[0]), several ? [.. best.Select(TunedTrial.From)] : null, [.. trials.Select(TunedTrial.From)]);
    }
}

/// <summary>A trial in <see cref="TuneAnswer"/>.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="State"><c>complete</c>, <c>pruned</c>, <c>failed</c>, <c>running</c> or <c>waiting</c>.</param>
/// <param name="Value">The value of the (first) objective; null without one.</param>
/// <param name="Values">The values of several objectives.</param>
/// <param name="Parameters">Numbers, and texts for choices.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record TunedTrial(
    int Number,
    string State,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double? Value,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] IReadOnlyList<double>? Values,
    IReadOnlyDictionary<string, JsonElement> Parameters,
    string? Error)
{
    /// <summary>Says a trial in the form of the contract.</summary>
    public static TunedTrial From(TrialRecord trial) => new(trial.Number, TuneWords.State(trial.State), trial.Values.Length == 0 ? null : trial.Values[0],
        trial.Values.Length > 1 ? trial.Values : null, trial.Parameters.ToDictionary(one => one.Key, one => Json(one.Value)), trial.Error);

    private static JsonElement Json(ParameterValue value) => value.Distribution is CategoricalDistribution
        ? JsonSerializer.SerializeToElement(value.Text, Running.AppJson.Default.String)
        : JsonDocument.Parse(value.Value.ToString("R", CultureInfo.InvariantCulture)).RootElement;
}
