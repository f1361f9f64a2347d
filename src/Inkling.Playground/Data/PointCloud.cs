using System.Text;
using Inkling.Numerics;

namespace Inkling.Playground;

/// <summary>The points of a setup: those that are learnt from and those that test.</summary>
public sealed class PointCloud
{
    /// <summary>A set of fewer points is learnt from whole, and tests too.</summary>
    private const int Few = 10;

    private readonly float[]? _columns;

    private PointCloud(PlaygroundSetup setup, LabelledPoint[] points, int[] rows)
    {
        Classes = setup.ClassCount;
        Reach = PointSets.Find(setup.Points).Reach;
        int training = points.Length < Few ? points.Length : Math.Clamp(points.Length * setup.TrainShare / 100, 1, points.Length - 1), test = points.Length < Few ? 0 : training;
        All = points;
        Training = points[..training];
        Test = points[test..];
        _columns = setup.ReadsColumns ? Columns(setup.Table!, rows) : null;
        TrainingInputs = InputsOf(setup, Training, 0, training);
        TestInputs = InputsOf(setup, Test, test, points.Length);
    }

    /// <summary>Learnt from.</summary>
    public IReadOnlyList<LabelledPoint> Training { get; }

    /// <summary>Never learnt from, unless there are fewer than ten points: then all are both.</summary>
    public IReadOnlyList<LabelledPoint> Test { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<LabelledPoint> All { get; }

    /// <summary>How far the plane that is shown reaches from its middle.</summary>
    public float Reach { get; }

    /// <summary>How many classes there are; 0 where a number is asked for.</summary>
    public int Classes { get; }

    /// <summary>What the network reads of the training points, <c>[n, inputs]</c>.</summary>
    public float[] TrainingInputs { get; }

    /// <summary>What the network reads of the test points, <c>[n, inputs]</c>.</summary>
    public float[] TestInputs { get; }

    /// <summary>Makes the points of a setup; the same setup gives the same points.</summary>
    public static PointCloud Of(PlaygroundSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        LabelledPoint[] made = setup.Table is { } table ? Own(table, setup) : Made(setup);
        int[] rows = [.. Enumerable.Range(0, made.Length)];
        ulong order = SeedOf(setup, "order");
        for (int i = rows.Length - 1; i > 0; i--)
        {
            int j = (int)(CounterRandom.Bits(order, 0, (ulong)i) % (ulong)(i + 1));
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }

        return new PointCloud(setup, [.. rows.Select(row => made[row])], rows);
    }

    /// <summary>What a network reads at places of the plane that the map shows, <c>[n, inputs]</c>; columns that it does not show are at their mean.</summary>
    /// <param name="setup">The setup.</param>
    /// <param name="places">x and y of each place in turn.</param>
    public static float[] InputsAt(PlaygroundSetup setup, ReadOnlySpan<float> places)
    {
        ArgumentNullException.ThrowIfNull(setup);
        if (!setup.ReadsColumns) return InputFeatures.Read(setup.Inputs, places);
        PointTable table = setup.Table!;
        (int width, int across, int up) = (table.Columns.Count, ColumnOf(table, setup.MapX), ColumnOf(table, setup.MapY));
        float[] means = [.. Enumerable.Range(0, width).Select(column => Mean(table, column))], inputs = new float[places.Length / 2 * width];
        for (int i = 0; i < places.Length / 2; i++)
        {
            Span<float> row = inputs.AsSpan(i * width, width);
            means.CopyTo(row);
            row[across] = places[2 * i];
            row[up] = places[(2 * i) + 1];
        }

        return inputs;
    }

    /// <summary>A number that depends on the seed of a setup and on what it is for (FNV-1a).</summary>
    internal static ulong SeedOf(PlaygroundSetup setup, string purpose)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(setup.Seed + "/" + purpose)) hash = (hash ^ b) * 1099511628211;
        return hash;
    }

    private static LabelledPoint[] Made(PlaygroundSetup setup)
    {
        PointSet set = PointSets.Find(setup.Points);
        ulong seed = SeedOf(setup, "points");
        return [.. Enumerable.Range(0, set.Count).Select(i => Make(i, new PointRandom(seed, i)))];

        LabelledPoint Make(int i, PointRandom random) =>
            setup.ClassCount > 2 ? set.MakeOfClasses!(setup.ClassCount, i, setup.Noise / 100f, random) : set.Make(i, setup.Noise / 100f, random);
    }

    /// <summary>Own points as the problem wants them: classes as numbers, or the sign of numbers as classes.</summary>
    private static LabelledPoint[] Own(PointTable table, PlaygroundSetup setup)
    {
        (int width, int across, int up, int classes) = (table.Columns.Count, ColumnOf(table, setup.MapX), ColumnOf(table, setup.MapY), table.ClassNames.Count);
        if (width == 2) (across, up) = (0, 1);
        LabelledPoint[] points = new LabelledPoint[table.Count];
        for (int i = 0; i < points.Length; i++)
        {
            float label = table.Labels[i];
            if (classes == 0) label = setup.Problem == ProblemKind.Regression ? label : label > 0 ? 1 : -1;
            else if (classes == 2 || setup.Problem == ProblemKind.Regression) label = (2 * label / (classes - 1)) - 1;
            points[i] = new LabelledPoint(table.Values[(i * width) + across], width == 1 ? 0 : table.Values[(i * width) + up], label);
        }

        return points;
    }

    private static float[] Columns(PointTable table, int[] rows)
    {
        int width = table.Columns.Count;
        float[] columns = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++) table.Values.Slice(rows[i] * width, width).CopyTo(columns.AsSpan(i * width));
        return columns;
    }

    private static int ColumnOf(PointTable table, int wanted) => Math.Min(wanted, table.Columns.Count - 1);

    private static float Mean(PointTable table, int column)
    {
        double sum = 0;
        for (int i = 0; i < table.Count; i++) sum += table.Values[(i * table.Columns.Count) + column];
        return (float)(sum / table.Count);
    }

    private float[] InputsOf(PlaygroundSetup setup, IReadOnlyList<LabelledPoint> points, int from, int to) =>
        _columns is null ? InputFeatures.Read(setup.Inputs, Places(points)) : _columns[(from * setup.InputCount)..(to * setup.InputCount)];

    /// <summary>x and y of each point in turn.</summary>
    internal static float[] Places(IReadOnlyList<LabelledPoint> points) => [.. points.SelectMany(point => new[] { point.X, point.Y })];

    /// <summary>The label of each point.</summary>
    internal static float[] Labels(IReadOnlyList<LabelledPoint> points) => [.. points.Select(point => point.Label)];
}
