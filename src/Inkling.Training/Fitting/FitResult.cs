using System.Globalization;
using Inkling.Training.Logs;

namespace Inkling.Training;

/// <summary>How a run went.</summary>
public sealed record FitResult
{
    /// <summary>Why it ended.</summary>
    public required StopReason Reason { get; init; }

    /// <summary>What was known at each validation.</summary>
    public required IReadOnlyList<EpochRecord> History { get; init; }

    /// <summary>The best validation, whose parameters the model now has; null where nothing was held out.</summary>
    public ValidationResult? Best { get; init; }

    /// <summary>The step after which it was found.</summary>
    public long BestStep { get; init; }

    /// <summary>Where numbers that are not finite came from, where <see cref="Reason"/> is <see cref="StopReason.Diverged"/>.</summary>
    public Divergence? Divergence { get; init; }

    /// <summary>Time spent.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The result in a sentence.</summary>
    public override string ToString()
    {
        string best = Best is null ? "nothing held out" : string.Create(CultureInfo.InvariantCulture, $"best loss {Best.Loss:0.0000} after step {BestStep}");
        string metrics = string.Concat((Best?.Metrics ?? []).Select(metric => string.Create(CultureInfo.InvariantCulture, $", {metric.Name} {metric.Value:0.0000}")));
        return string.Create(CultureInfo.InvariantCulture, $"{Reason} after {Elapsed.TotalSeconds:0.0} s: {best}{metrics}{(Divergence is null ? "" : $". {Divergence}")}");
    }
}
