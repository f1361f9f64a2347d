namespace Inkling.Tuning;

/// <summary>There is no such study.</summary>
public sealed class StudyNotFoundException : InvalidOperationException
{
    /// <summary>Creates the error.</summary>
    public StudyNotFoundException() { }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given and what to do.</param>
    public StudyNotFoundException(string message) : base(message) { }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given and what to do.</param>
    /// <param name="innerException">Its cause.</param>
    public StudyNotFoundException(string message, Exception innerException) : base(message, innerException) { }
}
