namespace Inkling.Tuning;

/// <summary>
/// A density in a mixed cube: for every observation a product of truncated normals (numbers) and smoothed choices, and one broad component for the whole cube, the prior.
/// *Bergstra, Bardenet, Bengio and Kégl 2011, §4*; weights and least widths as studied by *Watanabe 2023, §3*.
/// </summary>
/// <remarks>
/// Learnt together, every dimension has the width <c>s (4 / (d + 2) / n)^(1 / (d + 4))</c> (*Silverman 1986, §4.3.2*), where s is the deviation of the n observations and one more, the prior:
/// where good values lie close together kernels are narrow, and where a parameter hardly matters they stay broad.
/// </remarks>
internal sealed class ParzenEstimator
{
    private const double LeastWidth = 0.01;

    private readonly EncodedSpace _space;
    private readonly double[][] _centres, _widths, _logMasses;   // by component, then dimension; the prior comes last
    private readonly double[] _logWeights;

    /// <summary>Creates the density.</summary>
    /// <param name="space">The dimensions.</param>
    /// <param name="observations">Observed places, oldest first.</param>
    /// <param name="together">Whether all dimensions belong to one density; else widths follow the distances to the neighbours.</param>
    public ParzenEstimator(EncodedSpace space, IReadOnlyList<double[]> observations, bool together)
    {
        _space = space;
        int count = observations.Count, dimensions = space.Dimensions;
        _centres = [.. observations, [.. Enumerable.Range(0, dimensions).Select(_ => 0.5)]];
        _widths = [.. _centres.Select(_ => new double[dimensions])];
        _logMasses = [.. _centres.Select(_ => new double[dimensions])];
        for (int j = 0; j < dimensions; j++)
        {
            if (space.Ordered[j]) SetWidths(j, together);
        }

        double[] weights = [.. Enumerable.Range(0, count).Select(i => Weight(i, count)), 1];
        double total = weights.Sum();
        _logWeights = [.. weights.Select(weight => Math.Log(weight / total))];
    }

    private int Components => _centres.Length;

    /// <summary>Draws a place; held dimensions keep their values and decide which components the others come from.</summary>
    public double[] Sample(RandomSource random, double?[] held)
    {
        double[] logs = [.. _logWeights];
        for (int j = 0; j < held.Length; j++)
        {
            for (int k = 0; k < Components && held[j] is not null; k++)
                logs[k] += LogKernel(k, j, held[j]!.Value);
        }

        int component = Pick(logs, random);
        double[] place = new double[held.Length];
        for (int j = 0; j < place.Length; j++)
            place[j] = held[j] ?? (_space.Ordered[j] ? _space.Snap(j, Number(component, j, random)) : Choice(component, j, random));
        return place;
    }

    /// <summary>The logarithm of the density; of stepped numbers and choices, of the probability.</summary>
    public double LogDensity(ReadOnlySpan<double> place)
    {
        Span<double> logs = Components <= 256 ? stackalloc double[Components] : new double[Components];
        double largest = double.NegativeInfinity;
        for (int k = 0; k < logs.Length; k++)
        {
            logs[k] = _logWeights[k];
            for (int j = 0; j < place.Length; j++)
                logs[k] += LogKernel(k, j, place[j]);
            largest = Math.Max(largest, logs[k]);
        }

        double sum = 0;
        foreach (double log in logs)
            sum += Math.Exp(log - largest);
        return largest + Math.Log(sum);
    }

    // All alike for the last 25 trials, then falling linearly: what is old was drawn when less was known.
    private static double Weight(int place, int count)
        => count < 25 || place >= count - 25 ? 1 : 1.0 / count + (1 - 1.0 / count) * place / Math.Max(1, count - 26);

    private static int Pick(double[] logs, RandomSource random)
    {
        double largest = logs.Max(), total = logs.Sum(log => Math.Exp(log - largest)), left = random.NextDouble() * total;
        int chosen = Array.FindIndex(logs, log => (left -= Math.Exp(log - largest)) < 0);
        return chosen < 0 ? logs.Length - 1 : chosen;
    }

    private void SetWidths(int dimension, bool together)
    {
        int count = Components - 1;
        double least = Math.Max(LeastWidth, 1.0 / ((count + 2) * (count + 2)));
        if (!_space.IsContinuous(dimension)) least = Math.Max(least, 1 / _space.Distributions[dimension].Count);   // a step: its neighbours are worth a look
        double[] places = [.. _centres.Select(centre => centre[dimension])], ordered = [.. places.Order()];
        double common = Deviation(places.AsSpan(0, count)) * Math.Pow(4.0 / (_space.Dimensions + 2) / Math.Max(count, 1), 1.0 / (_space.Dimensions + 4));
        for (int k = 0; k < Components; k++)
        {
            double width = k == count ? 1 : Math.Clamp(together ? common : FarthestNeighbour(ordered, places[k]), least, 1);
            _widths[k][dimension] = width;
            _logMasses[k][dimension] = TruncatedNormal.LogMass(-places[k] / width, (1 - places[k]) / width);
        }
    }

    // Of the observations and one uniform number, so that a few that happen to agree do not end the search.
    private static double Deviation(ReadOnlySpan<double> places)
    {
        double mean = 0.5, square = 1.0 / 12;
        foreach (double place in places)
            mean += place;
        mean /= places.Length + 1;
        square += (0.5 - mean) * (0.5 - mean);
        foreach (double place in places)
            square += (place - mean) * (place - mean);
        return Math.Sqrt(square / (places.Length + 1));
    }

    private static double FarthestNeighbour(double[] ordered, double place)
    {
        int at = Array.IndexOf(ordered, place);
        double below = at == 0 ? 0 : ordered[at - 1], above = at == ordered.Length - 1 ? 1 : ordered[at + 1];
        return Math.Max(place - below, above - place);
    }

    private double LogKernel(int component, int dimension, double place)
    {
        if (!_space.Ordered[dimension])
        {
            double count = _space.Distributions[dimension].Count;
            if (component == Components - 1) return -Math.Log(count);
            double smoothing = 1.0 / Components;
            return Math.Log(((_centres[component][dimension] == place ? 1 : 0) + smoothing) / (1 + smoothing * count));
        }

        double width = _widths[component][dimension], centre = _centres[component][dimension];
        if (_space.IsContinuous(dimension)) return Normal.LogDensity((place - centre) / width) - Math.Log(width) - _logMasses[component][dimension];
        (double low, double high) = _space.Cell(dimension, place);
        return TruncatedNormal.LogMass((low - centre) / width, (high - centre) / width) - _logMasses[component][dimension];
    }

    private double Number(int component, int dimension, RandomSource random)
    {
        double width = _widths[component][dimension], centre = _centres[component][dimension];
        return Math.Clamp(centre + width * TruncatedNormal.Quantile(random.NextDouble(), -centre / width, (1 - centre) / width), 0, 1);
    }

    private double Choice(int component, int dimension, RandomSource random)
    {
        int count = (int)_space.Distributions[dimension].Count;
        double smoothing = 1.0 / Components;
        bool any = component == Components - 1 || random.NextDouble() * (1 + smoothing * count) >= 1;
        return any ? random.Next(count) : _centres[component][dimension];
    }
}
