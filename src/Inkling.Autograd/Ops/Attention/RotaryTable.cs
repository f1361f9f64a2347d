namespace Inkling;

/// <summary>
/// Sines and cosines of a rotary position embedding (Su et al. 2021, §3.2): pair i of a head of width d at position t is turned by the angle
/// <c>t · θ^(−2i/d)</c>, so that the product of a query and a key depends on their distance only.
/// </summary>
public sealed class RotaryTable
{
    private readonly real[] _cosines;
    private readonly real[] _sines;

    /// <summary>Computes the table.</summary>
    /// <param name="headWidth">Width d of a head, even.</param>
    /// <param name="maxLength">Number of positions, at least 1.</param>
    /// <param name="theta">θ, above 0. Default: 10,000.</param>
    /// <param name="interleaved">
    /// Whether neighbours 2i and 2i + 1 are a pair, as in the paper and GPT-J; otherwise i and i + d/2, as in GPT-NeoX and LLaMA. Default: false.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The width is odd, or something is out of range.</exception>
    public RotaryTable(int headWidth, int maxLength, double theta = 10_000, bool interleaved = false)
    {
        if (headWidth < 2 || headWidth % 2 != 0) throw new ArgumentOutOfRangeException(nameof(headWidth), headWidth, "RotaryTable: the width of a head must be even and at least 2.");
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(theta);
        (HeadWidth, MaxLength, Interleaved) = (headWidth, maxLength, interleaved);
        int half = headWidth / 2;
        (_cosines, _sines) = (new real[maxLength * half], new real[maxLength * half]);
        for (int t = 0; t < maxLength; t++)
        {
            for (int i = 0; i < half; i++)
            {
                (double sine, double cosine) = Math.SinCos(t * Math.Pow(theta, -2.0 * i / headWidth));
                (_cosines[(t * half) + i], _sines[(t * half) + i]) = ((real)cosine, (real)sine);
            }
        }
    }

    /// <summary>Width d of a head.</summary>
    public int HeadWidth { get; }

    /// <summary>Number of positions.</summary>
    public int MaxLength { get; }

    /// <summary>Whether neighbours are a pair.</summary>
    public bool Interleaved { get; }

    internal ReadOnlySpan<real> Cosines(int position) => _cosines.AsSpan(position * HeadWidth / 2, HeadWidth / 2);

    internal ReadOnlySpan<real> Sines(int position) => _sines.AsSpan(position * HeadWidth / 2, HeadWidth / 2);
}
