using System.Globalization;
using System.Text;

namespace Inkling.Training.Logs;

/// <summary>
/// A picture of curves as SVG: light or dark as the reader's screen is, with a title and a description for those who do not see it.
/// </summary>
public static class CurvePicture
{
    /// <summary>Draws curves over one pair of axes.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="across">What the axis across says, such as <c>epochs</c>.</param>
    /// <param name="up">What the axis up says, such as <c>loss (nats)</c>.</param>
    /// <param name="logarithmic">Whether the axis across is logarithmic; points at 0 or below are then left out.</param>
    /// <param name="series">The curves, four at most.</param>
    /// <returns>The text of an SVG file.</returns>
    /// <exception cref="ArgumentException">There are more than four curves.</exception>
    public static string Draw(string title, string across, string up, bool logarithmic, params ReadOnlySpan<CurveSeries> series)
    {
        if (series.Length > ChartCanvas.Strokes) throw new ArgumentException($"CurvePicture: {series.Length} curves; {ChartCanvas.Strokes} can be told apart. Draw several pictures.", nameof(series));
        CurveSeries[] all = [.. series.ToArray().Select(one => one with { Points = [.. one.Points.Where(point => !logarithmic || point.X > 0).Select(point => (logarithmic ? Math.Log10(point.X) : point.X, point.Y))] })];
        (double X, double Y)[] shown = [.. all.SelectMany(one => one.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        ChartAxis x = ChartAxis.Over(shown.Select(point => point.X), ChartCanvas.Left, ChartCanvas.Width - ChartCanvas.Right, whole: logarithmic);
        ChartAxis y = ChartAxis.Over(shown.Select(point => point.Y), ChartCanvas.Height - ChartCanvas.Bottom, ChartCanvas.Top, whole: false);
        ChartCanvas canvas = new(title, Describe(title, across, up, series));
        canvas.Grid(y, up);
        foreach (double tick in x.Ticks) canvas.Label(x.At(tick), ChartCanvas.Height - ChartCanvas.Bottom + 18, "middle", logarithmic ? "1e" + x.Label(tick) : x.Label(tick));
        canvas.Label((ChartCanvas.Left + ChartCanvas.Width - ChartCanvas.Right) / 2.0, ChartCanvas.Height - 10, "middle", across);
        for (int i = 0; i < all.Length; i++) Curve(canvas, all[i], i, x, y);
        return canvas.Finish();
    }

    private static void Curve(ChartCanvas canvas, CurveSeries series, int number, ChartAxis x, ChartAxis y)
    {
        const int Dotted = 60; // with more points, dots would hide the line
        foreach (IReadOnlyList<(double X, double Y)> run in Runs(series.Points)) canvas.Polyline(number, run.Select(point => (x.At(point.X), y.At(point.Y))));
        foreach ((double px, double py) in series.Points.Count <= Dotted ? series.Points : [])
        {
            if (double.IsFinite(py)) canvas.Dot(number, x.At(px), y.At(py));
        }

        double at = ChartCanvas.Width - ChartCanvas.Right - 150, row = ChartCanvas.Top + 8 + (18 * number);
        canvas.Line($"curve c{number}", at, row, at + 24, row, ChartCanvas.Dash(number));
        canvas.Label(at + 30, row + 4, "start", series.Name);
    }

    private static IEnumerable<IReadOnlyList<(double X, double Y)>> Runs(IReadOnlyList<(double X, double Y)> points)
    {
        List<(double, double)> run = [];
        foreach ((double x, double y) in points)
        {
            if (double.IsFinite(y)) run.Add((x, y));
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0) yield return run;
    }

    private static string Describe(string title, string across, string up, ReadOnlySpan<CurveSeries> series)
    {
        StringBuilder text = new($"{title}: {up} against {across}.");
        foreach (CurveSeries one in series)
        {
            (double X, double Y)[] finite = [.. one.Points.Where(point => double.IsFinite(point.Y))];
            if (finite.Length == 0) continue;
            (double X, double Y) least = finite.MinBy(point => point.Y);
            text.Append(CultureInfo.InvariantCulture, $" {one.Name} goes from {finite[0].Y:0.####} to {finite[^1].Y:0.####}; its lowest is {least.Y:0.####} at {least.X:0.####}.");
        }

        return text.ToString();
    }
}
