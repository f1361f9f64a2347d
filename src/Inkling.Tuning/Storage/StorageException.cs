namespace Inkling.Tuning;

/// <summary>A storage cannot be read or written: locked, foreign, damaged, or gone for too long.</summary>
public sealed class StorageException : InvalidOperationException
{
    /// <summary>Creates the error.</summary>
    public StorageException() { }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given and what to do.</param>
    public StorageException(string message) : base(message) { }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given and what to do.</param>
    /// <param name="innerException">Its cause.</param>
    public StorageException(string message, Exception innerException) : base(message, innerException) { }
}
