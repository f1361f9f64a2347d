namespace Inkling.Language;

/// <summary>Turns a smoothed and pruned trie into the packed form of the model.</summary>
internal static class NGramPacker
{
    public static NGramData Pack(CountTrie trie, Discounts[] discounts)
    {
        int vocabulary = trie.PartMark.Length;
        var data = new NGramData
        {
            VocabularySize = vocabulary,
            PartMarks = [.. Enumerable.Range(0, vocabulary).Where(token => trie.PartMark[token])],
            Unigrams = Unigrams(trie),
            Levels = new NGramLevel[trie.Order],
        };
        CountScale scale = CountScale.For(trie.Levels.Skip(1).SelectMany(level => level.Adjusted).DefaultIfEmpty(1).Max());
        int[] nodes = Roots(trie);      // the nodes of the level above that are kept, −1 for a token that never occurred
        for (int level = 0; level < trie.Order; level++)
        {
            data.Levels[level] = PackLevel(trie, level, nodes, scale, discounts);
            if (level + 1 < trie.Order)
                nodes = KeptChildren(trie.Levels[level], trie.Levels[level + 1], nodes, data.Levels[level].ChildCounts);
        }
        return data;
    }

    private static float[] Unigrams(CountTrie trie)
    {
        var unigrams = new float[trie.PartMark.Length];
        for (int token = 0; token < unigrams.Length; token++)
            unigrams[token] = trie.PartMark[token] ? 0 : trie.Unseen;
        CountLevel nodes = trie.Levels[0];
        for (int node = 0; node < nodes.Size; node++)
            unigrams[nodes.Tokens[node]] = nodes.Probabilities[node];
        return unigrams;
    }

    private static int[] Roots(CountTrie trie)
    {
        var roots = new int[trie.PartMark.Length];
        Array.Fill(roots, -1);
        for (int node = 0; node < trie.Levels[0].Size; node++)
            roots[trie.Levels[0].Tokens[node]] = node;
        return roots;
    }

    private static NGramLevel PackLevel(CountTrie trie, int level, int[] nodes, CountScale scale, Discounts[] discounts)
    {
        CountLevel source = trie.Levels[level];
        var packed = new NGramLevel { Tokens = [], Codes = [], ChildCounts = [], MassCodes = [], Weights = new float[256] };
        if (level > 0)
        {
            packed.Tokens = [.. nodes.Select(node => source.Tokens[node])];
            packed.Codes = [.. nodes.Select(node => scale.Code(source.Adjusted[node]))];
            for (int code = 0; code < 256; code++)
                packed.Weights[code] = (float)discounts[level].Weight(scale.Count(code));
        }
        if (level + 1 == trie.Order)
            return packed;
        CountLevel next = trie.Levels[level + 1];
        packed.ChildCounts = new int[nodes.Length];
        var masses = new List<byte>();
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i] < 0)
                continue;
            double weight = 0;
            for (int child = source.First[nodes[i]]; child < source.First[nodes[i] + 1]; child++)
            {
                if (!next.Kept[child])
                    continue;
                packed.ChildCounts[i]++;
                weight += discounts[level + 1].Weight(next.Adjusted[child]);
            }
            if (packed.ChildCounts[i] > 0)
                masses.Add(MassScale.Code(weight / source.Totals[nodes[i]]));
        }
        packed.MassCodes = [.. masses];
        return packed;
    }

    private static int[] KeptChildren(CountLevel source, CountLevel next, int[] nodes, int[] childCounts)
    {
        var children = new int[childCounts.Sum()];
        int count = 0;
        foreach (int node in nodes)
        {
            for (int child = node < 0 ? 0 : source.First[node]; node >= 0 && child < source.First[node + 1]; child++)
            {
                if (next.Kept[child])
                    children[count++] = child;
            }
        }
        return children;
    }
}
