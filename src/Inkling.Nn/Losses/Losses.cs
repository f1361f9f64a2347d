namespace Inkling.Nn;

/// <summary>What training makes small: each returns the mean over what counts, as a scalar.</summary>
/// <remarks>
/// Empty batches and shapes that do not fit are <see cref="ArgumentException"/>s, labels out of range <see cref="ArgumentOutOfRangeException"/>s. Where a loss comes out NaN or
/// infinite because a target is, that target is named; where a prediction is, the loss is returned as it is and <c>Tape.FindNonFinite</c> says where it began.
/// </remarks>
public static partial class Losses
{
    /// <summary>Mean squared error, <c>1/n Σ (xᵢ − tᵢ)²</c>, of tensors of one shape.</summary>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target) => Tape.Record(default(MeanSquaredError), prediction, target);

    /// <summary>Binary cross-entropy of logits against targets in 0 … 1 of the same shape, in nats; stable for any logit.</summary>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, Tensor target) => Tape.Record(default(BinaryCrossEntropy), logits, target);

    /// <summary>Cross-entropy of a softmax: logits <c>[…, C]</c>, one class per row, in nats. Rows with the target <paramref name="ignoreIndex"/> do not count.</summary>
    public static Tensor SoftmaxCrossEntropy(Tensor logits, Indices targets, int ignoreIndex = -1) => Tape.Record(new SoftmaxCrossEntropy(targets, ignoreIndex), logits);

    /// <summary>
    /// A linear layer (weight <c>[V, D]</c>, bias <c>[V]</c>) and the cross-entropy of its softmax in one, without ever holding all logits:
    /// for large vocabularies, also with the weight tied to an embedding. Hidden <c>[…, D]</c>, one target per row, in nats.
    /// </summary>
    /// <param name="hidden">What is classified, <c>[…, D]</c>.</param>
    /// <param name="weight">Weight of the output layer, <c>[V, D]</c>.</param>
    /// <param name="bias">Its bias, <c>[V]</c>, or null.</param>
    /// <param name="targets">One class for each row.</param>
    /// <param name="ignoreIndex">The target of rows that do not count. Default: −1.</param>
    /// <param name="labelSmoothing">ε, the share of the target that is spread over all classes, 0 … 1 (Szegedy et al. 2016, §7). Default: 0.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class, or ε is not between 0 and 1.</exception>
    public static Tensor LinearCrossEntropy(Tensor hidden, Parameter weight, Parameter? bias, Indices targets, int ignoreIndex = -1, double labelSmoothing = 0)
    {
        if (labelSmoothing is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "LinearCrossEntropy: label smoothing must be between 0 and 1.");
        Tape tape = hidden.Tape;
        LinearCrossEntropy op = new(targets, ignoreIndex, (real)labelSmoothing);
        return bias is null ? Tape.Record(op, hidden, tape.Parameter(weight)) : Tape.Record(op, hidden, tape.Parameter(weight), tape.Parameter(bias));
    }

    /// <summary>
    /// <see cref="LinearCrossEntropy"/> estimated from a sample of the classes, for training with large vocabularies: the cost falls in
    /// the proportion of <see cref="ClassSampler.Size"/> to V, and the model stays an ordinary softmax. On a tape that does not
    /// record, as in validation, it <em>is</em> <see cref="LinearCrossEntropy"/>, over all classes.
    /// </summary>
    /// <param name="hidden">What is classified, <c>[…, D]</c>.</param>
    /// <param name="weight">Weight of the output layer, <c>[V, D]</c>.</param>
    /// <param name="bias">Its bias, <c>[V]</c>, or null.</param>
    /// <param name="targets">One class for each row.</param>
    /// <param name="sampler">Draws the classes, afresh in each step.</param>
    /// <param name="ignoreIndex">The target of rows that do not count.</param>
    /// <returns>The mean loss in nats; on a recording tape, its estimate.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or the sampler was made for another number of classes.</exception>
    public static Tensor SampledSoftmax(Tensor hidden, Parameter weight, Parameter? bias, Indices targets, ClassSampler sampler, int ignoreIndex = -1)
    {
        Tape tape = hidden.Tape;
        if (!tape.Recording) return LinearCrossEntropy(hidden, weight, bias, targets, ignoreIndex);
        SampledSoftmax op = new(targets, sampler, ignoreIndex);
        return bias is null ? Tape.Record(op, hidden, tape.Parameter(weight)) : Tape.Record(op, hidden, tape.Parameter(weight), tape.Parameter(bias));
    }
}
