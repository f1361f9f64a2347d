using Inkling.Onnx.Evaluation;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Runs <c>body</c> (states, one slice of each scanned input → states, one slice of each scanned output) once for each slice along the scanned
/// axes, forwards or backwards. The first version, of operator set 8, worked on batches and is not supported.
/// </summary>
internal sealed class Scan : Operator
{
    private const int FirstWithoutBatch = 9;

    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        if (call.Opset < FirstWithoutBatch)
            throw new OnnxUnsupportedException("Scan of operator set 8 is not supported; export the model for 9 or later");
        Subgraph body = call.Graph("body");
        int scanned = OperatorCall.Size(call.Attributes.Int("num_scan_inputs")), states = call.Inputs.Length - scanned, outputs = body.OutputCount - states;
        if (scanned == 0 || states < 0 || outputs < 0)
            throw new OnnxException($"{call.Inputs.Length} inputs and {body.OutputCount} results of the body do not fit {scanned} scanned inputs");
        OnnxValue[] inputs = call.AllInputs(), scannedInputs = inputs[states..];
        int[] axes = Axes(call, "scan_input_axes", Array.ConvertAll(scannedInputs, input => input.Rank));
        bool[] reversed = [.. Directions(call, "scan_input_directions", scanned)], writesBackwards = [.. Directions(call, "scan_output_directions", outputs)];
        int length = scannedInputs[0].Sizes[axes[0]];
        for (int i = 0; i < scanned; i++)
        {
            if (scannedInputs[i].Sizes[axes[i]] != length)
                throw new OnnxException("the scanned inputs differ in length");
        }

        OnnxValue[] state = inputs[..states];
        List<OnnxValue>[] gathered = [.. Enumerable.Range(0, outputs).Select(_ => new List<OnnxValue>())];
        for (int step = 0; step < length; step++)
        {
            OnnxValue[] slices = [.. scannedInputs.Select((input, i) => Slice(input, axes[i], reversed[i] ? length - 1 - step : step))];
            OnnxValue[] results = body.Run([.. state, .. slices]);
            state = results[..states];
            for (int i = 0; i < outputs; i++)
                gathered[i].Insert(writesBackwards[i] ? 0 : gathered[i].Count, results[states + i]);
        }

        long[] outputAxes = call.Attributes.Ints("scan_output_axes") ?? new long[outputs];
        return [.. state, .. gathered.Select((values, i) => values.Count == 0 ? body.Nothing(states + i) : Stack.Along((int)outputAxes[i], values))];
    }

    private static OnnxValue Slice(OnnxValue input, int axis, int position) =>
        AxisReading.Take(input, axis, [position], [.. input.Shape[..axis], .. input.Shape[(axis + 1)..]]);

    private static int[] Axes(OperatorCall call, string name, int[] ranks)
    {
        long[] given = call.Attributes.Ints(name) ?? new long[ranks.Length];
        return given.Length == ranks.Length
            ? [.. given.Select((axis, i) => OperatorCall.Axis(axis, ranks[i]))]
            : throw new OnnxException($"'{name}' has {given.Length} axes, {ranks.Length} are wanted");
    }

    private static IEnumerable<bool> Directions(OperatorCall call, string name, int count)
    {
        long[] given = call.Attributes.Ints(name) ?? new long[count];
        return given.Length == count ? given.Select(direction => direction != 0) : throw new OnnxException($"'{name}' has {given.Length} directions, {count} are wanted");
    }
}
