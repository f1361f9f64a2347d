using System.Runtime.InteropServices;

namespace Inkling.Onnx.Export.Rules;

/// <summary>Positions of steps, added or turned into. The first axis is time.</summary>
internal static class PositionRules
{
    public static void AddPositions(ExportCall call)
    {
        AddPositions op = call.Operation<AddPositions>();
        string table = call.Graph.Shared((op.Table, op.Start), () =>
        {
            ReadOnlySpan<float> rest = op.Table.Span[(op.Start * op.Width)..];
            return call.Graph.Initializer("positions", [rest.Length / op.Width, 1, op.Width], rest);
        });
        call.Result("Add", [call.Input(0), First(call, table)]);
    }

    /// <summary>Pairs of columns turned by an angle: <c>(a cos − b sin, b cos + a sin)</c>.</summary>
    public static void Rotate(ExportCall call)
    {
        Rotate op = call.Operation<Rotate>();
        int width = call.Shape(0)[2].Constant, heads = op.Columns / op.Table.HeadWidth, half = op.Table.HeadWidth / 2;
        if (op.Columns == 0)
        {
            call.ResultIs(call.Input(0));
            return;
        }

        string x = call.Input(0), rest = "";
        if (op.Columns < width)
        {
            string turned = call.Graph.Unique($"{call.Graph.Prefix}.turned");
            rest = call.Graph.Unique($"{call.Graph.Prefix}.rest");
            call.Graph.NodeNamed("Split", [x, call.Graph.Integers(op.Columns, width - op.Columns)], [turned, rest], ("axis", 2));
            x = turned;
        }

        // [T, B, heads, …] with the two of a pair along the last axis (neighbours) or the last but one (halves of a head).
        int pair = op.Table.Interleaved ? 4 : 3;
        x = call.Node("Reshape", [x, op.Table.Interleaved ? call.Graph.Integers(0, 0, heads, half, 2) : call.Graph.Integers(0, 0, heads, 2, half)]);
        string a = call.Graph.Unique($"{call.Graph.Prefix}.a"), b = call.Graph.Unique($"{call.Graph.Prefix}.b");
        call.Graph.NodeNamed("Split", [x, call.Graph.Integers(1, 1)], [a, b], ("axis", pair));
        string cosines = First(call, Table(call, op, "cosines", half, sines: false)), sines = First(call, Table(call, op, "sines", half, sines: true));
        string first = call.Node("Sub", [call.Node("Mul", [a, cosines]), call.Node("Mul", [b, sines])]);
        string second = call.Node("Add", [call.Node("Mul", [b, cosines]), call.Node("Mul", [a, sines])]);
        string joined = call.Node("Concat", [first, second], ("axis", pair));
        string flat = call.Node("Reshape", [joined, call.Graph.Integers(0, 0, op.Columns)]);
        if (rest.Length == 0)
            call.ResultIs(flat);
        else
            call.Result("Concat", [flat, rest], ("axis", 2));
    }

    /// <summary>The rows of a table for the steps that there are.</summary>
    private static string First(ExportCall call, string table)
    {
        TracedSize steps = call.Shape(0)[0];
        return call.Graph.Shared((nameof(First), table, steps), () => call.Sizes.Slice(table, steps.Map(_ => 0), steps, axis: 0));
    }

    private static string Table(ExportCall call, Rotate op, string name, int half, bool sines) => call.Graph.Shared((op.Table, op.Start, sines), () =>
    {
        List<float> values = [];
        for (int position = op.Start; position < op.Table.MaxLength; position++)
            values.AddRange(sines ? op.Table.Sines(position) : op.Table.Cosines(position));
        int[] shape = op.Table.Interleaved ? [op.Table.MaxLength - op.Start, 1, 1, half, 1] : [op.Table.MaxLength - op.Start, 1, 1, 1, half];
        return call.Graph.Initializer($"rotary.{name}", shape, CollectionsMarshal.AsSpan(values));
    });
}
