namespace Inkling.Tuning.Regret;

/// <summary>One study of a problem: the regret after every trial, and what the sampler cost.</summary>
/// <param name="Regrets">By trial: the value, without noise, of the trial that looks best so far, minus the minimum.</param>
/// <param name="SecondsPerTrial">Processor time of the process for the last quarter of the trials, divided by their number: with one thread, what the sampler and its study cost.</param>
internal sealed record Run(double[] Regrets, double SecondsPerTrial)
{
    public static Run Of(Problem problem, ISampler sampler, ulong seed)
    {
        int trials = problem.Counts[^1], late = trials - trials / 4;
        double[] regrets = new double[trials];
        double best = double.PositiveInfinity, regret = double.PositiveInfinity;
        var noise = new RandomSource(seed, 0xA015E);
        using Study study = Study.InMemory(seed: seed, options: new StudyOptions { Sampler = sampler });
        TimeSpan begin = default;
        for (int i = 0; i < trials; i++)
        {
            if (i == late) begin = Environment.CpuUsage.TotalTime;
            Trial trial = study.Ask();
            double value = problem.Evaluate(trial), seen = value + problem.Noise * noise.NextGaussian();
            study.Tell(trial, seen);
            if (seen < best) (best, regret) = (seen, value - problem.Minimum);
            regrets[i] = regret;
        }

        return new Run(regrets, (Environment.CpuUsage.TotalTime - begin).TotalSeconds / (trials - late));
    }
}
