using Inkling.Nn;

namespace Inkling.Training;

/// <summary>Keeps a limit on the weights of each unit while <see cref="ModuleTraining"/> trains: applies it after every step.</summary>
/// <param name="limit">The limit, on parameters of the model that is trained.</param>
public sealed class WeightConstraint(MaxNorm limit) : TrainingCallback
{
    /// <inheritdoc/>
    public override void OnStep(Trainer trainer) => limit.Apply();
}
