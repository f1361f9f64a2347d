using Inkling.Numerics;

namespace Inkling;

/// <summary>
/// Draws the classes that a <see cref="SampledSoftmax"/> compares with, afresh in each step and the same for all rows: the commonest
/// always, the others with a probability that grows with how common they are.
/// </summary>
/// <remarks>
/// Class i is drawn with probability <c>πᵢ = min(1, c · nᵢ^α)</c>, nᵢ being its count (at least 1) and c such that <c>Σ πᵢ</c> is the
/// <see cref="Size"/> (sampling with probability proportional to size; Särndal, Swensson &amp; Wretman 1992, §3.6.2). Dividing what was drawn by πᵢ then makes
/// every sum over the sample an unbiased estimate of the sum over all classes (Horvitz &amp; Thompson 1952). The draw is stratified: the classes lie
/// side by side in the order of their counts, each πᵢ long, and one point falls into each unit of that line, so each step has its fair
/// share of the commoner and of the rarer ones.
/// </remarks>
public sealed class ClassSampler
{
    private readonly int[] _classes;       // by falling count
    private readonly double[] _ends;       // of the classes that are not certain, on the line: the last is Size − CertainCount
    private readonly real[] _corrections;  // −ln π in the order of _classes

    /// <summary>Prepares the draw.</summary>
    /// <param name="counts">How often each class occurs in the training data, 0 or more; one for each class.</param>
    /// <param name="size">Classes in a sample, 1 to the number of classes; a step may have a few less, when one is hit twice.</param>
    /// <param name="exponent">α, 0 (all alike) to 1 (as common as they are).</param>
    /// <exception cref="ArgumentException">A count is negative, or there are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size or the exponent is out of range.</exception>
    public ClassSampler(ReadOnlySpan<long> counts, int size, double exponent = DefaultExponent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, counts.Length);
        if (!(exponent >= 0 && exponent <= 1)) throw new ArgumentOutOfRangeException(nameof(exponent), exponent, "ClassSampler: the exponent must lie between 0 and 1.");
        Size = size;
        _classes = [.. ClassOrder.ByCount(counts).Classes];
        double[] weights = new double[counts.Length];
        for (int i = 0; i < weights.Length; i++) weights[i] = Math.Pow(Math.Max(1, counts[_classes[i]]), exponent);

        // πᵢ > 1 for the commonest: they become certain, and the rest shares what remains.
        double rest = weights.Sum();
        while (CertainCount < size && (size - CertainCount) * weights[CertainCount] >= rest * (1 - 1e-9)) rest -= weights[CertainCount++];

        int strata = size - CertainCount;
        _corrections = new real[counts.Length];
        _ends = new double[strata == 0 ? 0 : counts.Length - CertainCount];
        double end = 0;
        for (int i = 0; i < _ends.Length; i++)
        {
            double probability = strata * weights[CertainCount + i] / rest;
            _ends[i] = end += probability;
            _corrections[CertainCount + i] = (real)(-Math.Log(probability));
        }

        // What rounding leaves of the last unit belongs to the last class.
        if (strata > 0) _ends[^1] = double.PositiveInfinity;
    }

    /// <summary>α unless another is given.</summary>
    public const double DefaultExponent = 0.75;

    /// <summary>The number of classes.</summary>
    public int ClassCount => _classes.Length;

    /// <summary>Classes in a sample.</summary>
    public int Size { get; }

    /// <summary>How many of them, the commonest, are in every sample.</summary>
    public int CertainCount { get; }

    /// <summary>Draws a sample: a function of seed and stream alone.</summary>
    /// <param name="seed">As in <see cref="CounterRandom"/>.</param>
    /// <param name="stream">As in <see cref="CounterRandom"/>; another one for each step.</param>
    /// <param name="classes">Receives the classes, each once; room for <see cref="Size"/>.</param>
    /// <param name="corrections">Receives what is added to the logit of each so that sums of exponentials are right on average, −ln πᵢ (and ln 2 more for a class that was hit twice); room for <see cref="Size"/>.</param>
    /// <returns>How many were drawn.</returns>
    /// <exception cref="ArgumentException">There is too little room.</exception>
    public int Draw(ulong seed, ulong stream, Span<int> classes, Span<real> corrections)
    {
        if (classes.Length < Size || corrections.Length < Size) throw new ArgumentException($"ClassSampler.Draw: room for {Size} classes is needed; there is room for {classes.Length} and {corrections.Length}.");
        _classes.AsSpan(0, CertainCount).CopyTo(classes);
        corrections[..CertainCount].Clear();
        int drawn = CertainCount, last = -1, at = 0;
        for (int unit = 0; unit < Size - CertainCount; unit++)
        {
            double point = unit + (double)CounterRandom.Uniform(seed, stream, (ulong)unit);
            while (_ends[at] <= point) at++;
            if (at == last)
            {
                corrections[drawn - 1] += (real)Math.Log(2);
                continue;
            }

            last = at;
            classes[drawn] = _classes[CertainCount + at];
            corrections[drawn++] = _corrections[CertainCount + at];
        }

        return drawn;
    }
}
