namespace Inkling.Playground;

/// <summary>How a layer of a network is at one moment, over the training points.</summary>
public sealed record LayerReport
{
    /// <summary>How it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it is the output's.</summary>
    public required bool IsOutput { get; init; }

    /// <summary>Its units.</summary>
    public required int Units { get; init; }

    /// <summary>The length of the gradient of its weights and biases, √Σ g².</summary>
    public required float GradientNorm { get; init; }

    /// <summary>Units that never fire: they say 0 on every point, and the slope of their activation is 0 there, so that they no longer learn.</summary>
    public required IReadOnlyList<int> Dead { get; init; }

    /// <summary>Units that are saturated on every point.</summary>
    public required IReadOnlyList<int> Stuck { get; init; }

    /// <summary>The share of outputs where the slope of the activation is below <see cref="LayerLook.Flat"/>, those that are off apart.</summary>
    public required float Saturated { get; init; }

    /// <summary>The share of outputs that are 0 with a slope of 0, as a ReLU's are below 0.</summary>
    public required float Off { get; init; }

    /// <summary>Units that say, on every point, exactly what another one says.</summary>
    public required int Alike { get; init; }

    /// <summary>What its units say.</summary>
    public required Histogram Activations { get; init; }

    /// <summary>The gradients of its weights and biases.</summary>
    public required Histogram Gradients { get; init; }

    /// <summary>What that means, a sentence or a few.</summary>
    public required string Words { get; init; }
}
