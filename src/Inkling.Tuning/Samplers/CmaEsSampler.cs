using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>
/// Covariance matrix adaptation (*Hansen and Ostermeier 2001*): generations of a few trials from a normal distribution that moves, grows and turns to where the best of them lay. For
/// numbers only, with some hundred trials or more and parameters that depend on each other.
/// </summary>
/// <remarks>
/// Parameters that not all trials share, and choices, are drawn at random. The distribution begins at the best of the first trials, which are quasi-random. Each trial keeps the generation it
/// belongs to, from which a resumed study rebuilds the distribution. With constraints, trials that keep them rank first; with several objectives trials rank by fronts.
/// </remarks>
public sealed class CmaEsSampler : ISampler
{
    private const string Attribute = "cma", AttributeName = "sampler:" + Attribute;
    private readonly double _sigma;
    private readonly int? _startupTrials;
    private readonly SobolSampler _first = new();
    private readonly RandomSampler _others = new();

    /// <summary>Creates the sampler.</summary>
    /// <param name="sigma">The first step size, as a share of every range; above 0, at most 1.</param>
    /// <param name="startupTrials">Complete trials, quasi-random, before the first generation; at least 1. Null for as many as a generation has.</param>
    public CmaEsSampler(double sigma = 0.2, int? startupTrials = null)
    {
        if (!(sigma is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "CMA-ES: a step size is above 0 and at most 1.");
        if (startupTrials is { } given) ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(startupTrials));
        _sigma = sigma;
        _startupTrials = startupTrials;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context)
    {
        var space = new EncodedSpace(context.History.Intersection.Where(one => one.Value is not CategoricalDistribution));
        TrialRecord[] complete = [.. context.History.Trials.Where(trial => trial.State == TrialState.Complete)];
        if (space.Dimensions == 0 || complete.Length < (_startupTrials ?? 4 + (int)(3 * Math.Log(space.Dimensions)))) return ImmutableDictionary<string, double>.Empty;
        (CovarianceAdaptation state, string generation) = Replay(space, complete, context.History);
        context.SetAttribute(Attribute, generation);
        double[] place = state.Sample(context.Random);
        for (int j = 0; j < place.Length; j++)
        {
            // Steps wider than the distribution would end the search: a step to the next value stays possible.
            if (!space.IsContinuous(j)) place[j] = Math.Clamp(place[j] + 0.4 / space.Distributions[j].Count * random(context), 0, 1);
        }

        return space.Decode(place);

        static double random(SamplingContext context) => context.Random.NextGaussian();
    }

    /// <inheritdoc/>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
        => context.Trial.Attributes.ContainsKey(AttributeName) ? _others.SampleIndependent(context, name, distribution) : _first.SampleIndependent(context, name, distribution);

    // The distribution after all full generations in this space. A space that has changed begins anew.
    private (CovarianceAdaptation State, string Generation) Replay(EncodedSpace space, TrialRecord[] complete, TrialHistory history)
    {
        string signature = Signature(space);
        TrialRecord[] first = [.. complete.Where(trial => !trial.Attributes.TryGetValue(AttributeName, out string? generation) || !generation.StartsWith(signature, StringComparison.Ordinal))];
        TrialRecord best = TrialRanking.Order(first.Length > 0 ? first : complete, history.Directions)[0];
        var state = new CovarianceAdaptation(space.Encode(best), _sigma);
        Dictionary<string, TrialRecord[]> generations = complete.Where(trial => trial.Attributes.ContainsKey(AttributeName))
            .GroupBy(trial => trial.Attributes[AttributeName]).ToDictionary(group => group.Key, group => group.ToArray());
        for (int number = 0; ; number++)
        {
            string name = $"{signature}{number}";
            if (!generations.TryGetValue(name, out TrialRecord[]? members) || members.Length < state.Population) return (state, name);
            state.Update([.. TrialRanking.Order(members[..state.Population], history.Directions).Select(space.Encode)]);
        }
    }

    // A hash of names and ranges that is the same in every process.
    private static string Signature(EncodedSpace space)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in string.Concat(space.Names.Zip(space.Distributions, (name, distribution) => $"{name}={distribution.ToJson()};")))
            hash = (hash ^ letter) * 1099511628211;
        return $"{hash:x16}:";
    }
}
