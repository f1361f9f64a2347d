namespace Inkling.Nn;

/// <summary>
/// Layers of neurons with a threshold (<see cref="Perceptron"/>): with two of them any logical function can be written down, which one neuron cannot. No rule learns it; for
/// learning, the threshold gives way to a smooth function.
/// </summary>
public sealed class ThresholdNetwork
{
    private readonly Perceptron[][] _layers;

    /// <summary>Makes a network.</summary>
    /// <param name="layers">The neurons of each layer, inputs first; a neuron has as many weights as the layer before has neurons.</param>
    /// <exception cref="ArgumentException">There is no layer, a layer is empty, or the numbers do not fit.</exception>
    public ThresholdNetwork(params IReadOnlyList<Perceptron>[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Length == 0) throw new ArgumentException("ThresholdNetwork: no layers given.", nameof(layers));
        for (int k = 0; k < layers.Length; k++)
        {
            if (layers[k].Count == 0) throw new ArgumentException($"ThresholdNetwork: layer {k} has no neurons.", nameof(layers));
            int wanted = k == 0 ? layers[0][0].Weights.Length : layers[k - 1].Count;
            foreach (Perceptron neuron in layers[k])
            {
                if (neuron.Weights.Length != wanted) throw new ArgumentException($"ThresholdNetwork: a neuron of layer {k} has {neuron.Weights.Length} weights; it needs {wanted}.", nameof(layers));
            }
        }

        _layers = [.. layers.Select(layer => layer.ToArray())];
    }

    /// <summary>
    /// Exclusive or of two inputs, by hand: h₁ = x₁ or x₂, h₂ = x₁ and x₂, and the output fires when h₁ does and h₂ does not, <c>h₁ − h₂ − ½ &gt; 0</c>.
    /// </summary>
    public static ThresholdNetwork Xor => new([Perceptron.Or, Perceptron.And], [new Perceptron([1, -1], (real)(-0.5))]);

    /// <summary>The layers.</summary>
    public IReadOnlyList<IReadOnlyList<Perceptron>> Layers => _layers;

    /// <summary>What the neurons of the last layer do.</summary>
    /// <exception cref="ArgumentException">The number of inputs is another.</exception>
    public bool[] Fires(ReadOnlySpan<real> x)
    {
        real[] values = x.ToArray();
        foreach (Perceptron[] layer in _layers) values = [.. layer.Select(neuron => (real)(neuron.Fires(values) ? 1 : 0))];
        return [.. values.Select(v => v > 0)];
    }
}
