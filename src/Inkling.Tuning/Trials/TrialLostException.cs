namespace Inkling.Tuning;

/// <summary>
/// Thrown by a storage when a worker writes to a trial that is no longer its own: it was finished, or given to another worker because the
/// heartbeat had stopped for too long. The worker drops its trial and goes on with another.
/// </summary>
public sealed class TrialLostException : InvalidOperationException
{
    /// <summary>Creates it.</summary>
    public TrialLostException() { }

    /// <summary>Creates it.</summary>
    /// <param name="message">Which trial, and who has it.</param>
    public TrialLostException(string message) : base(message) { }

    /// <summary>Creates it.</summary>
    /// <param name="message">Which trial, and who has it.</param>
    /// <param name="innerException">Its cause.</param>
    public TrialLostException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>The error for an attempt that the storage does not find running.</summary>
    /// <param name="key">The attempt that wanted to write.</param>
    /// <param name="present">The trial as it is; null if there is none.</param>
    public static TrialLostException For(TrialKey key, TrialRecord? present) => new(present is null
        ? $"Trial {key.Number}: the study has no such trial; it was deleted."
        : $"Trial {key.Number}: attempt {key.Attempt} is over; the trial is {present.State} in attempt {present.Attempt}{(present.Worker is null ? "" : $" of {present.Worker}")}.");
}
