namespace Inkling.Playground;

/// <summary>What a network may see of a point: the names are those of the TensorFlow Playground. To add one, add a line.</summary>
public static class InputFeatures
{
    /// <summary>All of them, in the order in which they enter a network.</summary>
    public static IReadOnlyList<InputFeature> All { get; } =
    [
        new("x", "X₁", "x", (x, _) => x),
        new("y", "X₂", "y", (_, y) => y),
        new("xSquared", "X₁²", "x * x", (x, _) => x * x),
        new("ySquared", "X₂²", "y * y", (_, y) => y * y),
        new("xTimesY", "X₁X₂", "x * y", (x, y) => x * y),
        new("sinX", "sin X₁", "MathF.Sin(x)", (x, _) => MathF.Sin(x)),
        new("sinY", "sin X₂", "MathF.Sin(y)", (_, y) => MathF.Sin(y)),
        new("cosX", "cos X₁", "MathF.Cos(x)", (x, _) => MathF.Cos(x)),
        new("cosY", "cos X₂", "MathF.Cos(y)", (_, y) => MathF.Cos(y)),
    ];

    /// <summary>The values at points, <c>[n, inputs]</c>.</summary>
    /// <param name="inputs">Names of inputs.</param>
    /// <param name="points">x and y of each point in turn.</param>
    internal static float[] Read(IReadOnlyList<string> inputs, ReadOnlySpan<float> points)
    {
        InputFeature[] features = [.. All.Where(feature => inputs.Contains(feature.Name))];
        float[] values = new float[points.Length / 2 * features.Length];
        for (int i = 0; i < points.Length / 2; i++)
        {
            for (int f = 0; f < features.Length; f++) values[(i * features.Length) + f] = features[f].Of(points[2 * i], points[(2 * i) + 1]);
        }

        return values;
    }

    /// <summary>The names with one on or off, in order.</summary>
    internal static IReadOnlyList<string> Toggle(IReadOnlyList<string> inputs, string name, bool on) =>
        [.. All.Select(feature => feature.Name).Where(one => one == name ? on : inputs.Contains(one))];
}
