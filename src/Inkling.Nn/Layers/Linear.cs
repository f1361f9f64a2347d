namespace Inkling.Nn;

/// <summary>
/// Affine map, <c>y = x Wᵀ + b</c>: <c>[…, I] → […, O]</c>. Parameters <c>weight</c> <c>[O, I]</c> and <c>bias</c> <c>[O]</c>, both uniform in
/// <c>±1/√I</c> at first, as in PyTorch.
/// </summary>
public sealed class Linear : Module, ILayer
{
    /// <summary>Declares the layer.</summary>
    /// <param name="input">Width I of the input, at least 1.</param>
    /// <param name="output">Width O of the output, at least 1.</param>
    /// <param name="bias">Whether b is there. Default: true.</param>
    /// <param name="initialize">Initial weights; default <see cref="Initializer.FanIn"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A width is less than 1.</exception>
    public Linear(int input, int output, bool bias = true, Action<Parameter, ulong>? initialize = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(output, 1);
        Weight = AddParameter("weight", [output, input], initialize ?? Initializer.FanIn());
        Bias = bias ? AddParameter("bias", [output], Initializer.Uniform((real)(1 / Math.Sqrt(input))), decays: false) : null;
    }

    /// <summary>W, <c>[O, I]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>b, <c>[O]</c>, or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => x.Affine(Weight, Bias);

    /// <inheritdoc/>
    public override string ToString() => $"Linear({Weight.Shape[1]} → {Weight.Shape[0]}{(Bias is null ? ", no bias" : "")})";
}
