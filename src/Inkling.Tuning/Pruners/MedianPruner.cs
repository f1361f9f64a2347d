namespace Inkling.Tuning;

/// <summary>Stops a trial whose best value so far is worse than the median of the complete trials at the same step (*Golovin et al. 2017, Google Vizier, §3.2.1*).</summary>
/// <param name="startupTrials">Complete trials before anything is stopped.</param>
/// <param name="warmupSteps">Steps of each trial before it is stopped.</param>
/// <param name="interval">It is asked only every so many steps after those; at least 1.</param>
/// <param name="least">Complete trials that must have reported by the step; at least 1.</param>
public sealed class MedianPruner(int startupTrials = 5, int warmupSteps = 0, int interval = 1, int least = 1) : IPruner
{
    private readonly PercentilePruner _half = new(50, startupTrials, warmupSteps, interval, least);

    /// <inheritdoc/>
    public bool ShouldPrune(PruningContext context) => _half.ShouldPrune(context);
}
