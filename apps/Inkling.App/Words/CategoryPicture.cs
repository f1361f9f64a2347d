using System.Globalization;
using Inkling.App.Studio.Studying.Plots;
using Inkling.Language;

namespace Inkling.App.Words;

/// <summary>The shares of categories as bars and as a pie.</summary>
internal static class CategoryPicture
{
    private const int Width = 640, BarsLeft = 120, BarsRight = 380, RowHeight = 30, Top = 34, Radius = 84, CentreX = 510;

    /// <summary>Draws them.</summary>
    /// <param name="result">What a text is about.</param>
    /// <param name="alone">Whether it is a file of its own.</param>
    public static string Draw(WordCategories result, bool alone)
    {
        IReadOnlyList<ScoredWord> categories = result.Categories;
        int height = Math.Max(Top + (RowHeight * categories.Count) + 16, Top + (2 * Radius) + 56), centre = Top + ((height - Top) / 2);
        var drawing = new Drawing(Width, height, alone);
        drawing.Text(BarsLeft, 18, "Share of the words' votes", "start", "name");
        double largest = categories[0].Score, turn = 0;
        for (int i = 0; i < categories.Count; i++)
        {
            double y = Top + (RowHeight * i), share = categories[i].Score;
            string percent = Percent(share), look = PlotStyle.Cell(Step(i, categories.Count));
            drawing.Text(BarsLeft - 8, y + 17, Short(categories[i].Word), "end");
            drawing.Box(look, BarsLeft, y + 4, (BarsRight - BarsLeft - 48) * share / largest, RowHeight - 10, $"{categories[i].Word}: {percent}");
            drawing.Text(BarsLeft + ((BarsRight - BarsLeft - 48) * share / largest) + 6, y + 17, percent, "start");
            drawing.Slice(look, CentreX, centre, Radius, turn, turn + share, $"{categories[i].Word}: {percent}");
            if (share >= 0.04)
            {
                double angle = 2 * Math.PI * (turn + (share / 2));
                drawing.Text(CentreX + ((Radius + 12) * Math.Sin(angle)), centre - ((Radius + 12) * Math.Cos(angle)) + 4, Short(categories[i].Word), Math.Sin(angle) < -0.2 ? "end" : Math.Sin(angle) > 0.2 ? "start" : "middle");
            }

            turn += share;
        }

        return drawing.Finish("What the text is about", string.Join(", ", categories.Select(one => $"{one.Word} {Percent(one.Score)}")));
    }

    private static int Step(int index, int count) => count <= PlotStyle.Steps ? index : index * PlotStyle.Steps / count;

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Short(string name) => name.Length <= 14 ? name : name[..13] + "…";
}
