namespace Inkling.Comparison;

/// <summary>One thing that ours and a peer both do. To add one: write a class, and add a line to the list in Program.cs.</summary>
internal interface IComparison
{
    /// <summary>Name in the result and for --only.</summary>
    string Name { get; }

    /// <summary>Runs both in turn.</summary>
    /// <param name="quick">Whether a rough answer within some seconds is wanted.</param>
    /// <exception cref="PeerMissingException">The peer is not installed.</exception>
    Result Run(bool quick);
}

/// <summary>What came out.</summary>
/// <param name="Unit">Unit of the two figures; more is better.</param>
/// <param name="Ours">Median figure of ours.</param>
/// <param name="Peer">Median figure of the peer.</param>
/// <param name="Ratio">Median of the ratios of neighbouring runs, ours / peer.</param>
/// <param name="Bar">What the ratio must reach.</param>
internal sealed record Result(string Unit, double Ours, double Peer, double Ratio, double Bar)
{
    /// <summary>Whether the ratio reaches the bar.</summary>
    public bool Holds => Ratio >= Bar;
}

/// <summary>A peer is not installed; the message says how to get it.</summary>
internal sealed class PeerMissingException(string message) : Exception(message);
