using System.Globalization;
using System.Text;
using Inkling.Recording;

namespace Inkling.Nn;

/// <summary>What a model does with one batch, operation by operation: shapes, parameters, floating-point operations, memory. <see cref="ToString"/> is a table.</summary>
/// <example><code>
/// string table = model.Summary([64, 784]).ToString();
/// </code></example>
public sealed class ModelSummary
{
    private ModelSummary(IReadOnlyList<SummaryRow> rows, ParameterSet parameters)
    {
        Rows = rows;
        ParameterCount = parameters.ElementCount;
        TrainableCount = parameters.Where(p => p.Trainable).Sum(p => (long)p.Shape.Length);
    }

    /// <summary>The operations in order.</summary>
    public IReadOnlyList<SummaryRow> Rows { get; }

    /// <summary>Numbers of all parameters of the model, used by the forward pass or not.</summary>
    public long ParameterCount { get; }

    /// <summary>Numbers that learn.</summary>
    public long TrainableCount { get; }

    /// <summary>Floating-point operations of the forward pass; training takes about three times as many.</summary>
    public double Flops => Rows.Sum(r => r.Flops);

    /// <summary>Bytes of all results, which training keeps until the way back.</summary>
    public long ActivationBytes => Rows.Sum(r => r.OutputBytes);

    /// <summary>Bytes of the parameters. Gradients take as much again, and so does each state array of an optimizer.</summary>
    public long ParameterBytes => sizeof(real) * ParameterCount;

    /// <summary>Runs a forward pass on a tape of its own that does not record (dropout passes everything) and reads what it did.</summary>
    /// <param name="parameters">The parameters of the model, which must be built.</param>
    /// <param name="forward">Makes inputs on the tape and runs the model.</param>
    public static ModelSummary Of(ParameterSet parameters, Action<Tape> forward)
    {
        using Tape tape = new(new TapeOptions { Recording = false, Name = "summary" });
        tape.Begin();
        forward(tape);
        HashSet<Parameter> seen = [];
        List<SummaryRow> rows = [];
        foreach (TapeRecord record in tape.Records())
        {
            // A parameter that is used several times counts where it is used first.
            long numbers = record.Parameters.Where(seen.Add).Sum(p => (long)p.Shape.Length);
            rows.Add(new SummaryRow(record.Name, Owner(record), record.Outputs[0].Shape, numbers, record.Flops, sizeof(real) * record.Outputs.Sum(o => (long)o.Length)));
        }

        return new ModelSummary(rows, parameters);
    }

    /// <summary>The table, with a line of sums.</summary>
    public override string ToString()
    {
        string[][] cells =
        [
            ["operation", "parameters of", "output", "parameters", "FLOPs", "memory"],
            .. Rows.Select(r => new[] { r.Operation, r.Module, r.Output.ToString(), Number(r.ParameterCount), Engineering(r.Flops, ""), Engineering(r.OutputBytes, "B") }),
            ["total", "", "", Number(ParameterCount), Engineering(Flops, ""), Engineering(ActivationBytes, "B")],
        ];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(c => cells.Max(row => row[c].Length))];
        StringBuilder text = new();
        for (int i = 0; i < cells.Length; i++)
        {
            if (i == 1 || i == cells.Length - 1) text.Append('-', widths.Sum() + (2 * (widths.Length - 1))).Append('\n');
            text.AppendJoin("  ", cells[i].Select((cell, c) => c < 3 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).Append('\n');
        }

        string frozen = TrainableCount == ParameterCount ? "" : $", {Number(ParameterCount - TrainableCount)} of them frozen";
        return text.Append(CultureInfo.InvariantCulture, $"{Number(ParameterCount)} parameters ({Engineering(ParameterBytes, "B")}){frozen}").ToString();
    }

    /// <summary>The module whose parameters an operation uses: what their names have in common up to a dot.</summary>
    private static string Owner(TapeRecord record)
    {
        if (record.Parameters.Count == 0) return "";
        string first = record.Parameters[0].Name;
        int dot = first.LastIndexOf('.');
        while (dot > 0 && record.Parameters.Any(p => !p.Name.StartsWith(first[..(dot + 1)], StringComparison.Ordinal))) dot = first.LastIndexOf('.', dot - 1);
        return dot > 0 ? first[..dot] : first;
    }

    private static string Number(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Engineering(double value, string unit)
    {
        if (value == 0) return "";
        int power = 0;
        for (; value >= 1000 && power < 4; power++) value /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{(power == 0 ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("0.0", CultureInfo.InvariantCulture))} {" kMGT"[power]}").TrimEnd() + (power == 0 && unit.Length > 0 ? " " : "") + unit;
    }
}
