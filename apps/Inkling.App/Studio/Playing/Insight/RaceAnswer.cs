namespace Inkling.App.Studio.Playing;

/// <summary>How a race stands.</summary>
internal sealed record RaceAnswer
{
    /// <summary><c>none</c>, <c>running</c>, <c>paused</c> or <c>over</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why what was asked for cannot be.</summary>
    public string? Problem { get; init; }

    /// <summary>What is raced.</summary>
    public string? Field { get; init; }

    /// <summary>When it ends.</summary>
    public int Epochs { get; init; }

    /// <summary>Epochs that all have made.</summary>
    public int Epoch { get; init; }

    /// <summary>The epochs of the points of the curves.</summary>
    public int[] CurveEpochs { get; init; } = [];

    /// <summary>Points along each side of a map; the maps stand behind the message, in this order.</summary>
    public int MapSide { get; init; }

    /// <summary>Those that race.</summary>
    public RacerAnswer[] Racers { get; init; } = [];

    /// <summary>Places among them, the best first.</summary>
    public int[] Ranking { get; init; } = [];
}

/// <summary>How one of a race stands.</summary>
/// <param name="Value">Its value of the field.</param>
/// <param name="TestLoss">Null when it is no number.</param>
/// <param name="TrainingLoss">Null when it is no number.</param>
/// <param name="DivergedAt">The step.</param>
/// <param name="Curve">Test losses.</param>
internal sealed record RacerAnswer(string Value, double? TestLoss, double? TrainingLoss, long? DivergedAt, double?[] Curve);
