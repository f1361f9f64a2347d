using System.Globalization;
using System.Text.Json;
using Inkling.App.Running;
using Inkling.Language;

namespace Inkling.App.Words;

/// <summary>A line of what <c>similar</c>, <c>analogy</c> and <c>categories</c> print with <c>--json</c>.</summary>
/// <param name="Text">The word or category.</param>
/// <param name="Score">Larger is better.</param>
internal sealed record ScoredTextAnswer(string Text, double Score)
{
    private const int BarWidth = 30;

    /// <summary>Prints a list, best first: as JSON, or as lines with bars as long as the scores.</summary>
    public static void Print(IReadOnlyList<ScoredWord> list, bool json)
    {
        if (json)
        {
            ScoredTextAnswer[] answers = [.. list.Select(one => new ScoredTextAnswer(one.Word, Math.Round(one.Score, 4)))];
            StandardOutput.WriteLine(JsonSerializer.Serialize(answers, AppJson.Readable.ScoredTextAnswerArray));
            return;
        }

        int widest = list.Select(one => Shown(one.Word).Length).DefaultIfEmpty(0).Max();
        double largest = list.Select(one => (double)one.Score).DefaultIfEmpty(0).Max();
        StandardOutput.WriteLine(string.Join('\n', list.Select(one => $"{Shown(one.Word).PadRight(widest)}  {Bar(largest > 0 ? one.Score / Math.Max(1, largest) : 0).PadRight(BarWidth)}  {one.Score.ToString("0.000", CultureInfo.InvariantCulture)}".TrimEnd())));
    }

    /// <summary>A bar of blocks, to an eighth of one.</summary>
    private static string Bar(double share)
    {
        int eighths = (int)Math.Round(Math.Clamp(share, 0, 1) * BarWidth * 8);
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : ((char)('█' + 8 - (eighths % 8))).ToString());
    }

    private static string Shown(string word)
    {
        string clean = string.Concat(word.Where(letter => !char.IsControl(letter)));
        return clean.Length <= 32 ? clean : clean[..31] + "…";
    }
}
