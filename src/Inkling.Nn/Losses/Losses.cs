namespace Inkling.Nn;

/// <summary>What training makes small: each returns the mean over what counts, as a scalar.</summary>
public static class Losses
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
    public static Tensor LinearCrossEntropy(Tensor hidden, Parameter weight, Parameter? bias, Indices targets, int ignoreIndex = -1)
    {
        Tape tape = hidden.Tape;
        LinearCrossEntropy op = new(targets, ignoreIndex);
        return bias is null ? Tape.Record(op, hidden, tape.Parameter(weight)) : Tape.Record(op, hidden, tape.Parameter(weight), tape.Parameter(bias));
    }
}
