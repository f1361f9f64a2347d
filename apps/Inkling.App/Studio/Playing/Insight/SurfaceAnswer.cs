namespace Inkling.App.Studio.Playing;

/// <summary>How the picture of the loss stands; its losses stand behind the message, as floats.</summary>
internal sealed record SurfaceAnswer
{
    /// <summary><c>none</c>, <c>running</c>, <c>paused</c> or <c>done</c>.</summary>
    public required string State { get; init; }

    /// <summary>Which plane was asked for.</summary>
    public string? Asked { get; init; }

    /// <summary>Which plane it became.</summary>
    public string? Kind { get; init; }

    /// <summary>How much of the run's way lies in it.</summary>
    public double? Kept { get; init; }

    /// <summary>Places along each side.</summary>
    public int Side { get; init; }

    /// <summary>Places computed.</summary>
    public int Done { get; init; }

    /// <summary>Places in all.</summary>
    public int Total { get; init; }

    /// <summary>The training loss where the run stands.</summary>
    public double? Loss { get; init; }

    /// <summary>Ways, the run's first; it is there even when it is one place long.</summary>
    public SurfacePathAnswer[] Paths { get; init; } = [];

    /// <summary>What is raced, where racers have ways.</summary>
    public string? Field { get; init; }

    /// <summary>Minima.</summary>
    public SurfaceValleyAnswer[] Valleys { get; init; } = [];
}

/// <summary>A way over the picture.</summary>
/// <param name="Value">The racer's value; null for the run.</param>
/// <param name="Points">Across and down of each place in turn.</param>
internal sealed record SurfacePathAnswer(string? Value, double?[] Points);

/// <summary>A minimum of the picture.</summary>
/// <param name="X">Across.</param>
/// <param name="Y">Down.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Good">Whether it is about as low as the lowest.</param>
internal sealed record SurfaceValleyAnswer(double? X, double? Y, double? Loss, bool Good);
