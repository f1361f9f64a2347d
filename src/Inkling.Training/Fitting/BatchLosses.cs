using Inkling.Nn;

namespace Inkling.Training;

/// <summary>Losses against the second field of a batch, for <see cref="ModuleTraining.Fit{TModel}(TModel, Data.DataLoader, BatchLoss, Optimizer, FitOptions?, CancellationToken)"/>.</summary>
public static class BatchLosses
{
    /// <summary>Cross-entropy of a softmax, for one class a row; −1, the usual padding of targets, does not count.</summary>
    public static Tensor CrossEntropy(Tensor output, BatchTensors batch) => Losses.SoftmaxCrossEntropy(output, batch.Integers(1));

    /// <summary>Binary cross-entropy of logits against numbers of 0 … 1, of the same shape.</summary>
    public static Tensor BinaryCrossEntropy(Tensor output, BatchTensors batch) => Losses.BinaryCrossEntropyWithLogits(output, batch.Numbers(1));

    /// <summary>Mean squared error against numbers of the same shape.</summary>
    public static Tensor MeanSquaredError(Tensor output, BatchTensors batch) => Losses.MeanSquaredError(output, batch.Numbers(1));
}
