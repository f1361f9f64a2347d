namespace Inkling.Tuning;

/// <summary>What a pruner is given.</summary>
/// <param name="Study">The study.</param>
/// <param name="History">All its trials, the one in question included.</param>
/// <param name="Trial">The trial in question with its reports; there is at least one.</param>
public sealed record PruningContext(StudyRecord Study, TrialHistory History, TrialRecord Trial)
{
    /// <summary>The direction of the objective.</summary>
    public Direction Direction => Study.Specification.Directions[0];

    /// <summary>The last step at which the trial was let go on; −1 at first.</summary>
    public int Passed { get; init; } = -1;

    /// <summary>The step last reported.</summary>
    public int Step => Trial.LastStep ?? throw new InvalidOperationException("Pruner: the trial has reported nothing; call Report before ShouldPrune.");

    /// <summary>The value last reported.</summary>
    public double Value => Trial.Intermediate[Step];

    /// <summary>Whether <paramref name="a"/> is strictly better than <paramref name="b"/>; every number is better than NaN.</summary>
    public bool IsBetter(double a, double b) => !double.IsNaN(a) && (double.IsNaN(b) || (Direction == Direction.Minimize ? a < b : a > b));
}
