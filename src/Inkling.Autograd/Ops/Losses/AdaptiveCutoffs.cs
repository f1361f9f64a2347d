namespace Inkling;

/// <summary>Chooses where the clusters of an adaptive softmax begin, by what a row costs on average.</summary>
/// <remarks>
/// With the share p_k of rows that fall into cluster k, of n_k classes and d_k wide features, a row costs
/// <c>D (c₀ + K) + Σ_k (p_k d_k n_k + p_k D d_k [d_k &lt; D] + overhead)</c> multiply-adds one way, c₀ being the size of the shortlist (Grave et al. 2017,
/// §4.2, with counts of multiply-adds in place of a processor's timing curve). The minimum over some hundred places at which a cluster
/// may begin, and over K, is found by dynamic programming.
/// </remarks>
public static class AdaptiveCutoffs
{
    /// <summary>
    /// What one more cluster costs each row apart from its products, in multiply-adds: gathering rows, and products a little too small to
    /// run at full speed. Measured with 1 to 5 clusters of 8,192 classes, 2,048 rows of 512: times lie within 1 % of a line in the
    /// multiply-adds, and a cluster more is worth some 1,300 to 2,000.
    /// </summary>
    public const double DefaultOverhead = 2_000;

    /// <summary>The cutoffs of least cost.</summary>
    /// <param name="counts">How often each class occurs in the training data, 0 or more, in any order.</param>
    /// <param name="width">Width D of the features.</param>
    /// <param name="divisor">As in <see cref="AdaptiveClusters"/>. Default: 1.</param>
    /// <param name="maxClusters">Most clusters K, 0 to <see cref="AdaptiveClusters.MaxClusters"/>. Default: 4.</param>
    /// <param name="overhead">What a cluster costs by itself, in multiply-adds a row. Default: <see cref="DefaultOverhead"/>.</param>
    /// <returns>K cutoffs; none when a plain softmax is cheapest, as for few classes.</returns>
    /// <exception cref="ArgumentException">A count is negative, or there are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static int[] Choose(ReadOnlySpan<long> counts, int width, double divisor = 1, int maxClusters = 4, double overhead = DefaultOverhead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(maxClusters);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxClusters, AdaptiveClusters.MaxClusters);
        ArgumentOutOfRangeException.ThrowIfNegative(overhead);
        if (!(divisor >= 1)) throw new ArgumentOutOfRangeException(nameof(divisor), divisor, "AdaptiveCutoffs: the divisor must be 1 or more.");
        int[] places = Places(counts.Length);
        double[] share = ShareBefore(counts, places);
        double best = (double)width * counts.Length;
        int[] chosen = [];
        for (int clusters = 1; clusters <= Math.Min(maxClusters, places.Length - 1); clusters++)
        {
            (double cost, int[] cutoffs) = Cheapest(places, share, clusters, width, divisor);
            cost += clusters * (width + overhead);
            if (cost >= best) continue;
            best = cost;
            chosen = cutoffs;
        }

        return chosen;
    }

    /// <summary>Where a cluster may begin: every 16 ranks at first, then each place a sixteenth further; the number of classes ends the list.</summary>
    private static int[] Places(int classes)
    {
        List<int> places = [];
        for (int place = 16; place < classes; place += Math.Max(16, place / 16 / 16 * 16)) places.Add(place);
        places.Add(classes);
        return [.. places];
    }

    private static double[] ShareBefore(ReadOnlySpan<long> counts, int[] places)
    {
        ClassOrder order = ClassOrder.ByCount(counts);
        double[] share = new double[places.Length];
        double sum = 0;
        for (int i = 0, rank = 0; i < places.Length; i++)
        {
            for (; rank < places[i]; rank++) sum += counts[order.Classes[rank]];
            share[i] = sum;
        }

        for (int i = 0; i < share.Length; i++) share[i] = sum == 0 ? (double)places[i] / counts.Length : share[i] / sum;
        return share;
    }

    /// <summary>The cheapest way to a given number of clusters: <c>cost[k][j]</c> is that of the shortlist and k clusters which end at place j.</summary>
    private static (double Cost, int[] Cutoffs) Cheapest(int[] places, double[] share, int clusters, int width, double divisor)
    {
        double[] cost = [.. places.Select(place => (double)width * place)];
        int[][] from = new int[clusters][];
        for (int k = 0; k < clusters; k++)
        {
            int narrow = AdaptiveClusters.Narrowed(width, divisor, k);
            double projection = narrow < width ? (double)width * narrow : 0;
            double[] next = new double[places.Length];
            from[k] = new int[places.Length];
            for (int j = 0; j < places.Length; j++)
            {
                next[j] = double.PositiveInfinity;
                for (int i = 0; i < j; i++)
                {
                    double total = cost[i] + ((share[j] - share[i]) * (projection + ((double)narrow * (places[j] - places[i]))));
                    if (total < next[j]) (next[j], from[k][j]) = (total, i);
                }
            }

            cost = next;
        }

        int[] cutoffs = new int[clusters];
        int end = places.Length - 1;
        for (int k = clusters - 1; k >= 0; k--) cutoffs[k] = places[end = from[k][end]];
        return (cost[^1], cutoffs);
    }
}
