using System.Globalization;
using System.Xml.Linq;
using Inkling.Training.Logs;

namespace Inkling.Training.Tests.Logs;

/// <summary>The picture of bars.</summary>
public sealed class BarPictureTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Bars_are_as_high_as_their_numbers_and_are_told_in_words()
    {
        XElement svg = Draw(["training", "test"], new BarGroup("none <at all>", [1, 4]), new BarGroup("dropout", [2, double.NaN]));
        double[] heights = [.. Bars(svg).Select(bar => double.Parse(bar.Attribute("height")!.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(3, heights.Length);
        Assert.Equal(4 * heights[0], heights[1], 0.5);
        Assert.Equal(2 * heights[0], heights[2], 0.5);
        Assert.Contains("none <at all>: training 1, test 4.", svg.Element(s_svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", svg.Element(s_svg + "style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_below_0_hangs_from_the_line()
    {
        XElement[] bars = Bars(Draw(["a"], new BarGroup("up", [1]), new BarGroup("down", [-1])));
        double Top(XElement bar) => double.Parse(bar.Attribute("y")!.Value, CultureInfo.InvariantCulture);
        Assert.Equal(Top(bars[0]) + double.Parse(bars[0].Attribute("height")!.Value, CultureInfo.InvariantCulture), Top(bars[1]), 0.2);
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_nothing_is_drawn_too()
    {
        Draw(["a"]);
        Assert.Contains("'b' has 2 values", Assert.Throws<ArgumentException>(() => Draw(["a"], new BarGroup("b", [1, 2]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Draw([]));
    }

    private static XElement Draw(string[] series, params BarGroup[] groups) => XDocument.Parse(BarPicture.Draw("Remedies & co", "loss", series, groups)).Root!;

    private static XElement[] Bars(XElement svg) => [.. svg.Elements(s_svg + "rect").Where(bar => bar.Attribute("class")!.Value.StartsWith('d')).Where(bar => bar.Attribute("height")!.Value != "12")];
}
