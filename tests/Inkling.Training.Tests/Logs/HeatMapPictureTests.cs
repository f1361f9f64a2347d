using System.Xml.Linq;
using Inkling.Training.Logs;

namespace Inkling.Training.Tests.Logs;

/// <summary>The picture of a table.</summary>
public sealed class HeatMapPictureTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Squares_are_as_dark_as_their_shares_and_stand_in_rows_and_columns()
    {
        XElement svg = XDocument.Parse(HeatMapPicture.Draw("Looks & more", "read", "written", ["<a>", "b\u0001"], ["x"], new[,] { { 0.25f, 0.75f } })).Root!;
        XElement[] cells = [.. svg.Elements(s_svg + "rect").Where(rect => rect.Attribute("class")!.Value == "cell")];
        Assert.Equal(["0.25", "0.75"], cells.Select(cell => cell.Attribute("fill-opacity")!.Value));
        Assert.True((int)cells[0].Attribute("x")! < (int)cells[1].Attribute("x")!);
        Assert.Equal(cells[0].Attribute("y")!.Value, cells[1].Attribute("y")!.Value);
        Assert.Contains("x × b\uFFFD 0.75.", svg.Element(s_svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Equal(["Looks & more", "<a>", "b\uFFFD", "x"], svg.Elements(s_svg + "text").Select(text => text.Value));
        Assert.Contains("prefers-color-scheme:dark", svg.Element(s_svg + "style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_does_not_fit_its_labels_or_holds_no_shares_is_refused()
    {
        Assert.Contains("1 × 1 with labels for 1 × 2", Error(["a", "b"], new[,] { { 1f } }), StringComparison.Ordinal);
        Assert.Contains("row 'x', column 'a'", Error(["a"], new[,] { { float.NaN } }), StringComparison.Ordinal);
        Assert.Contains("not negative", Error(["a"], new[,] { { -1f } }), StringComparison.Ordinal);

        static string Error(string[] columns, float[,] shares) => Assert.Throws<ArgumentException>(() => HeatMapPicture.Draw("t", "c", "r", columns, ["x"], shares)).Message;
    }
}
