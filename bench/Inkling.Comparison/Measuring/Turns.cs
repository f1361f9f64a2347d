namespace Inkling.Comparison;

/// <summary>Two contestants in turn. Who begins changes from turn to turn, so that a drift of the machine favours neither.</summary>
internal sealed class Turns
{
    private readonly double[] _ours;
    private readonly double[] _peer;
    private readonly double[] _ratios;

    private Turns(double[] ours, double[] peer, double[] ratios) => (_ours, _peer, _ratios) = (ours, peer, ratios);

    /// <summary>Median figure of ours.</summary>
    public double Ours => Median(_ours);

    /// <summary>Median figure of the peer.</summary>
    public double Peer => Median(_peer);

    /// <summary>Median of the ratios of neighbouring runs, ours / peer.</summary>
    public double Ratio => Median(_ratios);

    /// <summary>Smallest and largest of the ratios.</summary>
    public (double Low, double High) Range => (_ratios.Min(), _ratios.Max());

    /// <summary>Takes turns.</summary>
    /// <param name="count">How many.</param>
    /// <param name="ours">One run of ours: its speed.</param>
    /// <param name="peer">One run of the peer: its speed.</param>
    public static Turns Take(int count, Func<double> ours, Func<double> peer)
    {
        var turns = new Turns(new double[count], new double[count], new double[count]);
        for (int i = 0; i < count; i++)
        {
            if (i % 2 == 0)
                (turns._ours[i], turns._peer[i]) = (ours(), peer());
            else
                (turns._peer[i], turns._ours[i]) = (peer(), ours());
            turns._ratios[i] = turns._ours[i] / turns._peer[i];
        }

        return turns;
    }

    /// <summary>These turns and more.</summary>
    public Turns And(Turns more) => new([.. _ours, .. more._ours], [.. _peer, .. more._peer], [.. _ratios, .. more._ratios]);

    /// <summary>As the result of a comparison.</summary>
    public Result ToResult(string unit, double bar) => new(unit, Ours, Peer, Ratio, bar)
    {
        Details = { ["turns"] = _ratios.Length, ["lowest"] = Math.Round(Range.Low, 3), ["highest"] = Math.Round(Range.High, 3) },
    };

    /// <summary>The value in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
