using Inkling.Nn;

namespace Inkling.Playground;

/// <summary>What can be chosen by name.</summary>
public static class PlaygroundChoices
{
    private static readonly (string Name, Func<ParameterSet, PlaygroundSetup, Optimizer> Make)[] s_optimizers =
    [
        ("sgd", (p, s) => new Sgd(p, s.LearningRate) { L1 = L1(s), L2 = L2(s) }),
        ("momentum", (p, s) => new Sgd(p, s.LearningRate, s.Momentum) { L1 = L1(s), L2 = L2(s) }),
        ("nesterov", (p, s) => new Sgd(p, s.LearningRate, s.Momentum, nesterov: s.Momentum > 0) { L1 = L1(s), L2 = L2(s) }),
        ("adagrad", (p, s) => new Adagrad(p) { L1 = L1(s), L2 = L2(s) }),
        ("adadelta", (p, s) => new Adadelta(p) { L1 = L1(s), L2 = L2(s) }),
        ("rmsprop", (p, s) => new RmsProp(p) { L1 = L1(s), L2 = L2(s) }),
        ("adam", (p, s) => new Adam(p) { Beta1 = (float)s.Momentum, L1 = L1(s), L2 = L2(s) }),
        ("adamw", (p, s) => new AdamW(p) { Beta1 = (float)s.Momentum, WeightDecay = (float)s.WeightDecay, L1 = L1(s), L2 = L2(s) }),
        ("adamax", (p, s) => new Adamax(p) { Beta1 = (float)s.Momentum, L1 = L1(s), L2 = L2(s) }),
        ("nadam", (p, s) => new NAdam(p) { Beta1 = (float)s.Momentum, L1 = L1(s), L2 = L2(s) }),
        ("radam", (p, s) => new RAdam(p) { Beta1 = (float)s.Momentum, L1 = L1(s), L2 = L2(s) }),
        ("lion", (p, s) => new Lion(p) { Beta1 = (float)s.Momentum, WeightDecay = (float)s.WeightDecay, L1 = L1(s), L2 = L2(s) }),
        ("rprop", (p, s) => new Rprop(p) { L1 = L1(s), L2 = L2(s) }),
        // Its penalty stands in the loss. One step is one iteration over all points.
        ("lbfgs", (p, _) => new Lbfgs(p, history: 10, lineSearch: true) { MostIterations = 1, MostEvaluations = 25 }),
    ];

    private static readonly (string Name, Func<Action<Parameter, ulong>> Make)[] s_initializers =
    [
        ("glorot", Nn.Initializer.Glorot),
        ("xavier-uniform", () => Nn.Initializer.XavierUniform()),
        ("xavier-normal", () => Nn.Initializer.XavierNormal()),
        ("he-uniform", () => Nn.Initializer.HeUniform()),
        ("he-normal", () => Nn.Initializer.HeNormal()),
        ("lecun-uniform", Nn.Initializer.LeCunUniform),
        ("lecun-normal", Nn.Initializer.LeCunNormal),
        ("fan-in", Nn.Initializer.FanIn),
        ("orthogonal", () => Nn.Initializer.Orthogonal()),
        ("identity", () => Nn.Initializer.Identity()),
        ("sparse", () => Nn.Initializer.Sparse(0.5, 0.5)),
        ("truncated-normal", () => Nn.Initializer.TruncatedNormal(0.5)),
        ("normal", () => Nn.Initializer.Normal(0.5f)),
        ("uniform", () => Nn.Initializer.Uniform(0.5f)),
        ("ones", Nn.Initializer.Ones),
        ("zeros", Nn.Initializer.Zeros),
        ("constant", () => Nn.Initializer.Constant(0.5f)),
    ];

    /// <summary>
    /// Activations of hidden neurons: <c>linear</c>, <c>step</c> (0 or 1, a threshold whose gradient passes as it is: Bengio et al. 2013), and of
    /// <see cref="ActivationCatalogue"/> those that look at one number.
    /// </summary>
    public static IReadOnlyList<string> Activations { get; } =
        ["tanh", "relu", "sigmoid", "linear", .. ActivationCatalogue.Names.Except(["tanh", "relu", "sigmoid", "softmax", "log_softmax", "prelu"]), "step"];

    /// <summary>The optimizers.</summary>
    public static IReadOnlyList<string> Optimizers { get; } = [.. s_optimizers.Select(one => one.Name)];

    /// <summary>How weights can begin.</summary>
    public static IReadOnlyList<string> Initializers { get; } = [.. s_initializers.Select(one => one.Name)];

    /// <summary>Learning rates to choose from; others are allowed.</summary>
    public static IReadOnlyList<double> LearningRates { get; } = [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

    /// <summary>Rates of the penalty to choose from; others are allowed.</summary>
    public static IReadOnlyList<double> PenaltyRates { get; } = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

    /// <summary>The layer of an activation, or null for <c>linear</c>, which does nothing.</summary>
    internal static ILayer? CreateActivation(string name, bool learns = true) => name switch { "linear" => null, "step" => new Lambda("Step", learns ? Threshold.Step : Threshold.Fires), _ => ActivationCatalogue.Create(name) };

    /// <summary>The initializer of a setup.</summary>
    internal static Action<Parameter, ulong> CreateInitializer(PlaygroundSetup setup) => setup.StartsAtZero ? Nn.Initializer.Zeros() : s_initializers.First(one => one.Name == setup.Initializer).Make();

    /// <summary>The optimizer of a setup.</summary>
    internal static Optimizer CreateOptimizer(ParameterSet parameters, PlaygroundSetup setup)
    {
        Optimizer optimizer = s_optimizers.First(one => one.Name == setup.Optimizer).Make(parameters, setup);
        optimizer.LearningRate = (float)setup.LearningRate;
        optimizer.Team = Numerics.Team.Single;
        return optimizer;
    }

    private static float L1(PlaygroundSetup setup) => setup.Penalty == PenaltyKind.L1 ? (float)setup.PenaltyRate : 0;

    private static float L2(PlaygroundSetup setup) => setup.Penalty == PenaltyKind.L2 ? (float)setup.PenaltyRate : 0;
}
