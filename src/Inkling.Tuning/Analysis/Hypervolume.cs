using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>How much of the space of objectives a front covers: the volume of what it dominates, up to a reference (*Zitzler and Thiele 1999*).</summary>
public static class Hypervolume
{
    /// <summary>The volume dominated by points and bounded by a reference point; 0 if no point is better than it in every objective. Exact; quick for up to four objectives.</summary>
    /// <param name="points">Points, one value a direction.</param>
    /// <param name="reference">A point that is worse than those of interest.</param>
    /// <param name="directions">Which way each objective is better.</param>
    /// <exception cref="ArgumentException">A point or the reference has another number of values than there are directions.</exception>
    public static double Of(IEnumerable<ImmutableArray<double>> points, ImmutableArray<double> reference, ImmutableArray<Direction> directions)
    {
        if (reference.Length != directions.Length) throw new ArgumentException($"Hypervolume: the reference has {reference.Length} values for {directions.Length} directions.");

        // As distances below the reference: larger is better, and only positive ones count.
        var gains = new List<double[]>();
        foreach (ImmutableArray<double> point in points)
        {
            if (point.Length != directions.Length) throw new ArgumentException($"Hypervolume: a point has {point.Length} values for {directions.Length} directions.");
            double[] gain = [.. point.Select((value, i) => directions[i] == Direction.Minimize ? reference[i] - value : value - reference[i])];
            if (Array.TrueForAll(gain, value => value > 0)) gains.Add(gain);
        }

        return Volume(gains, directions.Length);
    }

    // Slices along the last objective: between two neighbouring values of it, what the points beyond cover in the others.
    private static double Volume(List<double[]> gains, int dimensions)
    {
        if (gains.Count == 0) return 0;
        if (dimensions == 1) return gains.Max(gain => gain[0]);
        if (dimensions == 2) return Area(gains);
        double[][] ordered = [.. gains.OrderByDescending(gain => gain[dimensions - 1])];
        double volume = 0;
        var beyond = new List<double[]>();
        for (int i = 0; i < ordered.Length; i++)
        {
            double[] own = ordered[i];
            if (!beyond.Exists(other => Covers(other, own, dimensions - 1)))
            {
                beyond.RemoveAll(other => Covers(own, other, dimensions - 1));
                beyond.Add(own);
            }

            double depth = own[dimensions - 1] - (i + 1 < ordered.Length ? ordered[i + 1][dimensions - 1] : 0);
            if (depth > 0) volume += depth * Volume(beyond, dimensions - 1);
        }

        return volume;
    }

    private static double Area(List<double[]> gains)
    {
        double area = 0, height = 0;
        foreach (double[] gain in gains.OrderByDescending(gain => gain[0]).ThenByDescending(gain => gain[1]))
        {
            if (gain[1] <= height) continue;
            area += gain[0] * (gain[1] - height);
            height = gain[1];
        }

        return area;
    }

    private static bool Covers(double[] a, double[] b, int dimensions)
    {
        for (int i = 0; i < dimensions; i++)
        {
            if (a[i] < b[i]) return false;
        }

        return true;
    }
}
