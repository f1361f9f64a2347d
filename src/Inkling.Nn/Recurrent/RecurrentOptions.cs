namespace Inkling.Nn;

/// <summary>What recurrent layers have in common beside their widths.</summary>
public record RecurrentOptions
{
    /// <summary>Number of layers, at least 1; each reads the states of the one below. Default: 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>
    /// Whether each layer has a second set of weights that goes from the end of a row to its start, with both results side by side,
    /// <c>[T, B, 2H]</c> (Schuster &amp; Paliwal 1997). Default: false.
    /// </summary>
    public bool Bidirectional { get; init; }

    /// <summary>Dropout between layers, 0 ≤ p &lt; 1. Default: 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether the dropout between layers uses one mask for all steps (Gal &amp; Ghahramani 2016). Default: false, as in PyTorch.</summary>
    public bool VariationalDropout { get; init; }

    /// <summary>Dropout of the state where the recurrent weight reads it, one mask for all steps, 0 ≤ p &lt; 1 (Gal &amp; Ghahramani 2016). Default: 0.</summary>
    public double RecurrentDropout { get; init; }

    internal void Check(string layer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1);
        CheckRate(layer, nameof(Dropout), Dropout);
        CheckRate(layer, nameof(RecurrentDropout), RecurrentDropout);
    }

    private static void CheckRate(string layer, string name, double rate)
    {
        if (!(rate >= 0 && rate < 1)) throw new ArgumentOutOfRangeException(name, rate, $"{layer}: the dropout rate must be at least 0 and less than 1.");
    }
}

/// <summary>Options of an <see cref="Rnn"/>.</summary>
public sealed record RnnOptions : RecurrentOptions
{
    /// <summary>What a cell does with its sum. Default: tanh.</summary>
    public RnnNonlinearity Nonlinearity { get; init; } = RnnNonlinearity.Tanh;
}

/// <summary>Options of an <see cref="Lstm"/>.</summary>
public sealed record LstmOptions : RecurrentOptions
{
    /// <summary>Whether gates also see the cell, through <c>weight_peephole_lk</c> (Gers et al. 2002, §3). Default: false.</summary>
    public bool Peephole { get; init; }

    /// <summary>Whether the forget gate is what the input gate leaves, <c>f = 1 − i</c>: three gates (CIFG; Greff et al. 2017, §V). Default: false.</summary>
    public bool Coupled { get; init; }

    /// <summary>
    /// Whether there are two biases that are added, <c>bias_ih_lk</c> and <c>bias_hh_lk</c>, as PyTorch has them, so that files of either
    /// side load on the other. Default: false, one bias <c>bias_lk</c>.
    /// </summary>
    public bool SeparateBiases { get; init; }
}
