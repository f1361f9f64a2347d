using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Inkling.Tuning;

/// <summary>
/// What samplers that choose parameters together have in common: quasi-random first trials, then the parameters all trials share when a trial begins, and, in spaces that
/// branch, when a trial asks for a parameter not among them, this one together with those that usually come with it.
/// </summary>
/// <param name="choose">Chooses the values of a joint space that are not held.</param>
/// <param name="startup">From the number of parameters: complete trials before which values are quasi-random.</param>
internal sealed class JointSampler(Func<SamplingContext, JointSpace, IReadOnlyDictionary<string, double>> choose, Func<int, int> startup)
{
    private readonly SobolSampler _first = new();
    private readonly ConditionalWeakTable<SamplingContext, Dictionary<string, double>> _given = [];
    private readonly ConditionalWeakTable<SamplingContext, IReadOnlyDictionary<string, double>> _planned = [];

    public IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context, IReadOnlyList<TrialRecord> trials)
    {
        if (trials.Count < startup(context.History.Intersection.Count)) return ImmutableDictionary<string, double>.Empty;
        JointSpace joint = JointSpace.AtBegin(context, trials);
        if (joint.Held.Count >= joint.Space.Count) return ImmutableDictionary<string, double>.Empty;
        IReadOnlyDictionary<string, double> chosen = choose(context, joint);
        _planned.AddOrUpdate(context, chosen);
        return chosen;
    }

    public double SampleIndependent(SamplingContext context, IReadOnlyList<TrialRecord> trials, string name, Distribution distribution)
    {
        Dictionary<string, double> given = _given.GetOrCreateValue(context);
        if (given.TryGetValue(name, out double value) && distribution.Contains(value)) return value;
        int least = startup(Math.Max(context.History.Intersection.Count, context.Trial.Parameters.Count + 1));
        if (trials.Count < least || JointSpace.ForParameter(context, name, distribution, trials, Math.Max(2, least / 2), Planned(context)) is not { } joint)
            return _first.SampleIndependent(context, name, distribution);
        foreach ((string other, double chosen) in choose(context, joint))
            given[other] = chosen;
        return given.TryGetValue(name, out value) && distribution.Contains(value) ? value : _first.SampleIndependent(context, name, distribution);
    }

    /// <summary>Chooses a parameter by itself, from the trials that had it.</summary>
    public double SampleAlone(SamplingContext context, IReadOnlyList<TrialRecord> trials, string name, Distribution distribution)
    {
        TrialRecord[] alike = [.. trials.Where(trial => trial.Parameters.TryGetValue(name, out ParameterValue value) && value.Distribution.Equals(distribution))];
        if (alike.Length < startup(1)) return _first.SampleIndependent(context, name, distribution);
        return choose(context, new JointSpace([KeyValuePair.Create(name, distribution)], ImmutableDictionary<string, double>.Empty, alike))[name];
    }

    // What was chosen when the trial began and will be taken when it is asked for.
    private IReadOnlyDictionary<string, double> Planned(SamplingContext context)
        => _planned.TryGetValue(context, out IReadOnlyDictionary<string, double>? chosen) ? chosen : ImmutableDictionary<string, double>.Empty;
}
