namespace Inkling.Tuning;

/// <summary>
/// Parameters as dimensions of a cube: a number becomes its place in [0, 1], a choice stays its place among the choices. Parameters with a single value are left out.
/// </summary>
internal sealed class EncodedSpace
{
    private readonly string[] _names;
    private readonly Distribution[] _distributions;

    public EncodedSpace(IEnumerable<KeyValuePair<string, Distribution>> space)
    {
        KeyValuePair<string, Distribution>[] many = [.. space.Where(one => !one.Value.IsSingle)];
        _names = [.. many.Select(one => one.Key)];
        _distributions = [.. many.Select(one => one.Value)];
        Ordered = [.. _distributions.Select(one => one is not CategoricalDistribution)];
    }

    public int Dimensions => _names.Length;

    public IReadOnlyList<string> Names => _names;

    public IReadOnlyList<Distribution> Distributions => _distributions;

    /// <summary>Whether a dimension is a number.</summary>
    public bool[] Ordered { get; }

    /// <summary>Whether a dimension takes all real numbers.</summary>
    public bool IsContinuous(int dimension) => double.IsInfinity(_distributions[dimension].Count);

    public double[] Encode(TrialRecord trial) => [.. _names.Select((name, i) => Encode(i, trial.Parameters[name].Value))];

    public double Encode(int dimension, double value) => Ordered[dimension] ? _distributions[dimension].ToUnit(value) : value;

    public double Decode(int dimension, double place) => Ordered[dimension] ? _distributions[dimension].FromUnit(place) : place;

    /// <summary>The nearest place that is a value.</summary>
    public double Snap(int dimension, double place) => IsContinuous(dimension) ? place : Encode(dimension, Decode(dimension, place));

    /// <summary>The place of a dimension for a number uniform in [0, 1].</summary>
    public double FromUniform(int dimension, double uniform)
    {
        double value = _distributions[dimension].FromUnit(uniform);
        return IsContinuous(dimension) ? Math.Clamp(uniform, 0, 1) : Encode(dimension, value);
    }

    /// <summary>The share of [0, 1] that becomes the value of a stepped dimension at a place.</summary>
    public (double Low, double High) Cell(int dimension, double place)
    {
        Distribution distribution = _distributions[dimension];
        if (distribution is not IntegerDistribution { Scale: Scale.Log } range)
        {
            double half = 0.5 / distribution.Count;
            return (place - half, place + half);
        }

        double value = range.FromUnit(place), whole = Math.Log((range.High + 0.5) / (range.Low - 0.5));
        return (Math.Log((value - 0.5) / (range.Low - 0.5)) / whole, Math.Log((value + 0.5) / (range.Low - 0.5)) / whole);
    }

    public Dictionary<string, double> Decode(ReadOnlySpan<double> point)
    {
        var values = new Dictionary<string, double>(_names.Length);
        for (int i = 0; i < _names.Length; i++)
            values.Add(_names[i], Decode(i, point[i]));
        return values;
    }
}
