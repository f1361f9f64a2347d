namespace Inkling.Nn;

/// <summary>Batch normalisation of features or sequences, <c>[N, C] or [N, C, L]</c>; see <see cref="BatchNorm"/>.</summary>
public sealed class BatchNorm1D : BatchNorm
{
    /// <summary>Declares the layer.</summary>
    /// <param name="channels">Channels C, at least 1.</param>
    /// <param name="momentum">The share of a batch in the running statistics, 0 to 1. Default: 0.1.</param>
    /// <param name="epsilon">ε, added to the variance, above 0. Default: 1e-5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public BatchNorm1D(int channels, double momentum = 0.1, double epsilon = 1e-5)
        : base(channels, momentum, epsilon)
    {
    }

    private protected override string Shapes => "[N, C] or [N, C, L]";

    private protected override bool Takes(int rank) => rank is 2 or 3;
}
