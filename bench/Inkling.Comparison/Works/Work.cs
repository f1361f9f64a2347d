namespace Inkling.Comparison;

/// <summary>Work of our own that is measured under several conditions: threads, widths, a busy processor.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="UnitsPerStep">How many of the unit a step does.</param>
/// <param name="Step">Does it once.</param>
/// <param name="Fingerprint">Numbers that show whether the same was computed, bit for bit.</param>
internal sealed record Work(string Name, string Unit, double UnitsPerStep, Action Step, Func<float[]> Fingerprint)
{
    /// <summary>Units a second.</summary>
    public double Speed(double seconds, Clock clock) => Comparison.Speed.Of(Step, seconds, clock) * UnitsPerStep;
}
