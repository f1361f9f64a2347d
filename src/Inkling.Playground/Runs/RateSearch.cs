namespace Inkling.Playground;

/// <summary>What to do about a run that diverged: the largest learning rate of the page that holds.</summary>
public static class RateSearch
{
    private const long MostSteps = 4000;

    /// <summary>Runs the setup anew with smaller and smaller rates of <see cref="PlaygroundChoices.LearningRates"/> and 0.000001, twice as long as until it diverged, 4,000 steps at most each.</summary>
    /// <param name="setup">The setup that diverged.</param>
    /// <param name="divergedAt">The step at which it did.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The rate; null when none holds.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double? Find(PlaygroundSetup setup, long divergedAt, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        long steps = Math.Min(MostSteps, (2 * divergedAt) + 10);
        foreach (double rate in PlaygroundChoices.LearningRates.Append(1e-6).Where(rate => rate < setup.LearningRate).OrderDescending())
        {
            using PlaygroundRun run = new(setup with { LearningRate = rate });
            float before = run.Losses().Training;
            bool holds = true;
            for (long i = 0; i < steps && holds && !run.Stopped; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                holds = run.Train();
            }

            // Finite, but far worse than at the start, is no rate to recommend.
            if (holds && run.Losses().Training <= 2 * before) return rate;
        }

        return null;
    }
}
