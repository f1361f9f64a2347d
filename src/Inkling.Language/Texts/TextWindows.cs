using System.Globalization;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// Windows of T tokens from random places of a text, for models that carry nothing on, such as a <see cref="GptLanguageModel"/>. A pass has as many
/// batches as the text would fill.
/// </summary>
public sealed class TextWindows : TextBatches
{
    private const ulong PlaceStream = 0x77AD0;

    private readonly ulong _seed;
    private readonly int _places;

    /// <summary>Draws windows from a text.</summary>
    /// <param name="text">The tokens.</param>
    /// <param name="windows">Windows in a batch B, at least 1.</param>
    /// <param name="steps">Steps of a window T, at least 1.</param>
    /// <param name="seed">Decides the places.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no window or no step.</exception>
    /// <exception cref="ArgumentException">The text is shorter than one window and the token after it.</exception>
    public TextWindows(ReadOnlyMemory<int> text, int windows, int steps, ulong seed)
        : base(text, windows, steps)
    {
        if (text.Length <= steps) throw new ArgumentException($"TextWindows: a text of {text.Length} tokens is shorter than a window of {steps} and the token after it. Give more text, or fewer steps.", nameof(text));
        _seed = seed;
        _places = text.Length - steps;
        BatchesPerEpoch = Math.Max(1, (text.Length - 1) / ((long)windows * steps));
    }

    /// <inheritdoc/>
    public override bool Continues => false;

    /// <inheritdoc/>
    public override long BatchesPerEpoch { get; }

    private protected override string Details => string.Create(CultureInfo.InvariantCulture, $", seed {_seed}");

    /// <inheritdoc/>
    public override int Fill(long epoch, long batch, Span<int> inputs, Span<int> targets)
    {
        ulong first = (ulong)((epoch * BatchesPerEpoch) + batch) * (ulong)Lanes;
        for (int lane = 0; lane < Lanes; lane++)
        {
            // The high half of a 64×64-bit product maps the random bits to the places.
            int place = (int)Math.BigMul(CounterRandom.Bits(_seed, PlaceStream, first + (ulong)lane), (ulong)_places, out _);
            FillLane(lane, place, Steps, inputs, targets);
        }

        return Lanes * Steps;
    }
}
