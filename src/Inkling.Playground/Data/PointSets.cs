namespace Inkling.Playground;

/// <summary>
/// The kinds of points, as the TensorFlow Playground has them (circle, xor, gauss, spiral; plane and bumps), two moons, and sets of as many classes as are wanted.
/// To add one, add a line.
/// </summary>
public static partial class PointSets
{
    private const int Few = 500, Many = 1200;
    private const float Radius = 5;

    private static readonly (float X, float Y, float Sign)[] s_bumps = [(-4, 2.5f, 1), (0, 2.5f, -1), (4, 2.5f, 1), (-4, -2.5f, -1), (0, -2.5f, 1), (4, -2.5f, -1)];

    /// <summary>All of them, in the order of the page.</summary>
    public static IReadOnlyList<PointSet> All { get; } =
    [
        new("circle", "Circle", ProblemKind.Classification, Few, Circle),
        new("xor", "Xor", ProblemKind.Classification, Few, Xor),
        new("gauss", "Gauss", ProblemKind.Classification, Few, Gauss),
        new("spiral", "Spiral", ProblemKind.Classification, Few, Spiral),
        new("moons", "Moons", ProblemKind.Classification, Few, Moons),
        OfClasses("arms", "Arms", Arm),
        OfClasses("blobs", "Blobs", Blob),
        Gate("gate-and", "AND", (a, b) => a && b),
        Gate("gate-or", "OR", (a, b) => a || b),
        Gate("gate-nand", "NAND", (a, b) => !(a && b)),
        Gate("gate-xor", "XOR", (a, b) => a != b),
        Own("own", ProblemKind.Classification),
        new("reg-plane", "Plane", ProblemKind.Regression, Many, Plane),
        new("reg-gauss", "Bumps", ProblemKind.Regression, Many, Bumps),
        Own("reg-own", ProblemKind.Regression),
    ];

    /// <summary>The names of those that ask a question.</summary>
    public static IReadOnlyList<string> NamesOf(ProblemKind problem) => [.. All.Where(set => set.Problem == problem).Select(set => set.Name)];

    /// <summary>The set of a name.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static PointSet Find(string name) => All.FirstOrDefault(set => set.Name == name)
        ?? throw new ArgumentException($"PointSets: no points are called '{name}'. There are: {string.Join(", ", All.Select(set => set.Name))}.", nameof(name));

    private static PointSet Own(string name, ProblemKind problem) => new(name, "Own", problem, 2, (i, _, _) => new LabelledPoint((6 * i) - 3, 0, (2 * i) - 1)) { IsOwn = true };

    private static LabelledPoint Circle(int i, float noise, PointRandom random)
    {
        bool inside = i < Few / 2;
        float radius = inside ? random.Uniform(0, Radius * 0.5f) : random.Uniform(Radius * 0.7f, Radius), angle = random.Uniform(0, 2 * MathF.PI);
        float x = radius * MathF.Sin(angle), y = radius * MathF.Cos(angle);
        float px = x + (random.Uniform(-Radius, Radius) * noise), py = y + (random.Uniform(-Radius, Radius) * noise);
        // Noise moves the point before it is labelled, as in the original: the border stays sharp and the label is wrong for the place shown.
        return new LabelledPoint(x, y, (px * px) + (py * py) < Radius * 0.5f * (Radius * 0.5f) ? 1 : -1);
    }

    private static LabelledPoint Xor(int i, float noise, PointRandom random)
    {
        const float Gap = 0.3f;
        float x = random.Uniform(-Radius, Radius), y = random.Uniform(-Radius, Radius);
        x += x > 0 ? Gap : -Gap;
        y += y > 0 ? Gap : -Gap;
        float nx = x + (random.Uniform(-Radius, Radius) * noise), ny = y + (random.Uniform(-Radius, Radius) * noise);
        return new LabelledPoint(x, y, nx * ny >= 0 ? 1 : -1);
    }

    private static LabelledPoint Gauss(int i, float noise, PointRandom random)
    {
        float variance = 0.5f + (noise * 7), sign = i < Few / 2 ? 1 : -1; // noise 0 to 0.5 becomes a variance of 0.5 to 4
        return new LabelledPoint(random.Normal(2 * sign, variance), random.Normal(2 * sign, variance), sign);
    }

    private static LabelledPoint Spiral(int i, float noise, PointRandom random)
    {
        int half = Few / 2, at = i % half;
        float radius = (float)at / half * Radius, turn = (1.75f * at / half * 2 * MathF.PI) + (i < half ? 0 : MathF.PI);
        return new LabelledPoint((radius * MathF.Sin(turn)) + (random.Uniform(-1, 1) * noise), (radius * MathF.Cos(turn)) + (random.Uniform(-1, 1) * noise), i < half ? 1 : -1);
    }

    private static LabelledPoint Moons(int i, float noise, PointRandom random)
    {
        bool upper = i < Few / 2;
        float angle = random.Uniform(0, MathF.PI), thick = 0.4f + (3 * noise);
        float x = (3 * MathF.Cos(angle)) + (upper ? -1.5f : 1.5f), y = (upper ? 1 : -1) * ((3 * MathF.Sin(angle)) - 0.9f);
        return new LabelledPoint(x + random.Normal(0, thick * thick * 0.25f), y + random.Normal(0, thick * thick * 0.25f), upper ? 1 : -1);
    }

    private static LabelledPoint Plane(int i, float noise, PointRandom random)
    {
        float x = random.Uniform(-6, 6), y = random.Uniform(-6, 6);
        float nx = random.Uniform(-6, 6) * noise, ny = random.Uniform(-6, 6) * noise;
        return new LabelledPoint(x, y, Math.Clamp((x + nx + y + ny) / 10, -1, 1));
    }

    private static LabelledPoint Bumps(int i, float noise, PointRandom random)
    {
        float x = random.Uniform(-6, 6), y = random.Uniform(-6, 6);
        float nx = x + (random.Uniform(-6, 6) * noise), ny = y + (random.Uniform(-6, 6) * noise), label = 0;
        foreach ((float bx, float by, float sign) in s_bumps)
        {
            float distance = MathF.Sqrt(((nx - bx) * (nx - bx)) + ((ny - by) * (ny - by)));
            float height = sign * Math.Clamp((2 - distance) / 2, 0, 1);
            if (MathF.Abs(height) > MathF.Abs(label)) label = height;
        }

        return new LabelledPoint(x, y, label);
    }
}
