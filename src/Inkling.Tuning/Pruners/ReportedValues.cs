namespace Inkling.Tuning;

/// <summary>What other trials had reported by a step.</summary>
internal static class ReportedValues
{
    /// <summary>The best value of a trial up to a step, in the direction of the study; NaN if there is none.</summary>
    public static double Best(PruningContext context, TrialRecord trial, int step)
    {
        double best = double.NaN;
        foreach ((int at, double value) in trial.Intermediate)
        {
            if (at > step) break;
            if (context.IsBetter(value, best)) best = value;
        }

        return best;
    }

    /// <summary>The value below which a share of the sorted values lies, interpolated; they are sorted from the best to the worst.</summary>
    public static double Percentile(double[] ordered, double share)
    {
        double place = share * (ordered.Length - 1);
        int below = (int)Math.Floor(place), above = Math.Min(below + 1, ordered.Length - 1);
        return place == below || ordered[below] == ordered[above] || double.IsInfinity(ordered[below]) ? ordered[below] : ordered[below] + (place - below) * (ordered[above] - ordered[below]);
    }
}
