namespace Inkling.Training;

/// <summary>
/// What a <see cref="Trainer"/> trains: a model together with its data. The trainer drives; this computes gradients and losses.
/// </summary>
public interface ITrainable : ICheckpointed
{
    /// <summary>The parameters that are learnt.</summary>
    ParameterSet Parameters { get; }

    /// <summary>Steps in one pass over the data, at least 1.</summary>
    long StepsPerEpoch { get; }

    /// <summary>Runs one batch forward and backward and leaves its gradients in <see cref="Parameters"/>; changes no parameter.</summary>
    /// <param name="step">The number of the step, from 0. The batch must depend on it and on the checkpointed state only.</param>
    StepResult Step(long step);

    /// <summary>Measures the model on held-out data; must not change anything that training depends on.</summary>
    /// <param name="cancellation">Ends early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The result, or null when there is nothing held out.</returns>
    ValidationResult? Validate(CancellationToken cancellation);

    /// <summary>Finds out where numbers that are not finite came from; asked right after a step whose loss or gradient was not, before anything else happens.</summary>
    /// <returns>What was found, or null when it cannot be said.</returns>
    Suspect? FindSuspect() => null;
}
