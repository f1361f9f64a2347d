namespace Inkling.Nn;

/// <content>Losses of classes.</content>
public static partial class Losses
{
    /// <summary>
    /// <see cref="BinaryCrossEntropyWithLogits(Tensor, Tensor)"/> in which positive targets weigh more or less, to balance rare classes: the mean of
    /// <c>−p t ln σ(x) − (1 − t) ln(1 − σ(x))</c>, in nats.
    /// </summary>
    /// <param name="logits">x, <c>[…, C]</c>.</param>
    /// <param name="target">t, 0 … 1, of the same shape.</param>
    /// <param name="positiveWeight">p, one number or one for each class, <c>[C]</c>.</param>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, Tensor target, Tensor positiveWeight) => Tape.Record(default(WeightedBinaryCrossEntropy), logits, target, positiveWeight);

    /// <summary>
    /// Cross-entropy of a softmax with class weights, label smoothing and an ignored class, as PyTorch's <c>cross_entropy</c>: the mean over the rows that count, weighted by
    /// <c>w_y</c>, in nats.
    /// </summary>
    /// <param name="logits"><c>[…, C]</c>.</param>
    /// <param name="targets">One class y for each row.</param>
    /// <param name="classWeights">w, <c>[C]</c>; null for 1.</param>
    /// <param name="labelSmoothing">ε, the share of the target that is spread over all classes, 0 … 1. Default: 0.</param>
    /// <param name="ignoreIndex">The target of rows that do not count. Default: −1. When none counts the loss is 0 (PyTorch's is NaN).</param>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class, or ε is not between 0 and 1.</exception>
    public static Tensor CrossEntropy(Tensor logits, Indices targets, Tensor? classWeights = null, double labelSmoothing = 0, int ignoreIndex = -1)
    {
        if (labelSmoothing is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "CrossEntropy: label smoothing must be between 0 and 1.");
        if (classWeights is null && labelSmoothing == 0) return SoftmaxCrossEntropy(logits, targets, ignoreIndex);
        WeightedCrossEntropy op = new(targets, ignoreIndex, (real)labelSmoothing);
        return classWeights is { } weights ? Tape.Record(op, logits, weights) : Tape.Record(op, logits);
    }

    /// <summary>Negative log-likelihood, <c>−1/W Σ w_y x_y</c> with <c>W = Σ w_y</c>: log-probabilities <c>[…, C]</c>, one class y a row.</summary>
    /// <param name="logProbabilities"><c>[…, C]</c>.</param>
    /// <param name="targets">One class for each row.</param>
    /// <param name="classWeights">w, <c>[C]</c>; null for 1.</param>
    /// <param name="ignoreIndex">The target of rows that do not count. Default: −1.</param>
    public static Tensor NegativeLogLikelihood(Tensor logProbabilities, Indices targets, Tensor? classWeights = null, int ignoreIndex = -1)
    {
        NegativeLogLikelihood op = new(targets, ignoreIndex);
        return classWeights is { } weights ? Tape.Record(op, logProbabilities, weights) : Tape.Record(op, logProbabilities);
    }

    /// <summary>
    /// Kullback–Leibler divergence, <c>Σ t (ln t − x)</c>, the mean over the rows (PyTorch's <c>batchmean</c>), in nats: log-probabilities x <c>[…, C]</c>, probabilities t of the
    /// same shape. For distillation and variational losses.
    /// </summary>
    public static Tensor KlDivergence(Tensor logProbabilities, Tensor target) => Tape.Record(default(KlDivergence), logProbabilities, target);

    /// <summary>Hinge loss, the mean of <c>max(0, m − t x)</c>, of scores and targets of −1 or 1 of one shape: a support vector machine's (Cortes &amp; Vapnik 1995).</summary>
    /// <param name="scores">x.</param>
    /// <param name="target">t, −1 or 1.</param>
    /// <param name="margin">m. Default: 1.</param>
    /// <param name="squared">Whether each term is squared. Default: no.</param>
    /// <exception cref="ArgumentException">A target is neither −1 nor 1.</exception>
    public static Tensor Hinge(Tensor scores, Tensor target, double margin = 1, bool squared = false) => Tape.Record(new Hinge((real)margin, squared), scores, target);

    /// <summary>Hinge loss over classes, the mean over the rows of <c>1/C Σ_{j ≠ y} max(0, m − x_y + x_j)^p</c> (PyTorch's <c>MultiMarginLoss</c>).</summary>
    /// <param name="scores"><c>[…, C]</c>.</param>
    /// <param name="targets">One class y for each row.</param>
    /// <param name="margin">m. Default: 1.</param>
    /// <param name="squared">Whether p is 2 and not 1. Default: no.</param>
    public static Tensor MultiMargin(Tensor scores, Indices targets, double margin = 1, bool squared = false) => Tape.Record(new MultiMargin(targets, (real)margin, squared), scores);
}
