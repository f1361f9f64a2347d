using System.Xml.Linq;
using Inkling.Training.Logs;

namespace Inkling.Training.Tests.Logs;

/// <summary>The picture of the curves.</summary>
public sealed class CurvePictureTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void It_is_well_formed_says_what_it_shows_and_knows_the_dark()
    {
        XElement svg = Draw(false, new CurveSeries("training <loss>", [(1, 2.5), (2, 1.25), (3, 1.5)]), new CurveSeries("validation", [(1, 2), (3, 1)]));
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal("Run & co", svg.Element(s_svg + "title")!.Value);
        Assert.Contains("training <loss> goes from 2.5 to 1.5; its lowest is 1.25 at 2.", svg.Element(s_svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", svg.Element(s_svg + "style")!.Value, StringComparison.Ordinal);
        Assert.Equal(2, svg.Elements(s_svg + "polyline").Count());
        Assert.Contains("training <loss>", svg.Elements(s_svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void Points_lie_where_their_numbers_say()
    {
        XElement svg = Draw(false, new CurveSeries("a", [(0, 0), (5, 10), (10, 5)]));
        double[][] points = Points(svg.Elements(s_svg + "polyline").Single());
        Assert.Equal((points[0][0] + points[2][0]) / 2, points[1][0], 0.2);   // 5 is half way across
        Assert.Equal((points[0][1] + points[1][1]) / 2, points[2][1], 0.2);   // and half way up
        Assert.True(points[1][1] < points[0][1]);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_gaps_and_a_logarithmic_axis_is_even_in_powers()
    {
        XElement gap = Draw(false, new CurveSeries("a", [(1, 1), (2, double.NaN), (3, 2), (4, 1)]));
        Assert.Equal(2, gap.Elements(s_svg + "polyline").Count());
        double[][] points = Points(Draw(true, new CurveSeries("a", [(0, 3), (1e-3, 1), (1e-2, 2), (1e-1, 3)])).Elements(s_svg + "polyline").Single());
        Assert.Equal(3, points.Length);
        Assert.Equal(points[1][0] - points[0][0], points[2][0] - points[1][0], 0.2);
    }

    [Fact]
    public void Nothing_and_one_point_are_drawn_too()
    {
        Draw(false);
        Draw(false, new CurveSeries("a", [(3, 3)]));
        Draw(true, new CurveSeries("a", [(3, double.NaN)]));
        Assert.Throws<ArgumentException>(() => Draw(false, [.. Enumerable.Repeat(new CurveSeries("a", []), 5)]));
    }

    private static XElement Draw(bool logarithmic, params CurveSeries[] series) => XDocument.Parse(CurvePicture.Draw("Run & co", "epochs", "loss", logarithmic, series)).Root!;

    private static double[][] Points(XElement line)
        => [.. line.Attribute("points")!.Value.Split(' ').Select(point => point.Split(',').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
}
