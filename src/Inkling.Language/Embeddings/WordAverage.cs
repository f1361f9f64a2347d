using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>What averages of word vectors share: sums, length 1, and names that tell sets of vectors apart.</summary>
internal static class WordAverage
{
    /// <summary>Writes <c>Σ wᵢ vᵢ / n</c> over the known words of a text.</summary>
    /// <param name="vectors">The vectors.</param>
    /// <param name="weights">A weight for each row, or nothing for 1.</param>
    /// <param name="text">The text.</param>
    /// <param name="sum">Room for the sum.</param>
    /// <returns>How many words were known, n.</returns>
    public static long Sum(WordVectors vectors, ReadOnlySpan<float> weights, ReadOnlySpan<char> text, Span<float> sum)
    {
        Span<char> room = stackalloc char[WordReader.LongestWord];
        WordReader words = new(text, room, numbers: true);
        sum.Clear();
        long known = 0;
        while (words.Next(out ReadOnlySpan<char> word))
        {
            int row = vectors.RowOf(word);
            if (row < 0) continue;
            Elementwise.AddScaled(vectors.Row(row), weights.IsEmpty ? 1 : weights[row], sum);
            known++;
        }

        if (known > 0) Elementwise.Scale(sum, 1f / known);
        return known;
    }

    /// <summary>Brings a vector to length 1; one that is no longer than rounding errors becomes zero.</summary>
    public static void Normalize(Span<float> vector)
    {
        float length = MathF.Sqrt(Reduce.SumOfSquares(vector));
        if (length > 1e-12f && float.IsFinite(length)) Elementwise.Scale(vector, 1 / length);
        else vector.Clear();
    }

    /// <summary>Throws unless there is room for exactly one vector.</summary>
    public static void Check(string encoder, int dimensions, Span<float> vector)
    {
        if (vector.Length != dimensions) throw new ArgumentException($"{encoder}.Encode: room for {vector.Length} numbers where vectors have {dimensions}. Give as many.", nameof(vector));
    }

    /// <summary>A short name of numbers: FNV-1a of their bits.</summary>
    public static ulong Print(ReadOnlySpan<float> values, ulong print = 14695981039346656037)
    {
        foreach (float value in values) print = (print ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211;
        return print;
    }

    /// <summary>A short name of a set of vectors: of its size, and of some hundred of its rows.</summary>
    public static ulong Print(WordVectors vectors)
    {
        ulong print = (14695981039346656037 ^ (ulong)vectors.Words.Count) * 1099511628211;
        int step = int.Max(1, vectors.Words.Count / 256);
        for (int row = 0; row < vectors.Words.Count; row += step) print = Print(vectors.Row(row), print);
        return print;
    }
}
