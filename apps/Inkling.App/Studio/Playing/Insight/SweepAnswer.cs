namespace Inkling.App.Studio.Playing;

/// <summary>How a sweep stands.</summary>
internal sealed record SweepAnswer
{
    /// <summary><c>none</c>, <c>running</c>, <c>paused</c> or <c>over</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why what was asked for cannot be.</summary>
    public string? Problem { get; init; }

    /// <summary>The field that is drawn across.</summary>
    public SweepAxisAnswer? First { get; init; }

    /// <summary>The field that is drawn upwards.</summary>
    public SweepAxisAnswer? Second { get; init; }

    /// <summary>Epochs of each trial.</summary>
    public int Epochs { get; init; }

    /// <summary>Whether trials were drawn at random.</summary>
    public bool Random { get; init; }

    /// <summary>Trials that have ended.</summary>
    public int Done { get; init; }

    /// <summary>The share of the work that is done.</summary>
    public double Progress { get; init; }

    /// <summary>About how much longer it takes; null while nobody can know.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>The place of the best trial.</summary>
    public int? Best { get; init; }

    /// <summary>The trials.</summary>
    public SweepTrialAnswer[] Trials { get; init; } = [];
}

/// <summary>An axis of a sweep.</summary>
/// <param name="Field">Its field.</param>
/// <param name="Label">How that is written.</param>
/// <param name="Values">Its values.</param>
/// <param name="Places">Where each lies, 0 to 1.</param>
internal sealed record SweepAxisAnswer(string Field, string Label, IReadOnlyList<string> Values, double[] Places);

/// <summary>A trial of a sweep.</summary>
/// <param name="First">Its value of the first field.</param>
/// <param name="Second">Its value of the second field.</param>
/// <param name="X">Where it lies across.</param>
/// <param name="Y">Where it lies upwards.</param>
/// <param name="Done">Whether it has ended.</param>
/// <param name="Loss">Its test loss; null when it is no number.</param>
internal sealed record SweepTrialAnswer(string First, string Second, double X, double Y, bool Done, double? Loss);
