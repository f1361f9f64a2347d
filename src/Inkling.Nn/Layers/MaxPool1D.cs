namespace Inkling.Nn;

/// <summary>The largest of each window: <c>[N, C, L] → [N, C, L′]</c> with <c>L′ = ⌊(L + 2 padding − dilation (size − 1) − 1) / stride⌋ + 1</c>.</summary>
public sealed class MaxPool1D : Module, ILayer
{
    private readonly PoolingWindow _window;

    /// <summary>Declares the layer.</summary>
    /// <param name="size">Size of a window, at least 1.</param>
    /// <param name="stride">From one window to the next, at least 1. Default: the size, windows side by side.</param>
    /// <param name="padding">How far windows stick out on each side, at most half their size. Default: 0.</param>
    /// <param name="dilation">From one element of a window to the next, at least 1. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    public MaxPool1D(int size, int? stride = null, int padding = default, int dilation = 1)
    {
        _window = new PoolingWindow(size, stride ?? size, padding, dilation);
        _window.Check(nameof(MaxPool1D));
    }

    /// <inheritdoc/>
    public Tensor Forward(Tensor x)
    {
        Shape shape = x.Shape;
        if (shape.Rank != 3) throw new ArgumentException($"MaxPool1D: the input is {shape}; it must be [N, C, L]. Reshape it.", nameof(x));
        return x.MaxPool(_window);
    }

    /// <inheritdoc/>
    public override string ToString() => $"MaxPool1D({_window.Size.Columns}, stride {_window.Stride.Columns})";
}
