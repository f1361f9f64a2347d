namespace Inkling.Playground;

/// <summary>One run of a <see cref="Sweep"/>.</summary>
public sealed class SweepTrial
{
    internal SweepTrial(string first, string second, double x, double y) => (First, Second, X, Y) = (first, second, x, y);

    /// <summary>The value of the first field.</summary>
    public string First { get; }

    /// <summary>The value of the second field.</summary>
    public string Second { get; }

    /// <summary>Where it lies along the first axis, 0 to 1.</summary>
    public double X { get; }

    /// <summary>Where it lies along the second axis, 0 to 1.</summary>
    public double Y { get; }

    /// <summary>Whether it has ended.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The mean loss over the test points at its end; not a number before, and where it diverged.</summary>
    public float TestLoss { get; private set; } = float.NaN;

    /// <summary>The step at which it diverged; null when it did not.</summary>
    public long? DivergedAt { get; private set; }

    internal void End(PlaygroundRun run)
    {
        IsDone = true;
        DivergedAt = run.DivergedAt;
        TestLoss = run.DivergedAt is null ? run.Losses().Test : float.NaN;
    }
}
