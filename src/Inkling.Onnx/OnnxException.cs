namespace Inkling.Onnx;

/// <summary>
/// An ONNX model could not be read or run. The message names the file and the byte, or the node and its operands, what is wrong and what
/// to do, and is meant to be shown as it is.
/// </summary>
public class OnnxException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public OnnxException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was being done, what was given, and the remedy.</param>
    public OnnxException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What was being done, what was given, and the remedy.</param>
    /// <param name="innerException">The error behind it.</param>
    public OnnxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
