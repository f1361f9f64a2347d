using System.Collections.Immutable;
using Inkling.App.Tuning;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>A study as the plots see it.</summary>
internal sealed class StudyFacts
{
    /// <summary>Trials that a plot draws at most: what is left out lies between others.</summary>
    public const int MostDrawn = 1500;

    private readonly Lazy<IReadOnlyList<KeyValuePair<string, double>>> _importance;

    /// <summary>Reads the trials of a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trials">Its trials, by number.</param>
    /// <param name="before">What was known of the same study before: what is costly is taken from it where no other trial has become complete.</param>
    public StudyFacts(StudyRecord study, ImmutableArray<TrialRecord> trials, StudyFacts? before = null)
    {
        (Study, All) = (study, trials);
        Complete = [.. trials.Where(trial => trial.State == TrialState.Complete && trial.IsFeasible)];
        _importance = before is not null && before.Complete.AsSpan().SequenceEqual(Complete.AsSpan(), ReferenceEqualityComparer.Instance) ? before._importance : new(() => ImportancePlot.Shares(this));
        Best = TuneProgress.BestOf(trials, Directions);
        Parameters = new TrialHistory(Directions, trials).Union;
        double[] values = [.. Complete.Select(trial => trial.Values[0]).Where(double.IsFinite).Order()];
        if (Directions[0] == Direction.Maximize) Array.Reverse(values);
        Sorted = values;
        // The worst tenth may tower over the rest: it is drawn at the edge.
        Limit = values.Length == 0 ? 0 : values[Math.Min(values.Length - 1, values.Length < 20 ? values.Length - 1 : (int)(0.9 * values.Length))];
    }

    /// <summary>The study.</summary>
    public StudyRecord Study { get; }

    /// <summary>All trials, by number.</summary>
    public ImmutableArray<TrialRecord> All { get; }

    /// <summary>Those that are complete and violate nothing.</summary>
    public ImmutableArray<TrialRecord> Complete { get; }

    /// <summary>The best, or the front.</summary>
    public ImmutableArray<TrialRecord> Best { get; }

    /// <summary>The parameters that any trial has had.</summary>
    public ImmutableSortedDictionary<string, Distribution> Parameters { get; }

    /// <summary>Finite first values of complete trials, from the best to the worst.</summary>
    public IReadOnlyList<double> Sorted { get; }

    /// <summary>The worst value that is drawn where it belongs.</summary>
    public double Limit { get; }

    /// <summary>The share of the differences between trials that each parameter explains, largest first; computed once it is asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Importance => _importance.Value;

    /// <summary>Which way values are better.</summary>
    public ImmutableArray<Direction> Directions => Study.Specification.Directions;

    /// <summary>Whether a value is better than another.</summary>
    public bool IsBetter(double a, double b) => Directions[0] == Direction.Minimize ? a < b : a > b;

    /// <summary>A value moved to what is drawn.</summary>
    public double Shown(double value) => double.IsNaN(value) || IsBetter(Limit, value) ? Limit : double.IsFinite(value) ? value : Sorted.Count > 0 ? Sorted[0] : 0;

    /// <summary>How good a value is among all: 0 for the best, up to <see cref="PlotStyle.Steps"/> − 1.</summary>
    public int StepOf(double value)
    {
        if (Sorted.Count < 2 || Sorted[0] == Limit) return 0;
        double share = (Shown(value) - Sorted[0]) / (Limit - Sorted[0]);
        return (int)Math.Clamp(share * PlotStyle.Steps, 0, PlotStyle.Steps - 1);
    }

    /// <summary>Some of many, evenly, the best among them.</summary>
    public IEnumerable<TrialRecord> Some(ImmutableArray<TrialRecord> trials)
    {
        if (trials.Length <= MostDrawn) return trials;
        double step = (double)trials.Length / MostDrawn;
        return Enumerable.Range(0, MostDrawn).Select(i => trials[(int)(i * step)]).Union(Best).OrderBy(trial => trial.Number);
    }

    /// <summary>A trial in a tip.</summary>
    public static string Tip(TrialRecord trial) => $"Trial {trial.Number}: {TuneWords.Values(trial)}; {TuneWords.Parameters(trial)}";
}
