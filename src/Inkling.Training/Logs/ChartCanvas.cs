using System.Globalization;
using System.Net;
using System.Text;

namespace Inkling.Training.Logs;

/// <summary>
/// What pictures of numbers have in common, as SVG: light or dark as the reader's screen is, with a title and a description for those who do not see it.
/// </summary>
/// <remarks>
/// Written here and not by a plotting package, because this floor has none, because text in a repository shows in a review, and because one
/// file serves both light and dark pages, which a bitmap does not. It has what a loss curve needs and nothing more.
/// </remarks>
internal sealed class ChartCanvas
{
    public const int Width = 720, Height = 360, Left = 64, Right = 24, Top = 44, Bottom = 48;

    // Told apart by people with colour blindness (Okabe, Ito 2008); dashes tell them apart in print.
    private static readonly (string Light, string Dark, string Dash)[] s_strokes =
        [("#0072b2", "#56b4e9", ""), ("#d55e00", "#e69f00", ""), ("#007a5a", "#00c896", "6 4"), ("#a3437a", "#cc79a7", "2 3")];

    private readonly StringBuilder _svg = new();

    public ChartCanvas(string title, string description)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-labelledby=\"title desc\">\n");
        Add($"<title id=\"title\">{Escaped(title)}</title>\n<desc id=\"desc\">{Escaped(description)}</desc>\n<style>\n");
        _svg.Append("text{font:13px system-ui,sans-serif;fill:#333}.title{font-size:15px;font-weight:600}.back{fill:#fff}.grid{stroke:#ddd;fill:none}.curve{fill:none;stroke-width:2;stroke-linejoin:round}\n");
        for (int i = 0; i < s_strokes.Length; i++) Add($".c{i}{{stroke:{s_strokes[i].Light}}}.d{i}{{fill:{s_strokes[i].Light};stroke:none}}");
        _svg.Append("\n@media (prefers-color-scheme:dark){text{fill:#ddd}.back{fill:#181a1b}.grid{stroke:#3a3d3f}");
        for (int i = 0; i < s_strokes.Length; i++) Add($".c{i}{{stroke:{s_strokes[i].Dark}}}.d{i}{{fill:{s_strokes[i].Dark}}}");
        Add($"}}\n</style>\n<rect class=\"back\" width=\"{Width}\" height=\"{Height}\"/>\n");
        Label(Width / 2.0, 20, "middle", title, "title");
    }

    /// <summary>How many series can be told apart.</summary>
    public static int Strokes => s_strokes.Length;

    public void Grid(ChartAxis y, string up)
    {
        foreach (double tick in y.Ticks)
        {
            Line("grid", Left, y.At(tick), Width - Right, y.At(tick));
            Label(Left - 8, y.At(tick) + 4, "end", y.Label(tick));
        }

        Label(8, Top - 12, "start", up);
    }

    public void Line(string kind, double x1, double y1, double x2, double y2, string attributes = "")
        => Add($"<line class=\"{kind}\"{attributes} x1=\"{Pixel(x1)}\" y1=\"{Pixel(y1)}\" x2=\"{Pixel(x2)}\" y2=\"{Pixel(y2)}\"/>\n");

    public void Label(double x, double y, string anchor, string text, string? kind = null)
        => Add($"<text{(kind is null ? "" : $" class=\"{kind}\"")} x=\"{Pixel(x)}\" y=\"{Pixel(y)}\" text-anchor=\"{anchor}\">{Escaped(text)}</text>\n");

    public void Polyline(int series, IEnumerable<(double X, double Y)> points)
        => Add($"<polyline class=\"curve c{series}\"{Dash(series)} points=\"{string.Join(' ', points.Select(point => $"{Pixel(point.X)},{Pixel(point.Y)}"))}\"/>\n");

    public void Dot(int series, double x, double y)
        => Add($"<circle class=\"d{series}\" cx=\"{Pixel(x)}\" cy=\"{Pixel(y)}\" r=\"2.5\"/>\n");

    public void Bar(int series, double x, double y, double width, double height)
        => Add($"<rect class=\"d{series}\" x=\"{Pixel(x)}\" y=\"{Pixel(y)}\" width=\"{Pixel(width)}\" height=\"{Pixel(height)}\"/>\n");

    public static string Dash(int series) => s_strokes[series].Dash.Length > 0 ? $" stroke-dasharray=\"{s_strokes[series].Dash}\"" : "";

    /// <summary>The text of the file.</summary>
    public string Finish() => _svg.Append("</svg>\n").ToString();

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private static string Pixel(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
