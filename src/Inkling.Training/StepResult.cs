namespace Inkling.Training;

/// <summary>What a training step found.</summary>
/// <param name="Loss">The mean loss of the batch; nats for language models.</param>
/// <param name="Targets">Over how many targets the mean was taken.</param>
/// <param name="Items">How many items were processed, targets or not: tokens for language models.</param>
public readonly record struct StepResult(double Loss, int Targets, int Items);
