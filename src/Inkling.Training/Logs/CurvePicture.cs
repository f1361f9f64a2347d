using System.Globalization;
using System.Net;
using System.Text;

namespace Inkling.Training.Logs;

/// <summary>
/// A picture of curves as SVG: light or dark as the reader's screen is, with a title and a description for those who do not see it.
/// </summary>
/// <remarks>
/// Written here and not by a plotting package, because this floor has none, because text in a repository shows in a review, and because one
/// file serves both light and dark pages, which a bitmap does not. It has what a loss curve needs and nothing more.
/// </remarks>
public static class CurvePicture
{
    private const int Width = 720, Height = 360, Left = 64, Right = 24, Top = 44, Bottom = 48;

    // Told apart by people with colour blindness (Okabe, Ito 2008); dashes tell them apart in print.
    private static readonly (string Light, string Dark, string Dash)[] s_strokes =
        [("#0072b2", "#56b4e9", ""), ("#d55e00", "#e69f00", ""), ("#007a5a", "#00c896", "6 4"), ("#a3437a", "#cc79a7", "2 3")];

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
        if (series.Length > s_strokes.Length) throw new ArgumentException($"CurvePicture: {series.Length} curves; {s_strokes.Length} can be told apart. Draw several pictures.", nameof(series));
        CurveSeries[] all = [.. series.ToArray().Select(one => one with { Points = [.. one.Points.Where(point => !logarithmic || point.X > 0).Select(point => (logarithmic ? Math.Log10(point.X) : point.X, point.Y))] })];
        (double X, double Y)[] shown = [.. all.SelectMany(one => one.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        Axis x = Axis.Over(shown.Select(point => point.X), Left, Width - Right, whole: logarithmic), y = Axis.Over(shown.Select(point => point.Y), Height - Bottom, Top, whole: false);
        StringBuilder svg = new();
        Head(svg, title, Describe(title, across, up, series));
        foreach (double tick in y.Ticks)
        {
            Line(svg, "grid", Left, y.At(tick), Width - Right, y.At(tick));
            Label(svg, Left - 8, y.At(tick) + 4, "end", y.Label(tick));
        }

        foreach (double tick in x.Ticks) Label(svg, x.At(tick), Height - Bottom + 18, "middle", logarithmic ? "1e" + x.Label(tick) : x.Label(tick));
        Label(svg, (Left + Width - Right) / 2.0, Height - 10, "middle", across);
        Label(svg, 8, Top - 12, "start", up);
        Label(svg, Width / 2.0, 20, "middle", title, "title");
        for (int i = 0; i < all.Length; i++) Curve(svg, all[i], i, x, y);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Head(StringBuilder svg, string title, string description)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-labelledby=\"title desc\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"title\">{Escaped(title)}</title>\n<desc id=\"desc\">{Escaped(description)}</desc>\n<style>\n");
        svg.Append("text{font:13px system-ui,sans-serif;fill:#333}.title{font-size:15px;font-weight:600}.back{fill:#fff}.grid{stroke:#ddd;fill:none}.curve{fill:none;stroke-width:2;stroke-linejoin:round}\n");
        for (int i = 0; i < s_strokes.Length; i++) svg.Append(CultureInfo.InvariantCulture, $".c{i}{{stroke:{s_strokes[i].Light}}}.d{i}{{fill:{s_strokes[i].Light};stroke:none}}");
        svg.Append("\n@media (prefers-color-scheme:dark){text{fill:#ddd}.back{fill:#181a1b}.grid{stroke:#3a3d3f}");
        for (int i = 0; i < s_strokes.Length; i++) svg.Append(CultureInfo.InvariantCulture, $".c{i}{{stroke:{s_strokes[i].Dark}}}.d{i}{{fill:{s_strokes[i].Dark}}}");
        svg.Append(CultureInfo.InvariantCulture, $"}}\n</style>\n<rect class=\"back\" width=\"{Width}\" height=\"{Height}\"/>\n");
    }

    private static void Curve(StringBuilder svg, CurveSeries series, int number, Axis x, Axis y)
    {
        const int Dotted = 60; // with more points, dots would hide the line
        string dash = s_strokes[number].Dash.Length > 0 ? $" stroke-dasharray=\"{s_strokes[number].Dash}\"" : "";
        foreach (IReadOnlyList<(double X, double Y)> run in Runs(series.Points))
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"curve c{number}\"{dash} points=\"{string.Join(' ', run.Select(point => $"{Pixel(x.At(point.X))},{Pixel(y.At(point.Y))}"))}\"/>\n");
        foreach ((double px, double py) in series.Points.Count <= Dotted ? series.Points : [])
        {
            if (double.IsFinite(py)) svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"d{number}\" cx=\"{Pixel(x.At(px))}\" cy=\"{Pixel(y.At(py))}\" r=\"2.5\"/>\n");
        }

        double at = Width - Right - 150, row = Top + 8 + (18 * number);
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"curve c{number}\"{dash} x1=\"{Pixel(at)}\" y1=\"{Pixel(row)}\" x2=\"{Pixel(at + 24)}\" y2=\"{Pixel(row)}\"/>\n");
        Label(svg, at + 30, row + 4, "start", series.Name);
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

    private static void Line(StringBuilder svg, string kind, double x1, double y1, double x2, double y2)
        => svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{kind}\" x1=\"{Pixel(x1)}\" y1=\"{Pixel(y1)}\" x2=\"{Pixel(x2)}\" y2=\"{Pixel(y2)}\"/>\n");

    private static void Label(StringBuilder svg, double x, double y, string anchor, string text, string? kind = null)
        => svg.Append(CultureInfo.InvariantCulture, $"<text{(kind is null ? "" : $" class=\"{kind}\"")} x=\"{Pixel(x)}\" y=\"{Pixel(y)}\" text-anchor=\"{anchor}\">{Escaped(text)}</text>\n");

    private static string Pixel(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Round numbers over a range, and where they lie.</summary>
    private sealed record Axis(double From, double To, double Start, double End, double Step)
    {
        public IEnumerable<double> Ticks
        {
            get
            {
                for (long i = (long)Math.Ceiling((From / Step) - 1e-9); i * Step <= To + (Step * 1e-9); i++) yield return i * Step;
            }
        }

        public static Axis Over(IEnumerable<double> values, double start, double end, bool whole)
        {
            (double from, double to) = (values.DefaultIfEmpty(0).Min(), values.DefaultIfEmpty(1).Max());
            if (to <= from) (from, to) = (from - (Math.Abs(from) / 10) - 1e-6, to + (Math.Abs(to) / 10) + 1e-6);
            double rough = (to - from) / 6, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            double step = new[] { 1, 2, 5, 10 }.First(factor => factor * power >= rough * (1 - 1e-9)) * power;
            if (whole) step = Math.Max(1, Math.Round(step));
            return new Axis(from, to, start, end, step);
        }

        public double At(double value) => Start + ((value - From) / (To - From) * (End - Start));

        public string Label(double value) => (Math.Abs(value) < Step * 1e-9 ? 0 : value).ToString("0.######", CultureInfo.InvariantCulture);
    }
}
