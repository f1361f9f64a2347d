using System.Globalization;

namespace Inkling.Tuning;

/// <summary>
/// Every combination of given values once, in a random order, then <see cref="IsExhausted"/>. Combinations whose trial failed count as tried. Several
/// processes share one grid; when two begin at the same moment they may try the same combination.
/// </summary>
/// <remarks>A parameter that is not in the grid is drawn at random.</remarks>
public sealed class GridSampler : ISampler
{
    private const string Attribute = "grid", AttributeName = "sampler:" + Attribute;
    private readonly string[] _names;
    private readonly string[][] _values;
    private readonly RandomSampler _others = new();

    /// <summary>Creates a grid of given values.</summary>
    /// <param name="values">Texts of the values (<see cref="Distribution.Text"/>) by parameter; at least one each.</param>
    /// <exception cref="SearchSpaceException">There is no parameter, one has no values, or there are more than 2^31 combinations.</exception>
    public GridSampler(IReadOnlyDictionary<string, IReadOnlyList<string>> values)
    {
        _names = [.. values.Keys.Order(StringComparer.Ordinal)];
        _values = [.. _names.Select(name => values[name].Distinct().ToArray())];
        if (_names.Length == 0) throw new SearchSpaceException("Grid: there is no parameter; give at least one.");
        int empty = Array.FindIndex(_values, value => value.Length == 0);
        if (empty >= 0) throw new SearchSpaceException($"Grid: \"{_names[empty]}\" has no values; give at least one.");
        double size = _values.Aggregate(1.0, (product, value) => product * value.Length);
        if (size > int.MaxValue) throw new SearchSpaceException(string.Create(CultureInfo.InvariantCulture, $"Grid: {size:0} combinations are too many; give fewer values."));
        Size = (int)size;
    }

    /// <summary>Creates a grid over distributions: every value of choices and of short ranges, <paramref name="points"/> evenly spread ones of the others, ends included.</summary>
    /// <param name="space">Distributions by parameter.</param>
    /// <param name="points">Values of a continuous or longer range; at least 2.</param>
    /// <exception cref="SearchSpaceException">There is no parameter, or there are more than 2^31 combinations.</exception>
    public GridSampler(IReadOnlyDictionary<string, Distribution> space, int points = 5)
        : this(space.ToDictionary(one => one.Key, one => Spread(one.Value, points))) { }

    /// <summary>The number of combinations.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context)
    {
        if (context.Trial.Fixed.Count > 0) return new Dictionary<string, double>();
        int combination = context.Trial.Attributes.TryGetValue(AttributeName, out string? former) ? int.Parse(former, CultureInfo.InvariantCulture) : Next(context);
        context.SetAttribute(Attribute, combination.ToString(CultureInfo.InvariantCulture));
        return new Dictionary<string, double>();
    }

    /// <inheritdoc/>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        int place = Array.IndexOf(_names, name);
        if (place < 0 || !context.Trial.Attributes.TryGetValue(AttributeName, out string? combination)) return _others.SampleIndependent(context, name, distribution);
        int rest = int.Parse(combination, CultureInfo.InvariantCulture);
        for (int i = 0; i < place; i++)
            rest /= _values[i].Length;
        return distribution.Parse(_values[place][rest % _values[place].Length]);
    }

    /// <inheritdoc/>
    public bool IsExhausted(TrialHistory history) => Tried(history, TrialHistory.None).Count >= Size;

    private static IReadOnlyList<string> Spread(Distribution distribution, int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        int count = distribution is CategoricalDistribution || distribution.Count <= points ? (int)distribution.Count : points;
        bool all = count == distribution.Count;
        return [.. Enumerable.Range(0, count).Select(i => distribution.Text(distribution.FromUnit(all ? (i + 0.5) / count : (double)i / (count - 1)))).Distinct()];
    }

    private static HashSet<int> Tried(TrialHistory history, int except)
    {
        var tried = new HashSet<int>();
        foreach (TrialRecord trial in history.Trials)
        {
            if (trial.Number != except && trial.Attributes.TryGetValue(AttributeName, out string? combination)) tried.Add(int.Parse(combination, CultureInfo.InvariantCulture));
        }

        return tried;
    }

    private int Next(SamplingContext context)
    {
        HashSet<int> tried = Tried(context.History, context.Trial.Number);
        if (tried.Count >= Size) return context.Random.Next(Size);
        // The one before which there are so many that were not tried.
        int combination = context.Random.Next(Size - tried.Count);
        foreach (int before in tried.Order())
        {
            if (before > combination) break;
            combination++;
        }

        return combination;
    }
}
