namespace Inkling;

/// <summary>What a plain recurrent cell does with its sum.</summary>
public enum RnnNonlinearity
{
    /// <summary>Hyperbolic tangent.</summary>
    Tanh,

    /// <summary>Rectifier, <c>max(0, x)</c> (Le, Jaitly &amp; Hinton 2015).</summary>
    Relu,
}
