using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>Orders finished trials from the best to the worst.</summary>
internal static class TrialRanking
{
    /// <summary>
    /// Feasible complete trials by their value (several objectives: by fronts, and inside a front the lonely first); then pruned ones, those that got further first; then those
    /// that violate constraints, by how far.
    /// </summary>
    public static TrialRecord[] Order(IReadOnlyList<TrialRecord> trials, ImmutableArray<Direction> directions)
    {
        TrialRecord[] complete = [.. trials.Where(trial => trial.State == TrialState.Complete && trial.IsFeasible)];
        IEnumerable<TrialRecord> ordered = directions.Length == 1 ? complete.OrderBy(trial => Loss(trial, directions[0])).ThenBy(trial => trial.Number) : Fronts(complete, directions).SelectMany(front => front);
        IEnumerable<TrialRecord> pruned = trials.Where(trial => trial.State == TrialState.Pruned && trial.IsFeasible)
            .OrderByDescending(trial => trial.LastStep ?? -1).ThenBy(trial => trial.Values.IsEmpty ? double.PositiveInfinity : Loss(trial, directions[0])).ThenBy(trial => trial.Number);
        IEnumerable<TrialRecord> infeasible = trials.Where(trial => trial.State is TrialState.Complete or TrialState.Pruned && !trial.IsFeasible).OrderBy(Violation).ThenBy(trial => trial.Number);
        return [.. ordered, .. pruned, .. infeasible];
    }

    /// <summary>By how much constraints are violated in all.</summary>
    public static double Violation(TrialRecord trial) => trial.Constraints.Sum(constraint => Math.Max(0, constraint));

    /// <summary>Trials in fronts none of which dominates an earlier one, each from the loneliest to the most crowded trial (*Deb, Pratap, Agarwal and Meyarivan 2002, §III*).</summary>
    public static IReadOnlyList<TrialRecord[]> Fronts(IReadOnlyList<TrialRecord> trials, ImmutableArray<Direction> directions)
    {
        var all = new Places(trials, directions);
        int[] dominators = new int[trials.Count];
        for (int i = 0; i < trials.Count; i++)
        {
            for (int k = 0; k < trials.Count; k++)
            {
                if (all.Dominates(k, i)) dominators[i]++;
            }
        }

        var fronts = new List<TrialRecord[]>();
        List<int> left = [.. Enumerable.Range(0, trials.Count)];
        while (left.Count > 0)
        {
            int[] front = [.. left.Where(i => dominators[i] == 0)];
            left.RemoveAll(i => dominators[i] == 0);
            foreach (int i in left)
            {
                foreach (int k in front)
                {
                    if (all.Dominates(k, i)) dominators[i]--;
                }
            }

            fronts.Add(ByDistance([.. front.Select(i => trials[i])], directions));
        }

        return fronts;
    }

    private static double Loss(TrialRecord trial, Direction direction) => direction == Direction.Minimize ? trial.Values[0] : -trial.Values[0];

    private static TrialRecord[] ByDistance(TrialRecord[] front, ImmutableArray<Direction> directions)
    {
        double[] distances = new double[front.Length];
        for (int objective = 0; objective < directions.Length; objective++)
        {
            int[] order = [.. Enumerable.Range(0, front.Length).OrderBy(i => front[i].Values[objective]).ThenBy(i => front[i].Number)];
            double range = front[order[^1]].Values[objective] - front[order[0]].Values[objective];
            distances[order[0]] = distances[order[^1]] = double.PositiveInfinity;
            for (int i = 1; i < order.Length - 1 && range > 0 && double.IsFinite(range); i++)
                distances[order[i]] += (front[order[i + 1]].Values[objective] - front[order[i - 1]].Values[objective]) / range;
        }

        return [.. Enumerable.Range(0, front.Length).OrderByDescending(i => distances[i]).ThenBy(i => front[i].Number).Select(i => front[i])];
    }

    // What is compared n² times.
    private sealed class Places(IReadOnlyList<TrialRecord> trials, ImmutableArray<Direction> directions)
    {
        private readonly double[] _violations = [.. trials.Select(Violation)];
        private readonly double[][] _losses = [.. trials.Select(trial => trial.Values.Select((value, j) => directions[j] == Direction.Minimize ? value : -value).ToArray())];

        // Feasible before infeasible, less before more violated, then by the objectives.
        public bool Dominates(int a, int b)
        {
            if (_violations[a] != _violations[b]) return _violations[a] < _violations[b];
            if (_violations[a] != 0) return false;
            double[] first = _losses[a], second = _losses[b];
            bool better = false;
            for (int j = 0; j < first.Length; j++)
            {
                if (first[j] > second[j]) return false;
                better |= first[j] < second[j];
            }

            return better;
        }
    }
}
