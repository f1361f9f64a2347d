namespace Inkling.Comparison;

/// <summary>One thing that ours and a peer both do. To add one: write a class, and add a line to <see cref="Catalogue"/>.</summary>
internal interface IComparison
{
    /// <summary>Name in the result and for --only.</summary>
    string Name { get; }

    /// <summary>What is done, in a line, for the report.</summary>
    string Title { get; }

    /// <summary>Runs both in turn.</summary>
    /// <param name="options">How thoroughly.</param>
    /// <exception cref="PeerMissingException">The peer is not installed.</exception>
    /// <exception cref="DisagreementException">Ours and the peer computed different things.</exception>
    Result Run(Options options);
}

/// <summary>A peer is not installed, or something else that the comparison needs is not there; the message says how to get it.</summary>
internal sealed class PeerMissingException(string message) : Exception(message);

/// <summary>The comparison cannot be made on this machine, such as one of two widths that the processor does not have.</summary>
internal sealed class NotMeasurableException(string message) : Exception(message);

/// <summary>Ours and the peer computed different things: a speed would mean nothing.</summary>
internal sealed class DisagreementException(string message) : Exception(message);
