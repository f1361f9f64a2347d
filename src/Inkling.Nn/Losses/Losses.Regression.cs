namespace Inkling.Nn;

/// <content>Losses of numbers against numbers.</content>
public static partial class Losses
{
    /// <summary>Mean absolute error, <c>1/n Σ |xᵢ − tᵢ|</c>, of tensors of one shape: an outlier pulls no harder than any other.</summary>
    public static Tensor MeanAbsoluteError(Tensor prediction, Tensor target) => Tape.Record(default(AbsoluteError), prediction, target);

    /// <summary>Huber's loss (1964), the mean of <c>½ d²</c> up to <c>|d| = δ</c> and <c>δ (|d| − ½ δ)</c> beyond, of tensors of one shape.</summary>
    /// <param name="prediction">x.</param>
    /// <param name="target">t.</param>
    /// <param name="delta">δ, more than 0. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">δ is not more than 0.</exception>
    public static Tensor Huber(Tensor prediction, Tensor target, double delta = 1)
    {
        if (!(delta > 0)) throw new ArgumentOutOfRangeException(nameof(delta), delta, "Huber: δ must be more than 0; MeanAbsoluteError is the limit.");
        return Tape.Record(new Huber((real)delta, 1), prediction, target);
    }

    /// <summary>Smooth L1 loss (Girshick 2015, eq. 3), the mean of <c>½ d²/β</c> up to <c>|d| = β</c> and <c>|d| − ½ β</c> beyond: Huber's, divided by β.</summary>
    /// <param name="prediction">x.</param>
    /// <param name="target">t.</param>
    /// <param name="beta">β, 0 or more; at 0 it is the mean absolute error. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">β is less than 0.</exception>
    public static Tensor SmoothL1(Tensor prediction, Tensor target, double beta = 1)
    {
        if (!(beta >= 0)) throw new ArgumentOutOfRangeException(nameof(beta), beta, "SmoothL1: β must be at least 0.");
        return beta == 0 ? MeanAbsoluteError(prediction, target) : Tape.Record(new Huber((real)beta, (real)(1 / beta)), prediction, target);
    }
}
