namespace Inkling.Nn;

/// <content>Penalties on weights.</content>
public static partial class Losses
{
    /// <summary>
    /// <c>λ₁ Σ |w| + λ₂/2 Σ w²</c> over all parameters that decay, to be added to a loss. <see cref="Optimizer.L1"/> and <see cref="Optimizer.L2"/> have the same
    /// gradients for less work; this is for when the loss itself shall show the penalty, and for <see cref="Lbfgs"/>.
    /// </summary>
    /// <param name="tape">The tape of the loss.</param>
    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="l1">λ₁, at least 0.</param>
    /// <param name="l2">λ₂, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative.</exception>
    public static Tensor Penalty(Tape tape, ParameterSet parameters, double l1 = 0, double l2 = 0)
    {
        WeightPenalty op = new(OptionRange.NotNegative((real)l1, nameof(l1)), OptionRange.NotNegative((real)l2, nameof(l2)));
        Tensor sum = tape.Constant(0);
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Decays) sum += Tape.Record(op, tape.Parameter(parameters[i]));
        }

        return sum;
    }
}
