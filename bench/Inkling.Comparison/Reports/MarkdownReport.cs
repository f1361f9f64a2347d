using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Inkling.Comparison;

/// <summary>Writes a run down in Markdown: what bench/results keeps.</summary>
internal sealed class MarkdownReport(ComparisonRun run, Options options, Roofline limits)
{
    private readonly StringBuilder _text = new();

    /// <summary>The report.</summary>
    public string Write()
    {
        Line(CultureInfo.InvariantCulture, $"# The engine against its peers, {DateTime.UtcNow:MMMM yyyy}");
        Line("");
        Line($"Machine: {MachineDescription.Text}.");
        Line($"Limits measured beside: {MachineDescription.Limits(limits)}.");
        Line("");
        Line($"    bench/compare {(options.Quick ? "--quick " : "")}{(options.Only is null ? "" : $"--only {options.Only} ")}--report FILE");
        Line("");
        Line("Ours and the peer run in turn, in processes of their own; the ratio is the median of the ratios of neighbouring runs, ours / peer, and what it");
        Line("must reach is the bar. Work of one thread is timed by processor time, work of two by the wall. Before anything is timed, both must have");
        Line("computed the same.");
        Line("");
        WriteResults();
        WriteRemarks();
        WriteCases();
        return _text.ToString();
    }

    private void WriteResults()
    {
        Line("| comparison | what | ours | peer | unit | ratio | bar | |");
        Line("|---|---|---|---|---|---|---|---|");
        foreach ((IComparison comparison, Result result) in run.Results)
        {
            string bar = result.Bar > 0 ? result.Bar.ToString("0.###", CultureInfo.InvariantCulture) : "–";
            Line(CultureInfo.InvariantCulture, $"| {comparison.Name} | {comparison.Title} | {Result.Figure(result.Ours)} | {Result.Figure(result.Peer)} | {result.Unit} | {result.Ratio:F2} | {bar} | {(result.Bar <= 0 ? "" : result.Holds ? "holds" : "**missed**")} |");
        }

        Line("");
    }

    private void WriteRemarks()
    {
        foreach ((IComparison comparison, Result result) in run.Results.Where(one => one.Result.Remark.Length > 0))
            Line($"- {comparison.Name}: {result.Remark}");
        foreach ((IComparison comparison, string reason) in run.Left)
            Line($"- {comparison.Name}: {reason}");
        Line("");
        Line("Peers: " + string.Join("; ", run.Results.Select(one => one.Result.Against).Where(text => text.Length > 0).Distinct()) + ".");
    }

    /// <summary>All cases of the sweeps, one line a case, one column a sweep.</summary>
    private void WriteCases()
    {
        (string Name, Dictionary<string, JsonObject> Cases)[] sweeps =
        [
            .. run.Results.Where(one => one.Result.Details["cases"] is JsonArray)
                .Select(one => (one.Comparison.Name, one.Result.Details["cases"]!.AsArray().ToDictionary(item => (string)item!["case"]!, item => item!.AsObject()))),
        ];
        if (sweeps.Length == 0)
            return;
        Line("");
        Line("## Matrix products");
        Line("");
        Line("m × n × k and form (the second letter says whether B is transposed); GFLOP/s of ours / ratio to the peer.");
        Line("");
        Line("| case | " + string.Join(" | ", sweeps.Select(sweep => sweep.Name)) + " |");
        Line("|---|" + string.Concat(sweeps.Select(_ => "---|")));
        foreach (string name in sweeps[0].Cases.Keys)
            Line($"| {name} | " + string.Join(" | ", sweeps.Select(sweep => Cell(sweep.Cases.GetValueOrDefault(name)))) + " |");
    }

    private static string Cell(JsonObject? one) =>
        one is null ? "" : FormattableString.Invariant($"{(double)one["ours"]!} / {(double)one["ratio"]!:F2}");

    private void Line(string text) => _text.Append(text).Append('\n');

    private void Line(CultureInfo culture, FormattableString text) => Line(text.ToString(culture));
}
