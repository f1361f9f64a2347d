using System.Text;
using Inkling.Numerics;

namespace Inkling.Playground;

/// <summary>The points of a setup: those that are learnt from and those that test.</summary>
public sealed class PointCloud
{
    private PointCloud(LabelledPoint[] points, int training, int classes)
    {
        Classes = classes;
        Training = points[..training];
        Test = points[training..];
    }

    /// <summary>Learnt from.</summary>
    public IReadOnlyList<LabelledPoint> Training { get; }

    /// <summary>Never learnt from.</summary>
    public IReadOnlyList<LabelledPoint> Test { get; }

    /// <summary>How many classes there are; 0 where a number is asked for.</summary>
    public int Classes { get; }

    /// <summary>Makes the points of a setup; the same setup gives the same points.</summary>
    public static PointCloud Of(PlaygroundSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        PointSet set = PointSets.Find(setup.Points);
        ulong seed = SeedOf(setup, "points");
        LabelledPoint[] points = [.. Enumerable.Range(0, set.Count).Select(i => Make(i, new PointRandom(seed, i)))];
        ulong order = SeedOf(setup, "order");
        for (int i = points.Length - 1; i > 0; i--)
        {
            int j = (int)(CounterRandom.Bits(order, 0, (ulong)i) % (ulong)(i + 1));
            (points[i], points[j]) = (points[j], points[i]);
        }

        return new PointCloud(points, Math.Clamp(points.Length * setup.TrainShare / 100, 1, points.Length - 1), setup.ClassCount);

        LabelledPoint Make(int i, PointRandom random) =>
            setup.ClassCount > 2 ? set.MakeOfClasses!(setup.ClassCount, i, setup.Noise / 100f, random) : set.Make(i, setup.Noise / 100f, random);
    }

    /// <summary>A number that depends on the seed of a setup and on what it is for (FNV-1a).</summary>
    internal static ulong SeedOf(PlaygroundSetup setup, string purpose)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(setup.Seed + "/" + purpose)) hash = (hash ^ b) * 1099511628211;
        return hash;
    }

    /// <summary>x and y of each point in turn.</summary>
    internal static float[] Places(IReadOnlyList<LabelledPoint> points) => [.. points.SelectMany(point => new[] { point.X, point.Y })];

    /// <summary>The label of each point.</summary>
    internal static float[] Labels(IReadOnlyList<LabelledPoint> points) => [.. points.Select(point => point.Label)];
}
