namespace Inkling.Nn;

/// <content>Losses of sequences.</content>
public static partial class Losses
{
    /// <summary>
    /// Connectionist temporal classification (Graves et al. 2006): label sequences without alignment, as in speech and handwriting. The mean over the rows of
    /// <c>−ln P(labels) / max(1, length)</c>, as PyTorch's <c>ctc_loss</c>.
    /// </summary>
    /// <param name="logits">Logits or log-probabilities, <c>[T, B, C]</c>.</param>
    /// <param name="targets">Labels, <c>[B, S]</c>, padded with anything.</param>
    /// <param name="targetLengths">Number of labels of each row, 0 … S.</param>
    /// <param name="inputLengths">Number of steps of each row, 1 … T; null for T.</param>
    /// <param name="blank">The class that stands for no label. Default: 0.</param>
    /// <param name="zeroInfinity">Whether rows whose labels do not fit their steps count as 0 and not as ∞. Default: no.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label or a length is out of range.</exception>
    public static Tensor Ctc(Tensor logits, Indices targets, Indices targetLengths, Indices? inputLengths = null, int blank = 0, bool zeroInfinity = false)
        => Tape.Record(new Ctc(targets, targetLengths, inputLengths, blank, zeroInfinity), logits);
}
