namespace Inkling.Nn;

/// <summary>Merges all axes but the first: <c>[N, …] → [N, product of the rest]</c>, without a copy; what stands between convolutions and linear layers.</summary>
public sealed class Flatten : Module, ILayer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is a scalar.</exception>
    public Tensor Forward(Tensor x)
    {
        Shape shape = x.Shape;
        if (shape.Rank == 0) throw new ArgumentException("Flatten: the input is a scalar; it must have an axis to keep.", nameof(x));
        return x.Reshape([shape[0], shape.Product(1, shape.Rank)]);
    }

    /// <inheritdoc/>
    public override string ToString() => nameof(Flatten);
}
