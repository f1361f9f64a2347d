namespace Inkling.Onnx;

/// <summary>What an export may be told beside inputs and outputs.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>What the graph in the file is called. Default: <c>model</c>.</summary>
    public string Name { get; init; } = "model";

    /// <summary>
    /// The smallest size with which the model is traced for each name of a size; two larger ones follow, up to one and a half times as large, or 3 more. Default: 4 for all. A
    /// convolution over a named size needs as much as its kernel covers.
    /// </summary>
    public IReadOnlyDictionary<string, int> Sizes { get; init; } = new Dictionary<string, int>();
}
