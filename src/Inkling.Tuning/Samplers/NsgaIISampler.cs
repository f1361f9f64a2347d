using System.Collections.Immutable;
using System.Globalization;

namespace Inkling.Tuning;

/// <summary>
/// The elitist genetic algorithm NSGA-II (*Deb, Pratap, Agarwal and Meyarivan 2002*) for several objectives, with constraints: of each generation and its parents the best fronts survive, and of
/// the last of them the loneliest; children cross two survivors and mutate. Needs many trials, some hundred or more.
/// </summary>
/// <remarks>
/// Numbers cross by simulated binary crossover (*Deb and Agrawal 1995*) and mutate polynomially; choices are taken from one of the parents or drawn anew. A child in a space that branches takes what
/// it needs from its parents and draws the rest. Trials that violate constraints rank behind all others.
/// </remarks>
public sealed class NsgaIISampler : ISampler
{
    private const string Attribute = "nsga", AttributeName = "sampler:" + Attribute;
    private const double CrossoverIndex = 20, MutationIndex = 20, CrossoverShare = 0.9;
    private readonly int _population;
    private readonly SobolSampler _first = new();
    private readonly RandomSampler _others = new();
    private readonly List<TrialRecord[]> _survivors = [];   // by generation

    /// <summary>Creates the sampler.</summary>
    /// <param name="population">Trials of a generation; at least 4.</param>
    public NsgaIISampler(int population = 40)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(population, 4);
        _population = population;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context)
    {
        int generation = 0;
        TrialRecord[] parents = [];
        while (Members(context.History, generation) is { } members && members.Length >= _population)
        {
            if (_survivors.Count <= generation) _survivors.Add(Survivors([.. parents, .. members], context.History.Directions));
            parents = _survivors[generation++];
        }

        context.SetAttribute(Attribute, generation.ToString(CultureInfo.InvariantCulture));
        return generation == 0 ? ImmutableDictionary<string, double>.Empty : Child(parents, context);
    }

    /// <inheritdoc/>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
        => context.Trial.Attributes.TryGetValue(AttributeName, out string? generation) && generation != "0"
            ? _others.SampleIndependent(context, name, distribution) : _first.SampleIndependent(context, name, distribution);

    private TrialRecord[] Members(TrialHistory history, int generation)
    {
        string name = generation.ToString(CultureInfo.InvariantCulture);
        return [.. history.Trials.Where(trial => trial.State == TrialState.Complete && trial.Attributes.TryGetValue(AttributeName, out string? own) && own == name)];
    }

    private TrialRecord[] Survivors(TrialRecord[] all, ImmutableArray<Direction> directions) => [.. TrialRanking.Fronts(all, directions).SelectMany(front => front).Take(_population)];

    private static Dictionary<string, double> Child(TrialRecord[] parents, SamplingContext context)
    {
        RandomSource random = context.Random;

        // Parents are in the order of their rank: of two drawn the earlier wins.
        TrialRecord first = parents[Math.Min(random.Next(parents.Length), random.Next(parents.Length))], second = parents[Math.Min(random.Next(parents.Length), random.Next(parents.Length))];
        bool cross = random.NextDouble() < CrossoverShare;
        double mutation = 1.0 / Math.Max(1, first.Parameters.Count);
        var child = new Dictionary<string, double>();
        foreach ((string name, ParameterValue value) in first.Parameters)
        {
            Distribution distribution = value.Distribution;
            bool both = cross && second.Parameters.TryGetValue(name, out ParameterValue known) && known.Distribution.Equals(distribution);
            double other = both ? second.Parameters[name].Value : value.Value;
            if (distribution is CategoricalDistribution)
            {
                if (random.NextDouble() >= mutation) child[name] = random.NextDouble() < 0.5 ? value.Value : other;
                continue;
            }

            double place = Cross(value.Unit, distribution.ToUnit(other), random);
            if (random.NextDouble() < mutation) place = Mutate(place, random);
            child[name] = distribution.FromUnit(place);
        }

        return child;
    }

    private static double Cross(double a, double b, RandomSource random)
    {
        double u = random.NextDouble();
        bool swap = random.NextDouble() < 0.5;
        double spread = u <= 0.5 ? Math.Pow(2 * u, 1 / (CrossoverIndex + 1)) : Math.Pow(1 / (2 * (1 - u)), 1 / (CrossoverIndex + 1));
        if (random.NextDouble() < 0.5) return swap ? b : a;
        return Math.Clamp(0.5 * (a + b + (swap ? -1 : 1) * spread * (a - b)), 0, 1);
    }

    private static double Mutate(double place, RandomSource random)
    {
        double u = random.NextDouble(), power = 1 / (MutationIndex + 1);
        double step = u < 0.5 ? Math.Pow(2 * u + (1 - 2 * u) * Math.Pow(1 - place, MutationIndex + 1), power) - 1 : 1 - Math.Pow(2 * (1 - u) + 2 * (u - 0.5) * Math.Pow(place, MutationIndex + 1), power);
        return Math.Clamp(place + step, 0, 1);
    }
}
