namespace Inkling.Onnx;

/// <summary>
/// The model is sound but asks for something that is not implemented here: operators, element types, sparse tensors, sequences.
/// All unknown operators of a model are listed at once, before anything runs.
/// </summary>
public sealed class OnnxUnsupportedException : OnnxException
{
    /// <summary>Creates the exception without a message.</summary>
    public OnnxUnsupportedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing.</param>
    public OnnxUnsupportedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What is missing.</param>
    /// <param name="innerException">The error behind it.</param>
    public OnnxUnsupportedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for operators.</summary>
    /// <param name="message">What is missing.</param>
    /// <param name="operators">The operators, each as <c>domain:Name</c>; the domain is left out for the standard one.</param>
    public OnnxUnsupportedException(string message, IReadOnlyList<string> operators)
        : base(message) => Operators = operators;

    /// <summary>The unknown operators, in alphabetical order; empty when something else is unsupported.</summary>
    public IReadOnlyList<string> Operators { get; } = [];
}
