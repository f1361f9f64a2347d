namespace Inkling.Playground;

/// <summary>Points of a kind.</summary>
/// <param name="Name">Its name in an address.</param>
/// <param name="Label">How it is called on the page.</param>
/// <param name="Problem">What it asks.</param>
/// <param name="Count">How many points there are.</param>
/// <param name="Make">One point: its number, the noise (0 to 0.5) and random numbers.</param>
public sealed record PointSet(string Name, string Label, ProblemKind Problem, int Count, Func<int, float, PointRandom, LabelledPoint> Make)
{
    /// <summary>One point of as many classes as are wanted, which come first; null for a set whose classes are given. Labels are numbers of classes, from 0.</summary>
    public Func<int, int, float, PointRandom, LabelledPoint>? MakeOfClasses { get; init; }

    /// <summary>How far the plane that is shown reaches from its middle. Default: 6.</summary>
    public float Reach { get; init; } = 6;

    /// <summary>Whether the points are one's own, <see cref="PlaygroundSetup.Own"/>, and not made.</summary>
    public bool IsOwn { get; init; }
}
