using System.Globalization;
using System.Net;
using System.Text;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>Writes an SVG drawing. In the page what things look like is said by classes, which follow the colours of the page; in a file of its own by attributes.</summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="alone">Whether it is a file of its own.</param>
internal sealed class Drawing(int width, int height, bool alone)
{
    private readonly StringBuilder _body = new();

    /// <summary>Width in pixels.</summary>
    public int Width => width;

    /// <summary>Height in pixels.</summary>
    public int Height => height;

    /// <summary>A straight line.</summary>
    public void Line(string style, double x1, double y1, double x2, double y2) => Element("line", style, $"x1=\"{P(x1)}\" y1=\"{P(y1)}\" x2=\"{P(x2)}\" y2=\"{P(y2)}\"", null);

    /// <summary>A line through points.</summary>
    public void Path(string style, IEnumerable<(double X, double Y)> points, string? tip = null)
        => Element("polyline", style, $"points=\"{string.Join(' ', points.Select(point => $"{P(point.X)},{P(point.Y)}"))}\"", tip);

    /// <summary>A dot.</summary>
    public void Dot(string style, double x, double y, double radius, string? tip = null) => Element("circle", style, $"cx=\"{P(x)}\" cy=\"{P(y)}\" r=\"{P(radius)}\"", tip);

    /// <summary>A rectangle.</summary>
    public void Box(string style, double x, double y, double boxWidth, double boxHeight, string? tip = null)
        => Element("rect", style, $"x=\"{P(x)}\" y=\"{P(y)}\" width=\"{P(Math.Max(0, boxWidth))}\" height=\"{P(Math.Max(0, boxHeight))}\"", tip);

    /// <summary>A slice of a pie, clockwise from the top.</summary>
    /// <param name="style">Its look.</param>
    /// <param name="x">The middle of the pie.</param>
    /// <param name="y">The middle of the pie.</param>
    /// <param name="radius">The pie's.</param>
    /// <param name="from">Where it begins, in turns.</param>
    /// <param name="to">Where it ends, in turns.</param>
    /// <param name="tip">What it says when it is pointed at.</param>
    public void Slice(string style, double x, double y, double radius, double from, double to, string? tip = null)
    {
        if (to - from > 0.9999)
        {
            Dot(style, x, y, radius, tip);
            return;
        }

        (double Sin, double Cos) start = Math.SinCos(2 * Math.PI * from), end = Math.SinCos(2 * Math.PI * to);
        Element("path", style, $"d=\"M{P(x)} {P(y)}L{P(x + (radius * start.Sin))} {P(y - (radius * start.Cos))}A{P(radius)} {P(radius)} 0 {(to - from > 0.5 ? 1 : 0)} 1 {P(x + (radius * end.Sin))} {P(y - (radius * end.Cos))}Z\"", tip);
    }

    /// <summary>A text.</summary>
    /// <param name="x">Its anchor.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">What it says.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="style">Its look.</param>
    public void Text(double x, double y, string text, string anchor = "middle", string style = "label")
        => _body.Append(CultureInfo.InvariantCulture, $"<text {Look(style)} x=\"{P(x)}\" y=\"{P(y)}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");

    /// <summary>The whole drawing.</summary>
    /// <param name="title">What it is called.</param>
    /// <param name="words">What it shows, for those who do not see it.</param>
    public string Finish(string title, string words)
    {
        string paper = alone ? $"<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>" : "";
        string space = alone ? $" xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"" : "";
        return $"<svg{space} viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode($"{title}. {words}")}\">{(alone ? $"<title>{WebUtility.HtmlEncode(title)}</title><desc>{WebUtility.HtmlEncode(words)}</desc>" : "")}{paper}{_body}</svg>";
    }

    private void Element(string name, string style, string place, string? tip) => _body.Append('<').Append(name).Append(' ').Append(Look(style)).Append(' ').Append(place)
        .Append(tip is null ? "/>" : $"><title>{WebUtility.HtmlEncode(tip)}</title></{name}>");

    private string Look(string style) => alone ? PlotStyle.Attributes(style) : $"class=\"{style}\"";

    private static string P(double pixel) => double.IsFinite(pixel) ? pixel.ToString("0.#", CultureInfo.InvariantCulture) : "0";
}
