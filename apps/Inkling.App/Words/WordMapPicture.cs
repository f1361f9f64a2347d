using Inkling.App.Studio.Studying.Plots;
using Inkling.Language;

namespace Inkling.App.Words;

/// <summary>A map of words as a drawing. Names that would lie over others are left to their dots.</summary>
internal static class WordMapPicture
{
    private const int Width = 760, Height = 560, Edge = 46, LetterWidth = 7, LineHeight = 13;

    /// <summary>Draws it.</summary>
    /// <param name="map">Words and places.</param>
    /// <param name="alone">Whether it is a file of its own.</param>
    public static string Draw(WordMap map, bool alone)
    {
        var drawing = new Drawing(Width, Height, alone);
        double left = map.Words.Min(one => one.Place.X), right = map.Words.Max(one => one.Place.X), low = map.Words.Min(one => one.Place.Y), high = map.Words.Max(one => one.Place.Y);
        // One scale for both directions: distances are what a map is for.
        double scale = Math.Min((Width - (2 * Edge)) / Math.Max(1e-12, right - left), (Height - (2 * Edge)) / Math.Max(1e-12, high - low));
        (double X, double Y) At(MapPoint place) => ((Width / 2.0) + (scale * (place.X - ((left + right) / 2))), (Height / 2.0) - (scale * (place.Y - ((low + high) / 2))));
        foreach (MappedWord one in map.Words)
        {
            (double x, double y) = At(one.Place);
            drawing.Dot(one.IsAsked ? "dot-best" : one.Asked % 2 == 0 ? "dot" : "dot-other", x, y, one.IsAsked ? 5 : 3, one.Word);
        }

        List<(double Left, double Top, double Right, double Bottom)> taken = [];
        foreach (MappedWord one in map.Words)
        {
            (double x, double y) = At(one.Place);
            string name = one.Word.Length <= 22 ? one.Word : one.Word[..21] + "…";
            double half = name.Length * LetterWidth / 2.0, middle = Math.Clamp(x, half, Width - half);
            (double Left, double Top, double Right, double Bottom) box = (middle - half, y - 8 - LineHeight, middle + half, y - 8);
            if (taken.Exists(other => box.Left < other.Right && other.Left < box.Right && box.Top < other.Bottom && other.Top < box.Bottom)) continue;
            taken.Add(box);
            drawing.Text(middle, y - 8, name, "middle", one.IsAsked ? "name" : "label");
        }

        return drawing.Finish("Map of words", Describe(map));
    }

    /// <summary>What the map shows, for those who do not see it.</summary>
    public static string Describe(WordMap map)
    {
        IEnumerable<string> parts = map.Words.Where(one => one.IsAsked).Take(20).Select(asked =>
        {
            IEnumerable<string> near = map.Words.Where(one => one.Word != asked.Word)
                .OrderBy(one => Math.Pow(one.Place.X - asked.Place.X, 2) + Math.Pow(one.Place.Y - asked.Place.Y, 2)).Take(3).Select(one => one.Word);
            return $"nearest to {asked.Word}: {string.Join(", ", near)}";
        });
        return $"{map.Words.Count} words, laid out by {(map.Method == WordMapMethod.Pca ? "principal components" : "t-SNE")}; {string.Join("; ", parts)}.";
    }
}
