namespace Inkling.Nn;

/// <summary>Layers one after the other; parameters are called <c>0.weight</c>, <c>2.bias</c> … by their places.</summary>
public sealed class Sequential : Module, ILayer
{
    private readonly ILayer[] _layers;

    /// <summary>Chains layers.</summary>
    /// <exception cref="ArgumentException">No layers are given.</exception>
    public Sequential(params ReadOnlySpan<ILayer> layers)
    {
        if (layers.IsEmpty) throw new ArgumentException("Sequential: no layers given.", nameof(layers));
        _layers = layers.ToArray();
        for (int i = 0; i < _layers.Length; i++)
        {
            if (_layers[i] is Module module) AddChild(i.ToString(System.Globalization.CultureInfo.InvariantCulture), module);
        }
    }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<ILayer> Layers => _layers;

    /// <summary>The layers in order.</summary>
    public override string ToString() => $"Sequential({string.Join(", ", _layers.Select(l => l.ToString()))})";

    /// <inheritdoc/>
    public Tensor Forward(Tensor x)
    {
        foreach (ILayer layer in _layers) x = layer.Forward(x);
        return x;
    }
}
