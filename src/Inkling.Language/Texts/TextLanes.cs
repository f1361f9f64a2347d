namespace Inkling.Language;

/// <summary>
/// A text in order, for recurrent models: it is cut into B lanes of equal length, and batch k holds tokens <c>kT … (k+1)T − 1</c> of each. So a state carries over
/// from batch to batch, and gradients reach back T steps (truncated back-propagation through time; Mikolov et al. 2010, §2; Zaremba et al. 2014, §4.1).
/// </summary>
public sealed class TextLanes : TextBatches
{
    private readonly int _laneLength;
    private readonly int _positions;

    /// <summary>Cuts a text into lanes.</summary>
    /// <param name="text">The tokens.</param>
    /// <param name="lanes">Lanes B, at least 1.</param>
    /// <param name="steps">Steps of a batch T, at least 1.</param>
    /// <param name="whole">
    /// Whether every token but the first is a target exactly once, with lanes and batches that are not full: for measuring. Default: no, what does not fill a batch is
    /// left out, at the end of each lane and of the text.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no lane or no step.</exception>
    /// <exception cref="ArgumentException">The text is shorter than one batch or, where it is read whole, than two tokens.</exception>
    public TextLanes(ReadOnlyMemory<int> text, int lanes, int steps, bool whole = false)
        : base(text, lanes, steps)
    {
        _positions = text.Length - 1;
        if (whole && _positions < 1) throw new ArgumentException($"TextLanes: a text of {text.Length} tokens; the second token is the first that can be predicted. Give at least 2.", nameof(text));
        if (!whole && _positions < (long)lanes * steps)
        {
            throw new ArgumentException(
                $"TextLanes: a text of {text.Length} tokens is shorter than one batch of {lanes} lanes of {steps} steps, which needs {((long)lanes * steps) + 1}. "
                + "Give more text, or fewer lanes or steps.", nameof(text));
        }

        _laneLength = whole ? (_positions + lanes - 1) / lanes : _positions / lanes;
        BatchesPerEpoch = whole ? (_laneLength + steps - 1) / steps : _laneLength / steps;
    }

    /// <inheritdoc/>
    public override bool Continues => true;

    /// <inheritdoc/>
    public override long BatchesPerEpoch { get; }

    /// <inheritdoc/>
    public override int Fill(long epoch, long batch, Span<int> inputs, Span<int> targets)
    {
        int counted = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            long start = (long)lane * _laneLength, position = start + (batch * Steps), end = Math.Min(start + _laneLength, _positions);
            int count = (int)Math.Clamp(end - position, 0, Steps);
            FillLane(lane, (int)position, count, inputs, targets);
            counted += count;
        }

        return counted;
    }
}
