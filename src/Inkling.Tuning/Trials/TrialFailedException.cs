namespace Inkling.Tuning;

/// <summary>Thrown by an objective to end its trial as failed with a message that is kept as it stands; of other exceptions the type is kept too.</summary>
public sealed class TrialFailedException : Exception
{
    /// <summary>Creates it.</summary>
    public TrialFailedException() : base("The trial failed.") { }

    /// <summary>Creates it.</summary>
    /// <param name="message">Why.</param>
    public TrialFailedException(string message) : base(message) { }

    /// <summary>Creates it.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">Its cause.</param>
    public TrialFailedException(string message, Exception innerException) : base(message, innerException) { }
}
