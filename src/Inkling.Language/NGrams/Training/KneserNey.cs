namespace Inkling.Language;

/// <summary>
/// Interpolated modified Kneser-Ney smoothing (Chen and Goodman 1998, §3): a discount is taken off every count, and what it frees goes to the
/// shorter context, in which a token counts by how many different tokens it follows.
/// </summary>
/// <remarks>
/// <c>P(w | h) = max(0, a(hw) − D(a(hw))) / Σ a(h·) + γ(h) P(w | h')</c>, with a the count of the longest n-grams and otherwise the number of
/// distinct tokens before hw (n-grams that begin with a part mark have none before them and keep their count), h' the context without its
/// first token, γ(h) what is left of 1. Below the unigrams lies the uniform distribution over all tokens that are no part marks. Once n-grams
/// have been pruned, a second estimate lets each pruned one count in full for the shorter context, which now predicts it (Siivola, Hirsimäki
/// and Virpioja 2007).
/// </remarks>
internal static class KneserNey
{
    /// <summary>Estimates everything and returns the discounts of each level for counts of 1, 2, and 3 or more.</summary>
    public static Discounts[] Estimate(CountTrie trie, CancellationToken cancellationToken)
    {
        var discounts = new Discounts[trie.Order];
        Adjust(trie);
        for (int level = 0; level < trie.Order; level++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            discounts[level] = Discounts.Estimate(trie.Levels[level].Adjusted);
            if (level == 0)
                Unigrams(trie, discounts[0]);
            else
                Level(trie.Levels[level - 1], trie.Levels[level], discounts[level]);
        }
        return discounts;
    }

    private static void Adjust(CountTrie trie)
    {
        trie.Levels[^1].Adjusted = trie.Levels[^1].Counts;
        for (int level = trie.Order - 2; level >= 0; level--)
        {
            CountLevel nodes = trie.Levels[level], longer = trie.Levels[level + 1];
            nodes.Adjusted = new int[nodes.Size];
            for (int node = 0; node < longer.Size; node++)
            {
                // What only one source says again and again counts once: it may not shine through where it was left out.
                bool once = longer.Kept.Length == 0 || longer.Kept[node] || trie.KnowsSources && !longer.TwoSources[node];
                nodes.Adjusted[longer.Links[node]] += once ? 1 : longer.Adjusted[node];
            }
            AdjustWithoutPredecessor(trie, level);
        }
    }

    private static void AdjustWithoutPredecessor(CountTrie trie, int level)
    {
        CountLevel nodes = trie.Levels[level];
        int[] firstTokens = FirstNodes(trie, level);
        for (int root = 0; root < trie.Levels[0].Size; root++)
        {
            bool mark = trie.PartMark[trie.Levels[0].Tokens[root]];
            for (int node = firstTokens[root]; node < firstTokens[root + 1]; node++)
            {
                // At the start of a sequence without a mark nothing stands before; the n-gram was seen, so it counts once.
                nodes.Adjusted[node] = mark ? level == 0 ? 0 : nodes.Counts[node] : Math.Max(1, nodes.Adjusted[node]);
            }
        }
    }

    /// <summary>Where the n-grams of a level begin that start with each unigram; one entry more.</summary>
    private static int[] FirstNodes(CountTrie trie, int level)
    {
        int[] nodes = [.. Enumerable.Range(0, trie.Levels[0].Size + 1)];
        for (int up = 0; up < level; up++)
        {
            for (int i = 0; i < nodes.Length; i++)
                nodes[i] = trie.Levels[up].First[nodes[i]];
        }
        return nodes;
    }

    private static void Unigrams(CountTrie trie, Discounts discounts)
    {
        CountLevel nodes = trie.Levels[0];
        double total = 0, kept = 0;
        foreach (int count in nodes.Adjusted)
        {
            total += count;
            kept += discounts.Weight(count);
        }
        double uniform = (total == 0 ? 1 : (total - kept) / total) / trie.PartMark.Count(mark => !mark);
        trie.Unseen = (float)uniform;
        nodes.Probabilities = new float[nodes.Size];
        for (int node = 0; node < nodes.Size; node++)
        {
            if (!trie.PartMark[nodes.Tokens[node]])
                nodes.Probabilities[node] = (float)(discounts.Weight(nodes.Adjusted[node]) / total + uniform);
        }
    }

    private static void Level(CountLevel contexts, CountLevel nodes, Discounts discounts)
    {
        nodes.Probabilities = new float[nodes.Size];
        contexts.Mass = new float[contexts.Size];
        contexts.Totals = new double[contexts.Size];
        for (int context = 0; context < contexts.Size; context++)
        {
            int first = contexts.First[context], end = contexts.First[context + 1];
            double total = 0, kept = 0;
            for (int node = first; node < end; node++)
            {
                total += nodes.Adjusted[node];
                kept += discounts.Weight(nodes.Adjusted[node]);
            }
            if (total == 0)
                continue;
            contexts.Totals[context] = total;
            contexts.Mass[context] = (float)(kept / total);
            double rest = 1 - kept / total;
            for (int node = first; node < end; node++)
                nodes.Probabilities[node] = (float)(discounts.Weight(nodes.Adjusted[node]) / total + rest * contexts.Probabilities[nodes.Links[node]]);
        }
    }
}

/// <summary>What is taken off counts of one, two, and three or more.</summary>
internal readonly record struct Discounts(double One, double Two, double More)
{
    /// <summary>What remains of a count.</summary>
    public double Weight(double count) => count - (count <= 0 ? 0 : count <= 1 ? One * count : count <= 2 ? Two : More);

    /// <summary>The discounts that leave out one occurrence at a time fits best (Chen and Goodman 1998, eq. 17), from how many counts are 1, 2, 3, 4.</summary>
    public static Discounts Estimate(ReadOnlySpan<int> counts)
    {
        Span<double> n = stackalloc double[5];
        n.Clear();
        foreach (int count in counts)
        {
            if (count is >= 1 and <= 4)
                n[count]++;
        }
        // Little text may have no count of some size; then the formula means nothing and usual values stand in.
        if (n[1] == 0 || n[2] == 0 || n[3] == 0 || n[4] == 0)
            return new Discounts(0.5, 1, 1.5);
        double y = n[1] / (n[1] + 2 * n[2]);
        return new Discounts(
            Math.Clamp(1 - 2 * y * n[2] / n[1], 0.05, 0.95),
            Math.Clamp(2 - 3 * y * n[3] / n[2], 0.1, 1.9),
            Math.Clamp(3 - 4 * y * n[4] / n[3], 0.1, 2.9));
    }
}
