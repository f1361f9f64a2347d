namespace Inkling.Nn;

/// <summary>
/// A layer applied to each step of a sequence alone: <c>[T, B, …]</c> goes through it as <c>[T · B, …]</c> and comes back as <c>[T, B, …]</c>. Nothing is copied. The order of the first two
/// axes does not matter. Parameters are called <c>layer.…</c>.
/// </summary>
public sealed class TimeDistributed : Module, ILayer
{
    private readonly ILayer _layer;

    /// <summary>Wraps a layer.</summary>
    /// <param name="layer">What each step goes through; it keeps the first axis of what it gets.</param>
    public TimeDistributed(ILayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        _layer = layer;
        if (layer is Module module) AddChild("layer", module);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are fewer than two axes, or the layer does not keep the first.</exception>
    public Tensor Forward(Tensor x)
    {
        Shape shape = x.Shape;
        if (shape.Rank < 2) throw new ArgumentException($"TimeDistributed: the input is {shape}; it must be [T, B, …].", nameof(x));
        Span<int> sizes = stackalloc int[Shape.MaxRank];
        sizes[0] = shape[0] * shape[1];
        for (int i = 2; i < shape.Rank; i++) sizes[i - 1] = shape[i];
        Tensor y = _layer.Forward(x.Reshape(Shape.Create(sizes[..(shape.Rank - 1)])));
        Shape result = y.Shape;
        if (result.Rank == 0 || result[0] != shape[0] * shape[1] || result.Rank == Shape.MaxRank) throw new ArgumentException($"TimeDistributed: {_layer} makes {result} of {shape[0] * shape[1]} steps; it must keep the first axis.", nameof(x));
        (sizes[0], sizes[1]) = (shape[0], shape[1]);
        for (int i = 1; i < result.Rank; i++) sizes[i + 1] = result[i];
        return y.Reshape(Shape.Create(sizes[..(result.Rank + 1)]));
    }

    /// <inheritdoc/>
    public override string ToString() => $"TimeDistributed({_layer})";
}
