using System.Globalization;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>Which parameters matter: the share of the differences between trials that each explains alone (fANOVA).</summary>
internal static class ImportancePlot
{
    private const string Title = "Importance", Hint = "How much of the differences between trials each parameter explains alone (fANOVA).";
    private const int Left = 132, Right = 56, Top = 10, RowHeight = 28, MostTrials = 1000, Trees = 32;

    public static StudyPlot Of(StudyFacts facts)
    {
        IReadOnlyList<KeyValuePair<string, double>> shares = facts.Importance;
        string words = shares.Count == 0 ? "It takes a few complete trials that differ."
            : $"{shares[0].Key} matters most, with {Percent(shares[0].Value)}{(shares.Count > 1 ? $", then {shares[1].Key} with {Percent(shares[1].Value)}" : "")}. Parameters that only some trials have are left out.";
        return new StudyPlot("importance", Title, Hint, words, ["Parameter", "Share"], [.. shares.Select(IReadOnlyList<string> (one) => [one.Key, Percent(one.Value)])],
            alone => shares.Count == 0 ? PlotFrame.Empty(alone, Title, words) : Draw(shares, alone, words));
    }

    /// <summary>The share of each parameter, largest first; of the newest trials where there are many. Takes a while: ask <see cref="StudyFacts.Importance"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> Shares(StudyFacts facts) => Importance.Of(facts.Complete.TakeLast(MostTrials), trees: Trees);

    private static string Draw(IReadOnlyList<KeyValuePair<string, double>> shares, bool alone, string words)
    {
        var drawing = new Drawing(PlotFrame.Width, Top + (Math.Max(3, shares.Count) * RowHeight) + 10, alone);
        drawing.Line("axis", Left, Top - 4, Left, Top + (shares.Count * RowHeight) + 4);
        for (int i = 0; i < shares.Count; i++)
        {
            double y = Top + (i * RowHeight), length = shares[i].Value / Math.Max(1e-9, shares[0].Value) * (PlotFrame.Width - Left - Right);
            drawing.Text(Left - 8, y + 17, shares[i].Key.Length <= 18 ? shares[i].Key : shares[i].Key[..17] + "…", "end");
            drawing.Box("bar", Left, y + 4, Math.Max(1, length), RowHeight - 10);
            drawing.Text(Left + length + 8, y + 17, Percent(shares[i].Value), "start");
        }

        return drawing.Finish(Title, words);
    }

    private static string Percent(double share) => share.ToString(share < 0.1 ? "0.0 %" : "0 %", CultureInfo.InvariantCulture);
}
