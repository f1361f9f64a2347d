using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Every optimizer with the options of a trace in <c>tests/golden/optimizers.py</c>.</summary>
internal static class EveryOptimizer
{
    public static readonly Dictionary<string, Func<ParameterSet, Optimizer>> Cases = new()
    {
        ["sgd"] = p => new Sgd(p, 0.05),
        ["sgd_l2"] = p => new Sgd(p, 0.05) { L2 = 0.1f },
        ["sgd_momentum"] = p => new Sgd(p, 0.02, momentum: 0.9),
        ["sgd_dampening"] = p => new Sgd(p, 0.05, momentum: 0.8, dampening: 0.3) { L2 = 0.1f },
        ["sgd_nesterov"] = p => new Sgd(p, 0.02, momentum: 0.9, nesterov: true) { L2 = 0.1f },
        ["adagrad"] = p => new Adagrad(p) { LearningRate = 0.1f },
        ["adagrad_options"] = p => new Adagrad(p) { LearningRate = 0.1f, RateDecay = 0.01f, L2 = 0.1f, InitialSum = 0.5f, Epsilon = 1e-6f },
        ["adadelta"] = p => new Adadelta(p),
        ["adadelta_options"] = p => new Adadelta(p) { LearningRate = 0.5f, Rho = 0.95f, Epsilon = 1e-4f, L2 = 0.1f },
        ["rmsprop"] = p => new RmsProp(p),
        ["rmsprop_momentum"] = p => new RmsProp(p, momentum: 0.8) { LearningRate = 0.005f, Alpha = 0.9f },
        ["rmsprop_centred"] = p => new RmsProp(p, centred: true),
        ["rmsprop_all"] = p => new RmsProp(p, momentum: 0.8, centred: true) { LearningRate = 0.005f, L2 = 0.1f, Epsilon = 1e-4f },
        ["adam"] = p => new Adam(p) { LearningRate = 0.02f },
        ["adam_l2"] = p => new Adam(p) { LearningRate = 0.02f, Beta1 = 0.8f, Beta2 = 0.99f, Epsilon = 1e-4f, L2 = 0.1f },
        ["adamw"] = p => new AdamW(p) { LearningRate = 0.02f },
        ["adamw_decay"] = p => new AdamW(p) { LearningRate = 0.02f, Beta1 = 0.8f, Beta2 = 0.99f, Epsilon = 1e-4f, WeightDecay = 0.5f },
        ["adamax"] = p => new Adamax(p) { LearningRate = 0.02f },
        ["adamax_l2"] = p => new Adamax(p) { LearningRate = 0.02f, Beta1 = 0.8f, Beta2 = 0.95f, L2 = 0.1f },
        ["nadam"] = p => new NAdam(p) { LearningRate = 0.02f },
        ["nadam_l2"] = p => new NAdam(p) { LearningRate = 0.02f, Beta1 = 0.8f, Beta2 = 0.99f, MomentumDecay = 0.01f, L2 = 0.1f },
        ["radam"] = p => new RAdam(p) { LearningRate = 0.02f },
        ["radam_l2"] = p => new RAdam(p) { LearningRate = 0.02f, Beta1 = 0.8f, Beta2 = 0.99f, Epsilon = 1e-4f, L2 = 0.1f },
        ["lion"] = p => new Lion(p) { LearningRate = 0.01f },
        ["lion_decay"] = p => new Lion(p) { LearningRate = 0.01f, Beta1 = 0.8f, Beta2 = 0.95f, WeightDecay = 0.5f },
        ["rprop"] = p => new Rprop(p),
        ["rprop_options"] = p => new Rprop(p) { LearningRate = 0.05f, Shrink = 0.4f, Grow = 1.5f, SmallestStep = 1e-3f, LargestStep = 0.1f },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];
}
