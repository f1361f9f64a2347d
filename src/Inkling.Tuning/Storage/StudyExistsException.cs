namespace Inkling.Tuning;

/// <summary>There is a study of this name already; open it to go on with it, or take another name.</summary>
public sealed class StudyExistsException : InvalidOperationException
{
    /// <summary>Creates the error.</summary>
    public StudyExistsException() { }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given and what to do.</param>
    public StudyExistsException(string message) : base(message) { }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given and what to do.</param>
    /// <param name="innerException">Its cause.</param>
    public StudyExistsException(string message, Exception innerException) : base(message, innerException) { }
}
