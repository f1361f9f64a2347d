namespace Inkling.Training;

/// <summary>
/// Takes part in a training run at its joints. Derive and override what is of interest; callbacks run in the order they were given.
/// A callback with state that matters for resuming overrides <see cref="Save"/> and <see cref="Restore"/>.
/// </summary>
public abstract class TrainingCallback : ICheckpointed
{
    /// <summary>Before the first step of this run (also of a resumed one).</summary>
    public virtual void OnStarted(Trainer trainer)
    {
    }

    /// <summary>After each step.</summary>
    public virtual void OnStep(Trainer trainer)
    {
    }

    /// <summary>After each validation.</summary>
    /// <param name="trainer">The run.</param>
    /// <param name="result">What was found.</param>
    /// <param name="improved">Whether the loss is the lowest so far.</param>
    public virtual void OnValidated(Trainer trainer, ValidationResult result, bool improved)
    {
    }

    /// <summary>Where a validation was due and nothing is held out to be measured on.</summary>
    public virtual void OnValidationSkipped(Trainer trainer)
    {
    }

    /// <summary>After the last step and the last validation, while the parameters are still those of the last step.</summary>
    public virtual void OnStopping(Trainer trainer, StopReason reason)
    {
    }

    /// <summary>At the very end, when parameters may be put back.</summary>
    public virtual void OnFinished(Trainer trainer)
    {
    }

    /// <inheritdoc/>
    public virtual void Save(StateWriter state)
    {
    }

    /// <inheritdoc/>
    public virtual void Restore(StateReader state)
    {
    }
}
