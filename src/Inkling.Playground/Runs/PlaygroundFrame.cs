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

    /// <summary>Of each layer of weights, of each of its neurons: the weights of what comes in, row-major.</summary>
    public required float[][] Weights { get; init; }

    /// <summary>Of each layer of weights: the bias of each of its neurons.</summary>
    public required float[][] Biases { get; init; }

    /// <summary>The step at which the run diverged; null while it holds.</summary>
    public long? DivergedAt { get; init; }

    /// <summary>Looks at a run.</summary>
    public static PlaygroundFrame Of(PlaygroundRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        (float training, float test) = run.Losses();
        return new PlaygroundFrame
        {
            Step = run.Step,
            Epoch = run.Epoch,
            TrainingLoss = training,
            TestLoss = test,
            Weights = [.. run.Network.Layers.Select(layer => layer.Weight.Values.ToArray())],
            Biases = [.. run.Network.Layers.Select(layer => layer.Bias!.Values.ToArray())],
            DivergedAt = run.DivergedAt,
        };
    }
}
