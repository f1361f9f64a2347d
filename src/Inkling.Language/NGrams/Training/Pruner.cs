namespace Inkling.Language;

/// <summary>
/// Chooses the n-grams to keep: those that occur often enough and in two sources, and of them the ones whose loss would cost most likelihood,
/// <c>c(hw) · log(P(w | h) / (γ(h) P(w | h')))</c> (Seymore and Rosenfeld 1996, weighted difference). An n-gram with a continuation that stays
/// stays too, for the way to it leads through it.
/// </summary>
internal static class Pruner
{
    public static void Prune(CountTrie trie, NGramTrainerOptions options, Action<double> report, CancellationToken cancellationToken)
    {
        float[][] losses = Losses(trie, options, cancellationToken);
        report(0.5);
        var candidates = new float[losses.Sum(level => level.Count(loss => loss > 0))];
        int count = 0;
        foreach (float[] level in losses)
        {
            foreach (float loss in level)
            {
                if (loss > 0)
                    candidates[count++] = loss;
            }
        }
        // The n-grams on the way to those kept count as well, so the least loss that fits is found by trying.
        Array.Sort(candidates);
        int low = Math.Max(0, candidates.Length - options.MaximumNGrams), high = candidates.Length;
        while (low < high)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int middle = (int)(((long)low + high) / 2);
            if (Keep(trie, losses, candidates[middle]) <= options.MaximumNGrams)
                high = middle;
            else
                low = middle + 1;
            report(0.5 + 0.5 * (candidates.Length - (high - low)) / Math.Max(1, candidates.Length));
        }
        Keep(trie, losses, low == candidates.Length ? float.PositiveInfinity : candidates[low]);
    }

    /// <summary>What the loss of each n-gram of two tokens or more would cost, in nats over the training text; 0 for those that may not stay.</summary>
    private static float[][] Losses(CountTrie trie, NGramTrainerOptions options, CancellationToken cancellationToken)
    {
        var losses = new float[trie.Order][];
        losses[0] = [];
        for (int level = 1; level < trie.Order; level++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CountLevel contexts = trie.Levels[level - 1], nodes = trie.Levels[level];
            int least = options.MinimumCounts.Count == 0 ? 1 : options.MinimumCounts[Math.Min(level, options.MinimumCounts.Count) - 1];
            losses[level] = new float[nodes.Size];
            for (int context = 0; context < contexts.Size; context++)
            {
                double rest = 1 - contexts.Mass[context];
                for (int node = contexts.First[context]; node < contexts.First[context + 1]; node++)
                {
                    if (nodes.Counts[node] < least || options.TwoSources && !nodes.TwoSources[node])
                        continue;
                    double without = rest * contexts.Probabilities[nodes.Links[node]];
                    double loss = nodes.Counts[node] * Math.Log(nodes.Probabilities[node] / Math.Max(without, 1e-12));
                    losses[level][node] = (float)Math.Max(loss, float.Epsilon);
                }
            }
        }
        return losses;
    }

    /// <summary>Marks what stays when every loss below <paramref name="least"/> is accepted, and returns its number.</summary>
    private static int Keep(CountTrie trie, float[][] losses, float least)
    {
        int kept = 0;
        for (int level = trie.Order - 1; level > 0; level--)
        {
            CountLevel nodes = trie.Levels[level];
            if (nodes.Kept.Length != nodes.Size)
                nodes.Kept = new bool[nodes.Size];
            CountLevel? children = level + 1 < trie.Order ? trie.Levels[level + 1] : null;
            for (int node = 0; node < nodes.Size; node++)
            {
                bool keep = losses[level][node] > 0 && losses[level][node] >= least ||
                    children is not null && children.Kept.AsSpan(nodes.First[node]..nodes.First[node + 1]).Contains(true);
                nodes.Kept[node] = keep;
                kept += keep ? 1 : 0;
            }
        }
        return kept;
    }
}
