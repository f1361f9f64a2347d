namespace Inkling.Playground;

/// <content>Gates, and those of as many classes as are wanted.</content>
public static partial class PointSets
{
    /// <summary>The four inputs of a gate, 0 or 1 each; noise moves nothing.</summary>
    private static PointSet Gate(string name, string label, Func<bool, bool, bool> says) =>
        new(name, label, ProblemKind.Classification, 4, (i, _, _) => new LabelledPoint(i >> 1, i & 1, says(i >> 1 == 1, (i & 1) == 1) ? 1 : -1)) { Reach = 1.5f };

    private static PointSet OfClasses(string name, string label, Func<int, int, float, PointRandom, LabelledPoint> make) =>
        new(name, label, ProblemKind.Classification, Few, (i, noise, random) => OfTwo(make(2, i, noise, random))) { MakeOfClasses = make };

    private static LabelledPoint OfTwo(LabelledPoint point) => point with { Label = (2 * point.Label) - 1 };

    /// <summary>An arm of a spiral for each class: the more classes, the shorter the turn, so that arms do not touch.</summary>
    private static LabelledPoint Arm(int classes, int i, float noise, PointRandom random)
    {
        int label = i % classes;
        float at = ((i / classes) + 1f) / ((Few / classes) + 1), turn = (2.2f / MathF.Sqrt(classes) * at * 2 * MathF.PI) + (2 * MathF.PI * label / classes), thick = 0.12f + (2 * noise);
        float x = (Radius * at * MathF.Sin(turn)) + (random.Uniform(-1, 1) * thick), y = (Radius * at * MathF.Cos(turn)) + (random.Uniform(-1, 1) * thick);
        return new LabelledPoint(x, y, label);
    }

    /// <summary>A cloud for each class, their middles on a circle.</summary>
    private static LabelledPoint Blob(int classes, int i, float noise, PointRandom random)
    {
        int label = i % classes;
        float angle = 2 * MathF.PI * label / classes, variance = 0.35f + (noise * 5);
        return new LabelledPoint(Within((3.4f * MathF.Sin(angle)) + random.Normal(0, variance)), Within((3.4f * MathF.Cos(angle)) + random.Normal(0, variance)), label);
    }

    private static float Within(float value) => Math.Clamp(value, -6, 6);
}
