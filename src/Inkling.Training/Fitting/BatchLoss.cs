namespace Inkling.Training;

/// <summary>The loss of a batch, a scalar to be made small.</summary>
/// <param name="output">What the model returned.</param>
/// <param name="batch">What is true.</param>
public delegate Tensor BatchLoss(Tensor output, BatchTensors batch);
