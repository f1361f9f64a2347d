namespace Inkling.Playground;

/// <summary>What the page shows of a run at one moment, beside its maps.</summary>
public sealed record PlaygroundFrame
{
    /// <summary>Updates made.</summary>
    public required long Step { get; init; }

    /// <summary>Passes made, with fraction.</summary>
    public required double Epoch { get; init; }

    /// <summary>The mean loss over the training points.</summary>
    public required float TrainingLoss { get; init; }

    /// <summary>The mean loss over the test points.</summary>
    public required float TestLoss { get; init; }

    /// <summary>The share of training points whose class is right; null where a number is asked for.</summary>
    public float? TrainingAccuracy { get; init; }

    /// <summary>The share of test points whose class is right; null where a number is asked for.</summary>
    public float? TestAccuracy { get; init; }

    /// <summary>Of each layer of weights, of each of its neurons: the weights of what comes in, row-major.</summary>
    public required float[][] Weights { get; init; }

    /// <summary>Of each layer of weights: the bias of each of its neurons.</summary>
    public required float[][] Biases { get; init; }

    /// <summary>The step at which the run diverged; null while it holds.</summary>
    public long? DivergedAt { get; init; }

    /// <summary>Whether training was stopped early.</summary>
    public bool Stopped { get; init; }

    /// <summary>The epoch of the best weights, which are back, once training was stopped early.</summary>
    public double? BestEpoch { get; init; }

    /// <summary>The learning rate of the next step.</summary>
    public double LearningRate { get; init; }

    /// <summary>Looks at a run.</summary>
    public static PlaygroundFrame Of(PlaygroundRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunMeasures measures = run.Measure();
        bool classifies = run.Network.Classes > 0;
        return new PlaygroundFrame
        {
            Step = run.Step,
            Epoch = run.Epoch,
            TrainingLoss = measures.TrainingLoss,
            TestLoss = measures.TestLoss,
            TrainingAccuracy = classifies ? measures.TrainingAccuracy : null,
            TestAccuracy = classifies ? measures.TestAccuracy : null,
            Weights = [.. run.Network.Layers.Select(layer => layer.Weight.Values.ToArray())],
            Biases = [.. run.Network.Layers.Select(layer => layer.Bias!.Values.ToArray())],
            DivergedAt = run.DivergedAt,
            Stopped = run.Stopped,
            BestEpoch = run.BestEpoch,
            LearningRate = run.LearningRate,
        };
    }
}
