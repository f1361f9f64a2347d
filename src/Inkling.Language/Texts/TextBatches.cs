using System.Globalization;

namespace Inkling.Language;

/// <summary>
/// Cuts a text, given as the numbers of its tokens, into batches <c>[T, B]</c> of inputs and of the tokens that follow them. A batch is a function of the
/// text, the options and its number, which makes runs repeat and resume exactly.
/// </summary>
public abstract class TextBatches
{
    /// <summary>The target of positions that do not count.</summary>
    public const int Ignore = -1;

    private protected TextBatches(ReadOnlyMemory<int> text, int lanes, int steps)
    {
        if (lanes < 1) throw new ArgumentOutOfRangeException(nameof(lanes), lanes, $"{GetType().Name}: there must be at least 1 lane.");
        if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), steps, $"{GetType().Name}: there must be at least 1 step.");
        (Text, Lanes, Steps) = (text, lanes, steps);
    }

    /// <summary>The tokens.</summary>
    public ReadOnlyMemory<int> Text { get; }

    /// <summary>Rows that are read side by side, B.</summary>
    public int Lanes { get; }

    /// <summary>Steps of a batch, T.</summary>
    public int Steps { get; }

    /// <summary>Whether each lane goes on in a batch where it stopped in the one before, so that a recurrent state can be carried over.</summary>
    public abstract bool Continues { get; }

    /// <summary>Batches in one pass.</summary>
    public abstract long BatchesPerEpoch { get; }

    /// <summary>Writes one batch; allocates nothing.</summary>
    /// <param name="epoch">The pass, from 0.</param>
    /// <param name="batch">The batch in the pass, 0 … <see cref="BatchesPerEpoch"/> − 1.</param>
    /// <param name="inputs"><c>[T, B]</c> the tokens.</param>
    /// <param name="targets"><c>[T, B]</c> the next tokens, or <see cref="Ignore"/>.</param>
    /// <returns>How many positions are targets.</returns>
    public abstract int Fill(long epoch, long batch, Span<int> inputs, Span<int> targets);

    /// <summary>Layout, length and a fingerprint of the text: equal where the batches are.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{GetType().Name}({Text.Length} tokens, {Lanes} × {Steps}{Details}, {Fingerprint():x16})");

    private protected virtual string Details => "";

    /// <summary>Writes a lane's part of a batch: <paramref name="count"/> tokens from a position on, the rest of its steps ignored.</summary>
    private protected void FillLane(int lane, int position, int count, Span<int> inputs, Span<int> targets)
    {
        ReadOnlySpan<int> text = Text.Span;
        for (int t = 0; t < Steps; t++)
        {
            int cell = (t * Lanes) + lane;
            bool counts = t < count;
            inputs[cell] = counts ? text[position + t] : 0;
            targets[cell] = counts ? text[position + t + 1] : Ignore;
        }
    }

    private ulong Fingerprint()
    {
        // FNV-1a over 32-bit units (Fowler, Noll and Vo), enough to notice that the text has changed.
        ulong hash = 14695981039346656037;
        foreach (int token in Text.Span) hash = (hash ^ (uint)token) * 1099511628211;
        return hash;
    }
}
