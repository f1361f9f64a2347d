namespace Inkling.Tuning;

/// <summary>Thrown by an objective to end its trial as pruned (<see cref="Trial.Prune"/>).</summary>
public sealed class TrialPrunedException : Exception
{
    /// <summary>Creates it.</summary>
    public TrialPrunedException() : base("The trial was pruned.") { }

    /// <summary>Creates it.</summary>
    /// <param name="message">Why.</param>
    public TrialPrunedException(string message) : base(message) { }

    /// <summary>Creates it.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">Its cause.</param>
    public TrialPrunedException(string message, Exception innerException) : base(message, innerException) { }
}
