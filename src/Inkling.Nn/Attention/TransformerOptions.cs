namespace Inkling.Nn;

/// <summary>What transformer blocks have beside width and heads.</summary>
public sealed record TransformerOptions
{
    /// <summary>Width of the hidden layer between the two linear ones, at least 1; 0 stands for four times the width. Default: 0.</summary>
    public int FeedForward { get; init; }

    /// <summary>Dropout after attention, of its weights, inside and after the linear layers, 0 ≤ p &lt; 1. Default: 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Whether normalisation stands before each part and not after the sum (Xiong et al. 2020). Default: false, as in Vaswani et al. 2017.</summary>
    public bool NormFirst { get; init; }

    /// <summary>The function between the linear layers, without parameters of its own. Default: ReLU.</summary>
    public ILayer Activation { get; init; } = new Activation<Relu>();

    /// <summary>ε of the normalisations. Default: 1e-5.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Turns queries and keys of self-attention by their positions (Su et al. 2021); null for not. Default: null.</summary>
    public RotaryTable? Rotary { get; init; }

    internal int HiddenOf(int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(FeedForward);
        return FeedForward == 0 ? 4 * width : FeedForward;
    }
}
