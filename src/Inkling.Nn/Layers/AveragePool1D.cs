namespace Inkling.Nn;

/// <summary>The mean of each window: <c>[N, C, L] → [N, C, L′]</c> with <c>L′ = ⌊(L + 2 padding − size) / stride⌋ + 1</c>.</summary>
public sealed class AveragePool1D : Module, ILayer
{
    private readonly PoolingWindow _window;
    private readonly bool _countPadding;

    /// <summary>Declares the layer.</summary>
    /// <param name="size">Size of a window, at least 1.</param>
    /// <param name="stride">From one window to the next, at least 1. Default: the size, windows side by side.</param>
    /// <param name="padding">How far windows stick out on each side, at most half their size. Default: 0.</param>
    /// <param name="countPadding">Whether what sticks out counts as zeros. Default: true, as in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public AveragePool1D(int size, int? stride = null, int padding = default, bool countPadding = true)
    {
        _window = new PoolingWindow(size, stride ?? size, padding, 1);
        _window.Check(nameof(AveragePool1D));
        _countPadding = countPadding;
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x)
    {
        Shape shape = x.Shape;
        if (shape.Rank != 3) throw new ArgumentException($"AveragePool1D: the input is {shape}; it must be [N, C, L]. Reshape it.", nameof(x));
        return x.AveragePool(_window, _countPadding);
    }

    /// <inheritdoc/>
    public override string ToString() => $"AveragePool1D({_window.Size.Columns}, stride {_window.Stride.Columns})";
}
