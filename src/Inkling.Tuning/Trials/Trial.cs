using System.Collections.Immutable;
using System.Globalization;

namespace Inkling.Tuning;

/// <summary>
/// A trial at work: an objective asks it for parameters, in any order and as its own control flow wants them, and reports to it.
/// A trial belongs to one thread at a time.
/// </summary>
public sealed class Trial
{
    private readonly Study _study;
    private IReadOnlyDictionary<string, double> _relative = ImmutableDictionary<string, double>.Empty;

    internal Trial(Study study, TrialRecord record, CancellationToken cancellation)
    {
        _study = study;
        Record = record;
        Cancellation = cancellation;
    }

    /// <summary>Its number in the study, from 0.</summary>
    public int Number => Record.Number;

    /// <summary>The study it belongs to.</summary>
    public Study Study => _study;

    /// <summary>Cancelled when the run is. A trial that then throws <see cref="OperationCanceledException"/> is given back, to be done by the next run.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>What is known of it now.</summary>
    public TrialRecord Record { get; private set; }

    internal TrialKey Key => new(_study.Record.Id, Number, Record.Attempt);

    internal SamplingContext Context { get; private set; } = null!;

    /// <summary>The last step at which it was let go on.</summary>
    internal int Passed { get; set; } = -1;

    internal double Cost { get; private set; }

    internal ImmutableArray<double> Constraints { get; private set; } = [];

    /// <summary>A real number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <param name="name">Name of the parameter; the same name gives the same value again.</param>
    /// <param name="low">The least value; above 0 with <see cref="Scale.Log"/>.</param>
    /// <param name="high">The largest value.</param>
    /// <param name="scale">How the values are spread.</param>
    /// <param name="step">Distance of the values; null for all real numbers.</param>
    /// <exception cref="SearchSpaceException">The range makes no sense, or the parameter was of another kind in an earlier trial.</exception>
    public double Float(string name, double low, double high, Scale scale = Scale.Linear, double? step = null)
        => Suggest(name, new FloatDistribution(low, high, scale, step));

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    /// <param name="name">Name of the parameter; the same name gives the same value again.</param>
    /// <param name="low">The least value; at least 1 with <see cref="Scale.Log"/>.</param>
    /// <param name="high">The largest value.</param>
    /// <param name="scale">How the values are spread.</param>
    /// <param name="step">Distance of the values; at least 1.</param>
    /// <exception cref="SearchSpaceException">The range makes no sense, or the parameter was of another kind in an earlier trial.</exception>
    public int Integer(string name, int low, int high, Scale scale = Scale.Linear, int step = 1)
        => (int)Suggest(name, new IntegerDistribution(low, high, scale, step));

    /// <summary>One of several choices.</summary>
    /// <param name="name">Name of the parameter; the same name gives the same value again.</param>
    /// <param name="choices">The choices; at least one. They are stored as texts, so no two may read alike.</param>
    /// <exception cref="SearchSpaceException">There is no choice, two read alike, or the choices were others in an earlier trial.</exception>
    public T Categorical<T>(string name, params IReadOnlyList<T> choices)
    {
        ImmutableArray<string> texts = [.. choices.Select(choice => Convert.ToString(choice, CultureInfo.InvariantCulture) ?? "null")];
        return choices[(int)Suggest(name, new CategoricalDistribution(texts))];
    }

    /// <summary>A value of any distribution.</summary>
    /// <param name="name">Name of the parameter; the same name gives the same value again.</param>
    /// <param name="distribution">The values it may have.</param>
    /// <returns>The number, or the place of the choice.</returns>
    /// <exception cref="SearchSpaceException">The parameter was of another kind in an earlier trial, or has a value in this trial that lies outside.</exception>
    public double Suggest(string name, Distribution distribution)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Record.Parameters.TryGetValue(name, out ParameterValue known))
        {
            return known.Distribution.IsCompatible(distribution) && distribution.Contains(known.Value)
                ? known.Value
                : throw new SearchSpaceException($"Parameter \"{name}\": trial {Number} has it at {known.Text} already, which is none of {distribution.ToJson()}; take another name.");
        }

        double value = Choose(name, distribution);
        var chosen = new ParameterValue(distribution, value);
        _study.Storage.SetParameter(Key, name, chosen);
        Record = Record with { Parameters = Record.Parameters.Add(name, chosen) };
        return value;
    }

    /// <summary>Reports how good the trial is so far.</summary>
    /// <param name="value">An intermediate value, in the direction of the objective; NaN counts as the worst.</param>
    /// <param name="step">How far the trial is, such as the epoch; at least 0. A second report of the same step replaces the first.</param>
    /// <exception cref="InvalidOperationException">The study has several objectives.</exception>
    public void Report(double value, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (_study.Directions.Length > 1) throw new InvalidOperationException($"Report: study \"{_study.Name}\" has {_study.Directions.Length} objectives; only trials of one can be pruned.");
        _study.Storage.Report(Key, step, value);
        Record = Record with { Intermediate = Record.Intermediate.SetItem(step, value) };
    }

    /// <summary>Whether the pruner thinks that the trial is hopeless; then call <see cref="Prune"/>. False before the first report.</summary>
    public bool ShouldPrune => Record.Intermediate.Count > 0 && _study.ShouldPrune(this);

    /// <summary>Ends the trial as pruned, its value being the last one reported, by throwing what the study catches.</summary>
    /// <exception cref="TrialPrunedException">Always.</exception>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void Prune() => throw new TrialPrunedException($"Trial {Number} was pruned{(Record.LastStep is { } step ? $" at step {step}" : "")}.");

    /// <summary>Keeps a text with the trial.</summary>
    /// <param name="name">Its name; not beginning with <c>sampler:</c>.</param>
    /// <param name="value">The text.</param>
    public void SetAttribute(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.StartsWith("sampler:", StringComparison.Ordinal)) throw new ArgumentException($"Attribute \"{name}\": names that begin with \"sampler:\" belong to samplers; take another.");
        Keep(name, value);
    }

    /// <summary>States how far constraints are violated.</summary>
    /// <param name="violations">A number a constraint: at most 0 is satisfied, above 0 is by how much it is violated; not NaN.</param>
    public void Constrain(params ReadOnlySpan<double> violations)
    {
        foreach (double violation in violations)
        {
            if (double.IsNaN(violation)) throw new ArgumentException($"Constrain: trial {Number} gave NaN; give a number, at most 0 if the constraint is satisfied.");
        }

        Constraints = [.. violations];
    }

    /// <summary>Adds to what the trial costs, in the unit of <see cref="Budget.Cost"/>.</summary>
    /// <param name="cost">At least 0.</param>
    public void AddCost(double cost)
    {
        if (!(cost >= 0)) throw new ArgumentOutOfRangeException(nameof(cost), cost, "AddCost: a cost is at least 0.");
        Cost += cost;
    }

    internal void Prepare(SamplingContext context, ISampler sampler)
    {
        Context = context;
        _relative = sampler.SampleRelative(context);
    }

    internal void SetSamplerAttribute(string name, string value) => Keep("sampler:" + name, value);

    internal void End(TrialRecord record) => Record = record;

    private void Keep(string name, string value)
    {
        _study.Storage.SetAttribute(Key, name, value);
        Record = Record with { Attributes = Record.Attributes.SetItem(name, value) };
    }

    private double Choose(string name, Distribution distribution)
    {
        _study.CheckCompatible(name, distribution);
        if (Record.Fixed.TryGetValue(name, out string? text))
        {
            if (Record.Attempt > 1 && !distribution.IsSingle) _study.DrawAgain(Context, name, distribution);
            try
            {
                return distribution.Parse(text);
            }
            catch (SearchSpaceException wrong)
            {
                throw new ArgumentException($"Trial {Number}: the enqueued \"{name}\" cannot be used. {wrong.Message}", wrong);
            }
        }

        if (distribution.IsSingle) return distribution.FromUnit(0.5);
        if (_relative.TryGetValue(name, out double relative) && distribution.Contains(relative)) return relative;
        double value = _study.SampleIndependent(Context, name, distribution);
        return distribution.Contains(value) ? value : throw new InvalidOperationException($"Sampler: {value} for \"{name}\" is none of {distribution.ToJson()}.");
    }
}
