using Inkling.Numerics;

namespace Inkling.Language;

/// <content>Nearest words, analogies and the odd one out.</content>
public sealed partial class WordVectors
{
    // Keeps a quotient of 3CosMul finite (Levy, Goldberg 2014).
    private const double MulEpsilon = 0.001;

    /// <summary>The words whose vectors point most nearly the way of another's: the largest cosines, best first.</summary>
    /// <param name="word">A word of the table; letter case is forgiven (<see cref="Find"/>). It is not among the answers.</param>
    /// <param name="count">How many, at least 1. Default: 10.</param>
    /// <exception cref="ArgumentException">The word is not known; the message offers near spellings.</exception>
    public IReadOnlyList<ScoredWord> Nearest(string word, int count = 10)
    {
        int row = Find(word);
        return Nearest(this[row], count, [row]);
    }

    /// <summary>The words nearest to a vector by cosine, best first; of equal ones the more frequent first.</summary>
    /// <param name="vector">The vector, <c>[E]</c>, finite and not all zeros.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="except">Numbers of words that are left out.</param>
    /// <exception cref="ArgumentException">The vector is of another width, not finite, or all zeros.</exception>
    public IReadOnlyList<ScoredWord> Nearest(ReadOnlySpan<float> vector, int count, ReadOnlySpan<int> except = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        float[] scores = Cosines(vector, "Nearest");
        return Best(scores, count, except);
    }

    /// <summary>
    /// What stands to the words of <paramref name="plus"/> as they do to those of <paramref name="minus"/>: <c>king − man + woman</c> is
    /// <c>Analogy(["king", "woman"], ["man"])</c>. The given words are not among the answers (Mikolov et al. 2013; Levy, Goldberg 2014).
    /// </summary>
    /// <param name="plus">Words that are added, at least one.</param>
    /// <param name="minus">Words that are taken away; may be none.</param>
    /// <param name="count">How many answers, at least 1. Default: 10.</param>
    /// <param name="method">How candidates are compared. Default: <see cref="AnalogyMethod.Add"/>.</param>
    /// <exception cref="ArgumentException">A word is not known, there are none, or they cancel each other.</exception>
    public IReadOnlyList<ScoredWord> Analogy(IReadOnlyList<string> plus, IReadOnlyList<string> minus, int count = 10, AnalogyMethod method = AnalogyMethod.Add)
    {
        ArgumentNullException.ThrowIfNull(plus);
        ArgumentNullException.ThrowIfNull(minus);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (plus.Count == 0) throw new ArgumentException("WordVectors.Analogy: there is no word to add; an analogy is such as king − man + woman.");
        int[] added = [.. plus.Select(Find)], taken = [.. minus.Select(Find)];
        float[] scores = method == AnalogyMethod.Multiply ? Products(added, taken) : Cosines(Direction(added, taken), "Analogy");
        return Best(scores, count, [.. added, .. taken]);
    }

    /// <summary>How well words go together: the cosine of each with the mean of all at length 1, the worst first. The first is the odd one out.</summary>
    /// <param name="words">Three words or more.</param>
    /// <exception cref="ArgumentException">There are fewer, one is not known, or all cancel each other.</exception>
    public IReadOnlyList<ScoredWord> OddOneOut(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (words.Count < 3) throw new ArgumentException($"WordVectors.OddOneOut: of {words.Count} words none is the odd one; give three or more.");
        int[] rows = [.. words.Select(Find)];
        float[] mean = new float[Width];
        Normalise(Direction(rows, []), mean);
        return [.. rows.Select(row => new ScoredWord(_words[row], Reduce.Dot(UnitRow(row), mean))).OrderBy(one => one.Score)];
    }

    /// <summary>The cosine of two words, in [−1, 1]; 0 where a vector is all zeros.</summary>
    /// <exception cref="ArgumentException">A word is not known.</exception>
    public float Similarity(string first, string second) => Reduce.Dot(UnitRow(Find(first)), UnitRow(Find(second)));

    /// <summary>Row <paramref name="row"/> at length 1.</summary>
    internal ReadOnlySpan<float> UnitRow(int row) => Unit().AsSpan(row * Width, Width);

    /// <summary>The cosine of a vector with each word.</summary>
    internal float[] Cosines(ReadOnlySpan<float> vector, string operation)
    {
        if (vector.Length != Width) throw new ArgumentException($"WordVectors.{operation}: the vector has {vector.Length} numbers; those of the words have {Width}.");
        if (vector.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)) throw new ArgumentException($"WordVectors.{operation}: the vector holds a number that is not finite.");
        float[] unit = new float[Width], scores = new float[_words.Length];
        Normalise(vector, unit);
        if (!unit.AsSpan().ContainsAnyExcept(0f)) throw new ArgumentException($"WordVectors.{operation}: the vector is all zeros, so that it points nowhere.");
        Gemv.Multiply(_words.Length, Width, Unit(), unit, scores, accumulate: false);
        return scores;
    }

    private float[] Direction(ReadOnlySpan<int> added, ReadOnlySpan<int> taken)
    {
        float[] sum = new float[Width];
        foreach (int row in added) AddTo(sum, UnitRow(row), 1);
        foreach (int row in taken) AddTo(sum, UnitRow(row), -1);
        // What is left of rounding when words cancel each other points nowhere.
        if (Reduce.MaxMagnitude(sum) < 1e-6f) throw new ArgumentException("WordVectors: the words cancel each other; nothing is left to compare.");
        return sum;
    }

    private static void AddTo(Span<float> sum, ReadOnlySpan<float> row, float factor)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += factor * row[i];
    }

    /// <summary>3CosMul: <c>Π (cos₊ + 1)/2 ÷ (Π (cos₋ + 1)/2 + ε)</c>.</summary>
    private float[] Products(ReadOnlySpan<int> added, ReadOnlySpan<int> taken)
    {
        double[] above = new double[_words.Length], below = new double[_words.Length];
        Array.Fill(above, 1);
        Array.Fill(below, 1);
        foreach (int row in added) Times(above, row);
        foreach (int row in taken) Times(below, row);
        float[] scores = new float[_words.Length];
        for (int i = 0; i < scores.Length; i++) scores[i] = (float)(above[i] / (below[i] + MulEpsilon));
        return scores;
    }

    private void Times(double[] product, int row)
    {
        float[] cosines = Cosines(this[row], "Analogy");
        for (int i = 0; i < product.Length; i++) product[i] *= (cosines[i] + 1.0) / 2;
    }

    private List<ScoredWord> Best(float[] scores, int count, ReadOnlySpan<int> except)
    {
        foreach (int row in except) scores[row] = float.NegativeInfinity;
        // The worst of the kept ones comes out first: lower score, then later word.
        PriorityQueue<int, (float Score, int Later)> kept = new();
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNegativeInfinity(scores[i])) continue;
            if (kept.Count < count) kept.Enqueue(i, (scores[i], -i));
            else if (scores[i] > scores[kept.Peek()]) kept.EnqueueDequeue(i, (scores[i], -i));
        }

        List<ScoredWord> best = new(kept.Count);
        while (kept.TryDequeue(out int row, out _)) best.Add(new ScoredWord(_words[row], scores[row]));
        best.Reverse();
        return best;
    }
}
