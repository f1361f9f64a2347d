using System.Globalization;
using System.Text;

namespace Inkling.Training.Logs;

/// <summary>A picture of bars in groups as SVG: light or dark as the reader's screen is, with a title and a description for those who do not see it.</summary>
public static class BarPicture
{
    /// <summary>Draws groups of bars that rise from 0.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="up">What the axis up says, such as <c>loss (nats)</c>.</param>
    /// <param name="series">What the bars of a group are, four at most, such as <c>training</c> and <c>test</c>.</param>
    /// <param name="groups">The groups from left to right. A value that is not finite has no bar.</param>
    /// <returns>The text of an SVG file.</returns>
    /// <exception cref="ArgumentException">There are more than four series, or a group has not one value for each.</exception>
    public static string Draw(string title, string up, IReadOnlyList<string> series, params IReadOnlyList<BarGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(groups);
        if (series.Count < 1 || series.Count > ChartCanvas.Strokes) throw new ArgumentException($"BarPicture: {series.Count} series; give 1 to {ChartCanvas.Strokes}, which can be told apart.", nameof(series));
        if (groups.FirstOrDefault(group => group.Values.Count != series.Count) is { } odd) throw new ArgumentException($"BarPicture: '{odd.Name}' has {odd.Values.Count} values for {series.Count} series; give one for each.", nameof(groups));
        IEnumerable<double> heights = groups.SelectMany(group => group.Values).Where(double.IsFinite);
        ChartAxis y = ChartAxis.Over(heights.Append(0), ChartCanvas.Height - ChartCanvas.Bottom, ChartCanvas.Top + (18 * series.Count), whole: false);
        ChartCanvas canvas = new(title, Describe(title, up, series, groups));
        canvas.Grid(y, up);
        double share = (ChartCanvas.Width - ChartCanvas.Left - ChartCanvas.Right) / (double)Math.Max(1, groups.Count), width = share * 0.7 / series.Count;
        for (int g = 0; g < groups.Count; g++)
        {
            double start = ChartCanvas.Left + (share * (g + 0.15));
            for (int s = 0; s < series.Count; s++) Bar(canvas, s, groups[g].Values[s], start + (width * s), width, y);
            canvas.Label(start + (share * 0.35), ChartCanvas.Height - ChartCanvas.Bottom + 18, "middle", groups[g].Name);
        }

        for (int s = 0; s < series.Count; s++)
        {
            double row = ChartCanvas.Top + 4 + (18 * s);
            canvas.Bar(s, ChartCanvas.Width - ChartCanvas.Right - 150, row - 6, 24, 12);
            canvas.Label(ChartCanvas.Width - ChartCanvas.Right - 120, row + 4, "start", series[s]);
        }

        return canvas.Finish();
    }

    private static void Bar(ChartCanvas canvas, int series, double value, double x, double width, ChartAxis y)
    {
        if (!double.IsFinite(value)) return;
        double at = y.At(value), zero = y.At(0);
        canvas.Bar(series, x + 1, Math.Min(at, zero), width - 2, Math.Abs(at - zero));
        canvas.Label(x + (width / 2), Math.Min(at, zero) - 4, "middle", value.ToString(Math.Abs(value) < 10 ? "0.##" : "0.#", CultureInfo.InvariantCulture));
    }

    private static string Describe(string title, string up, IReadOnlyList<string> series, IReadOnlyList<BarGroup> groups)
    {
        StringBuilder text = new($"{title}: {up}.");
        foreach (BarGroup group in groups)
            text.Append(CultureInfo.InvariantCulture, $" {group.Name}: {string.Join(", ", series.Zip(group.Values, (name, value) => string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.####}")))}.");
        return text.ToString();
    }
}
