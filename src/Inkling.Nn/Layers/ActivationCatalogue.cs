namespace Inkling.Nn;

/// <summary>Activations by name, for configuration files, ONNX and the playground. Names are PyTorch's, in small letters; numbers such as slopes are the usual ones.</summary>
public static class ActivationCatalogue
{
    private static readonly (string Name, Type Operation, Func<ILayer> Make)[] s_all =
    [
        ("celu", typeof(Celu), () => new ParametricActivation<Celu>()),
        ("elu", typeof(Elu), () => new ParametricActivation<Elu>()),
        ("gelu", typeof(GeluExact), () => new Activation<GeluExact>()),
        ("gelu_tanh", typeof(Gelu), () => new Activation<Gelu>()),
        ("hardsigmoid", typeof(HardSigmoid), () => new Activation<HardSigmoid>()),
        ("hardswish", typeof(HardSwish), () => new Activation<HardSwish>()),
        ("hardtanh", typeof(HardTanh), () => new Activation<HardTanh>()),
        ("leaky_relu", typeof(LeakyRelu), () => new ParametricActivation<LeakyRelu>()),
        ("log_softmax", typeof(LogSoftmax), () => new Lambda("LogSoftmax", x => x.LogSoftmax())),
        ("mish", typeof(Mish), () => new Activation<Mish>()),
        ("noisy_relu", typeof(RectifyNoisily), () => new Lambda("NoisyRelu", x => x.NoisyRelu())),
        ("prelu", typeof(Prelu), () => new ParametricRelu()),
        ("relu", typeof(Relu), () => new Activation<Relu>()),
        ("relu6", typeof(Relu6), () => new Activation<Relu6>()),
        ("rrelu", typeof(LeakRandomly), () => new RandomizedLeakyRelu()),
        ("selu", typeof(Selu), () => new Activation<Selu>()),
        ("sigmoid", typeof(Sigmoid), () => new Activation<Sigmoid>()),
        ("silu", typeof(Silu), () => new Activation<Silu>()),
        ("softmax", typeof(Softmax), () => new Lambda("Softmax", x => x.Softmax())),
        ("softplus", typeof(Softplus), () => new Activation<Softplus>()),
        ("softsign", typeof(Softsign), () => new Activation<Softsign>()),
        ("tanh", typeof(Tanh), () => new Activation<Tanh>()),
    ];

    /// <summary>All names, in alphabetical order.</summary>
    public static IEnumerable<string> Names => s_all.Select(one => one.Name);

    /// <summary>The operations that the names stand for, in the same order.</summary>
    public static IEnumerable<Type> Operations => s_all.Select(one => one.Operation);

    /// <summary>A new layer of that activation.</summary>
    /// <param name="name">One of <see cref="Names"/>; case does not matter.</param>
    /// <exception cref="ArgumentException">There is no such activation; the message lists all.</exception>
    public static ILayer Create(string name)
    {
        foreach ((string known, _, Func<ILayer> make) in s_all)
        {
            if (known.Equals(name, StringComparison.OrdinalIgnoreCase)) return make();
        }

        throw new ArgumentException($"ActivationCatalogue: no activation is called '{name}'. There are: {string.Join(", ", Names)}.", nameof(name));
    }
}
