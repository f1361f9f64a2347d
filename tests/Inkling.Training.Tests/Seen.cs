namespace Inkling.Training.Tests;

/// <summary>Tells a test what the trainer does.</summary>
internal sealed class Seen : TrainingCallback
{
    public Action<Trainer>? Stepped { get; init; }

    public Action<Trainer, bool>? Validated { get; init; }

    public override void OnStep(Trainer trainer) => Stepped?.Invoke(trainer);

    public override void OnValidated(Trainer trainer, ValidationResult result, bool improved) => Validated?.Invoke(trainer, improved);
}
