using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Onnx.Export;
using Inkling.Onnx.Proto;

namespace Inkling.Onnx;

/// <summary>
/// Writes models as ONNX files, for other programs to run. The forward pass is run on a tape, and what it recorded becomes the graph: layers, functions between them and modules
/// of one's own alike, as they compute in use (without dropout, with running statistics). Parameters keep their names.
/// </summary>
/// <remarks>
/// A size that has a name (<c>"batch"</c>) stays open in the file. The model is traced with three sizes of each, so that what depends on them is known; a model that loops over such
/// a size in C#, or branches on values, cannot be exported with it open. Files have operator set <see cref="Opset"/>, IR version 8.
/// </remarks>
/// <example><code>
/// OnnxExport.Save("digits.onnx", model, OnnxInput.Numbers("image", "batch", 1, 28, 28));
/// OnnxExport.Save("tagger.onnx", [OnnxInput.Integers("tokens", "time", "batch"), OnnxInput.Lengths("lengths", "batch")],
///     run => run.Output("scores", tagger.Forward(run.Integers("tokens"), run.Integers("lengths"))));
/// </code></example>
public static class OnnxExport
{
    /// <summary>The operator set of the files.</summary>
    public const int Opset = 18;

    // Protocol buffers end at 2 GB; nodes and names need a little as well.
    private const long MostBytes = 2_000_000_000;

    /// <summary>Writes a layer with one input and one output, called <c>output</c>.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="layer">The layer, built.</param>
    /// <param name="input">Its input.</param>
    /// <param name="options">Name and sizes; null for the usual ones.</param>
    /// <exception cref="OnnxUnsupportedException">Something has no form in ONNX; all of it is listed.</exception>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Save(string path, ILayer layer, OnnxInput input, OnnxExportOptions? options = null) => Write(path, ToBytes(layer, input, options));

    /// <summary>Writes a model with any inputs and outputs.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="forward">Runs the model on the inputs of the trace and names its outputs. It is called several times, with other sizes.</param>
    /// <param name="options">Name and sizes; null for the usual ones.</param>
    /// <exception cref="OnnxUnsupportedException">Something has no form in ONNX; all of it is listed.</exception>
    /// <exception cref="OnnxException">The model does not accept the sizes with which it is traced, or does other things with other sizes.</exception>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void Save(string path, IReadOnlyList<OnnxInput> inputs, Action<OnnxTrace> forward, OnnxExportOptions? options = null) => Write(path, ToBytes(inputs, forward, options));

    /// <summary>The content of the file that <see cref="Save(string, ILayer, OnnxInput, OnnxExportOptions?)"/> writes.</summary>
    /// <inheritdoc cref="Save(string, ILayer, OnnxInput, OnnxExportOptions?)"/>
    public static byte[] ToBytes(ILayer layer, OnnxInput input, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(input);
        if (input.IsInteger)
            throw new ArgumentException($"OnnxExport: '{input.Name}' holds whole numbers, which no layer takes. Use the overload with a function.", nameof(input));
        return ToBytes([input], run => run.Output("output", layer.Forward(run.Numbers(input.Name))), options);
    }

    /// <summary>The content of the file that <see cref="Save(string, IReadOnlyList{OnnxInput}, Action{OnnxTrace}, OnnxExportOptions?)"/> writes.</summary>
    /// <inheritdoc cref="Save(string, IReadOnlyList{OnnxInput}, Action{OnnxTrace}, OnnxExportOptions?)"/>
    public static byte[] ToBytes(IReadOnlyList<OnnxInput> inputs, Action<OnnxTrace> forward, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(forward);
        options ??= new OnnxExportOptions();
        if (inputs.Select(input => input.Name).Distinct(StringComparer.Ordinal).Count() < inputs.Count)
            throw new ArgumentException($"OnnxExport: two inputs share a name: {string.Join(", ", inputs)}. Give each its own.", nameof(inputs));
        using ModelTraces traces = ModelTraces.Run(inputs, forward, options);
        ModelProto model = new GraphExporter(traces).Export(options.Name);
        long numbers = model.Graph!.Initializers.Sum(tensor => (long)tensor.RawData.GetValueOrDefault().Length);
        if (numbers > MostBytes)
            throw new OnnxException($"The model has {numbers} bytes of parameters; a file of ONNX holds {MostBytes} at most. Export its parts as files of their own.");
        return model.Write().Written.ToArray();
    }

    private static void Write(string path, byte[] bytes) => AtomicFile.Write(path, stream => stream.Write(bytes));
}
