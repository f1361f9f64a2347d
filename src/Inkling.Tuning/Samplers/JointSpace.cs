namespace Inkling.Tuning;

/// <summary>
/// What can be learnt from together when a trial of a branching space asks for a parameter: the trials that have this parameter and those the trial has already, and the
/// parameters they all share.
/// </summary>
/// <param name="Space">The shared parameters of more than one value.</param>
/// <param name="Held">Values of those that the trial has already.</param>
/// <param name="Trials">The trials.</param>
internal sealed record JointSpace(IReadOnlyList<KeyValuePair<string, Distribution>> Space, IReadOnlyDictionary<string, double> Held, IReadOnlyList<TrialRecord> Trials)
{
    /// <summary>The space when a trial begins: what all trials share, with what is fixed for this one.</summary>
    public static JointSpace AtBegin(SamplingContext context, IReadOnlyList<TrialRecord> trials)
    {
        KeyValuePair<string, Distribution>[] space = [.. context.History.Intersection.Where(one => !one.Value.IsSingle)];
        return new JointSpace(space, FixedValues(context.Trial, space), trials);
    }

    /// <summary>The space when a trial asks for a parameter; null if too few trials have had it.</summary>
    public static JointSpace? ForParameter(SamplingContext context, string name, Distribution distribution, IReadOnlyList<TrialRecord> trials, int least, IReadOnlyDictionary<string, double> planned)
    {
        TrialRecord[] alike = [.. trials.Where(trial => Has(trial, name, distribution) && context.Trial.Parameters.All(one => Has(trial, one.Key, one.Value.Distribution)))];
        if (alike.Length < least) alike = [.. trials.Where(trial => Has(trial, name, distribution))];
        if (alike.Length < least) return null;
        KeyValuePair<string, Distribution>[] space =
        [
            .. alike[0].Parameters.Where(one => !one.Value.Distribution.IsSingle && Array.TrueForAll(alike, trial => Has(trial, one.Key, one.Value.Distribution)))
                .Where(one => !context.Trial.Parameters.TryGetValue(one.Key, out ParameterValue own) || own.Distribution.Equals(one.Value.Distribution))
                .Select(one => KeyValuePair.Create(one.Key, one.Value.Distribution)),
        ];
        Dictionary<string, double> held = [];
        foreach ((string coming, Distribution values) in space)
        {
            if (planned.TryGetValue(coming, out double value) && values.Contains(value)) held[coming] = value;
        }

        foreach ((string coming, double value) in FixedValues(context.Trial, space))
            held[coming] = value;
        foreach ((string known, ParameterValue value) in context.Trial.Parameters)
        {
            if (Array.Exists(space, one => one.Key == known)) held[known] = value.Value;
        }

        return new JointSpace(space, held, alike);
    }

    private static bool Has(TrialRecord trial, string name, Distribution distribution)
        => trial.Parameters.TryGetValue(name, out ParameterValue value) && value.Distribution.Equals(distribution);

    private static Dictionary<string, double> FixedValues(TrialRecord trial, IEnumerable<KeyValuePair<string, Distribution>> space)
    {
        var values = new Dictionary<string, double>();
        foreach ((string name, Distribution distribution) in space)
        {
            if (!trial.Fixed.TryGetValue(name, out string? text)) continue;
            try
            {
                values[name] = distribution.Parse(text);
            }
            catch (SearchSpaceException)
            {
                // The range has changed; the trial itself will say so when it asks for the parameter.
            }
        }

        return values;
    }
}
