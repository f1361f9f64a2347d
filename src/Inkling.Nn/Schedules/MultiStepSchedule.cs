namespace Inkling.Nn;

/// <summary>Multiplies the rate by γ at each of some steps (PyTorch's <c>MultiStepLR</c>); a step that is named twice counts twice.</summary>
/// <param name="Milestones">The first steps with a lower rate, in any order.</param>
/// <param name="Gamma">γ, more than 0. Default: 0.1.</param>
public sealed record MultiStepSchedule(IReadOnlyList<long> Milestones, double Gamma = 0.1) : ISchedule
{
    /// <summary>γ.</summary>
    public double Gamma { get; init; } = ScheduleRange.Positive(Gamma, nameof(Gamma));

    /// <inheritdoc/>
    public double FactorAt(long step)
    {
        int passed = 0;
        for (int i = 0; i < Milestones.Count; i++)
        {
            if (Milestones[i] <= step) passed++;
        }

        return Math.Pow(Gamma, passed);
    }
}
