namespace Inkling.Tuning;

/// <summary>
/// A search space that makes no sense: an empty range, a logarithm of zero, a parameter that changes its kind from one trial to the next.
/// Unlike other errors of an objective it ends <see cref="Study.Optimize(Func{Trial, double}, Budget, int, CancellationToken)"/>, for the next trial
/// would fail as well.
/// </summary>
public sealed class SearchSpaceException : ArgumentException
{
    /// <summary>Creates the error.</summary>
    public SearchSpaceException() { }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given and what to do.</param>
    public SearchSpaceException(string message) : base(message) { }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given and what to do.</param>
    /// <param name="innerException">Its cause.</param>
    public SearchSpaceException(string message, Exception innerException) : base(message, innerException) { }
}
