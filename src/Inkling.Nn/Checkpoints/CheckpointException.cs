namespace Inkling.Nn.Checkpoints;

/// <summary>
/// A checkpoint could not be read or written. The message names the file, what is wrong with it and what to do, and is meant to be
/// shown as it is.
/// </summary>
public sealed class CheckpointException : IOException
{
    /// <summary>Creates the exception without a message.</summary>
    public CheckpointException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was being done, to which file, what was found, and the remedy.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What was being done, to which file, what was found, and the remedy.</param>
    /// <param name="innerException">The error of the system that is behind it.</param>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
