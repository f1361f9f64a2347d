namespace Inkling.Language;

/// <summary>
/// Puts the places of a text in the order of the n-grams that begin there: a radix sort, last token first, each pass a stable counting
/// sort over the vocabulary (Knuth 1973, §5.2.5). Linear in the text: 30 million places take some seconds.
/// </summary>
internal static class PlaceSorter
{
    public static int[] Sort(TokenStream stream, byte[] lengths, int vocabularySize, Action<double> report, CancellationToken cancellationToken)
    {
        int count = 0;
        foreach (byte length in lengths)
            count += length > 0 ? 1 : 0;
        var places = new int[count];
        for (int place = 0, i = 0; place < lengths.Length; place++)
        {
            if (lengths[place] > 0)
                places[i++] = place;
        }
        var sorted = new int[count];
        var next = new int[vocabularySize + 2];
        for (int offset = stream.Order - 1; offset >= 0; offset--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            report(1 - (offset + 1.0) / stream.Order);
            SortBy(offset, stream.Tokens, lengths, places, sorted, next);
            (places, sorted) = (sorted, places);
        }
        return places;
    }

    private static void SortBy(int offset, ReadOnlySpan<ushort> tokens, byte[] lengths, int[] places, int[] sorted, int[] next)
    {
        Array.Clear(next);
        foreach (int place in places)
            next[1 + Key(offset, tokens, lengths, place)]++;
        for (int key = 1; key < next.Length; key++)
            next[key] += next[key - 1];
        foreach (int place in places)
            sorted[next[Key(offset, tokens, lengths, place)]++] = place;
    }

    /// <summary>The token at an offset into the n-gram, plus one; 0 where the n-gram has ended.</summary>
    private static int Key(int offset, ReadOnlySpan<ushort> tokens, byte[] lengths, int place) =>
        offset < lengths[place] ? tokens[place + offset] + 1 : 0;
}
