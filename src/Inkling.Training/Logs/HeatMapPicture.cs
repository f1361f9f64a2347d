using System.Globalization;
using System.Net;
using System.Text;

namespace Inkling.Training.Logs;

/// <summary>
/// A table of shares as SVG, darker where there is more: what attention looks at, which class is taken for which. Light or dark as the reader's
/// screen is, with a title and a description for those who do not see it.
/// </summary>
public static class HeatMapPicture
{
    private const int Cell = 26, CharacterWidth = 8, Top = 40, Margin = 16;

    /// <summary>Draws a table.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="across">What the columns are.</param>
    /// <param name="down">What the rows are.</param>
    /// <param name="columns">The label of each column.</param>
    /// <param name="rows">The label of each row.</param>
    /// <param name="shares">Rows and columns; 0 is drawn as the page, 1 or more in full colour.</param>
    /// <returns>The text of an SVG file.</returns>
    /// <exception cref="ArgumentException">The table has other numbers of rows or columns than there are labels, none, or a number that is negative or not finite.</exception>
    public static string Draw(string title, string across, string down, IReadOnlyList<string> columns, IReadOnlyList<string> rows, float[,] shares)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(shares);
        if (shares.Length == 0 || shares.GetLength(0) != rows.Count || shares.GetLength(1) != columns.Count)
            throw new ArgumentException($"HeatMapPicture: a table of {shares.GetLength(0)} × {shares.GetLength(1)} with labels for {rows.Count} × {columns.Count}.", nameof(shares));
        int left = Margin + Room(rows), top = Top + Room(columns), width = left + (columns.Count * Cell) + Margin, height = top + (rows.Count * Cell) + Margin;
        width = Math.Max(width, (2 * Margin) + (title.Length * 9));
        StringBuilder svg = new();
        Head(svg, width, height, title, Describe(title, across, down, columns, rows, shares));
        Label(svg, Margin, 22, "start", title, "title");
        for (int c = 0; c < columns.Count; c++)
        {
            int x = left + (c * Cell) + (Cell / 2) + 4, y = top - 8;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" transform=\"rotate(-90 {x} {y})\">{Escaped(columns[c])}</text>\n");
        }

        for (int r = 0; r < rows.Count; r++)
        {
            Label(svg, left - 8, top + (r * Cell) + (Cell / 2) + 4, "end", rows[r]);
            for (int c = 0; c < columns.Count; c++) Square(svg, left + (c * Cell), top + (r * Cell), shares[r, c], rows[r], columns[c]);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Head(StringBuilder svg, int width, int height, string title, string description)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"title\">{Escaped(title)}</title>\n<desc id=\"desc\">{Escaped(description)}</desc>\n<style>\n");
        svg.Append("text{font:13px system-ui,sans-serif;fill:#333}.title{font-size:15px;font-weight:600}.back{fill:#fff}.cell{fill:#0072b2;stroke:#ddd}\n");
        svg.Append("@media (prefers-color-scheme:dark){text{fill:#ddd}.back{fill:#181a1b}.cell{fill:#56b4e9;stroke:#3a3d3f}}\n");
        svg.Append(CultureInfo.InvariantCulture, $"</style>\n<rect class=\"back\" width=\"{width}\" height=\"{height}\"/>\n");
    }

    private static void Square(StringBuilder svg, int x, int y, float share, string row, string column)
    {
        if (!(share >= 0) || !float.IsFinite(share)) throw new ArgumentException($"HeatMapPicture: {share} at row '{row}', column '{column}'; shares are finite and not negative.");
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"cell\" x=\"{x}\" y=\"{y}\" width=\"{Cell}\" height=\"{Cell}\" fill-opacity=\"{Math.Min(1, share):0.##}\"><title>{Escaped(row)} × {Escaped(column)}: {share:0.00}</title></rect>\n");
    }

    private static string Describe(string title, string across, string down, IReadOnlyList<string> columns, IReadOnlyList<string> rows, float[,] shares)
    {
        StringBuilder text = new($"{title}: {down} down, {across} across. Most in each row:");
        for (int r = 0; r < rows.Count; r++)
        {
            int most = 0;
            for (int c = 1; c < columns.Count; c++)
            {
                if (shares[r, c] > shares[r, most]) most = c;
            }

            text.Append(CultureInfo.InvariantCulture, $" {rows[r].Trim()} × {columns[most].Trim()} {shares[r, most]:0.00}{(r < rows.Count - 1 ? ";" : ".")}");
        }

        return text.ToString();
    }

    private static int Room(IReadOnlyList<string> labels) => 12 + (CharacterWidth * labels.Max(label => label.Length));

    private static void Label(StringBuilder svg, int x, int y, string anchor, string text, string? kind = null)
        => svg.Append(CultureInfo.InvariantCulture, $"<text{(kind is null ? "" : $" class=\"{kind}\"")} x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{Escaped(text)}</text>\n");

    /// <summary>As text of the file; what XML does not allow, such as a lone byte of a piece, is shown as a replacement.</summary>
    private static string Escaped(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)));
}
