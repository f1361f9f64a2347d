using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>A network in training through the public library.</summary>
internal interface ITraining : IDisposable
{
    /// <summary>Forward, backward, update on the next batch.</summary>
    void Step();

    /// <summary>The loss of the last step's batch, before its update.</summary>
    float Loss { get; }

    /// <summary>Writes initial weights and data for the peer; before the first step.</summary>
    void WriteTo(ExchangeFolder folder);
}

/// <summary>What is trained, and what the peer's script for the same is called.</summary>
internal interface ITrainingRecipe
{
    /// <summary>The network and the batch in a line.</summary>
    string Title { get; }

    /// <summary>The script of bench/peers.</summary>
    string Script { get; }

    /// <summary>What is counted.</summary>
    string Unit { get; }

    /// <summary>How many of the unit a step does.</summary>
    int UnitsPerStep { get; }

    /// <summary>Relative tolerance of the losses of the first steps, ours and the peer's; null where they are meant to compute different things.</summary>
    double? LossTolerance { get; }

    /// <summary>A network with its initial weights; always the same ones.</summary>
    ITraining Start(Team team);
}
