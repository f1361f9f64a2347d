namespace Inkling.Mail;

/// <summary>What is known about the model a <see cref="Completer"/> works with.</summary>
public sealed record ModelInfo
{
    /// <summary>The folder's name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Full path of the model folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Version of the folder format.</summary>
    public int FormatVersion { get; init; }

    /// <summary>Number of pieces the tokenizer knows.</summary>
    public int VocabularySize { get; init; }

    /// <summary>Weights of the neural model, 0 without one.</summary>
    public long Parameters { get; init; }

    /// <summary>Width of the recurrent layers, 0 without a neural model.</summary>
    public int HiddenWidth { get; init; }

    /// <summary>Number of recurrent layers, 0 without a neural model.</summary>
    public int Layers { get; init; }

    /// <summary>How the weights are stored: <c>int8</c>, <c>f32</c> or <c>none</c>.</summary>
    public string WeightType { get; init; } = "none";

    /// <summary>True when an n-gram model is mixed in.</summary>
    public bool HasNGrams { get; init; }

    /// <summary>Bytes of all files that are loaded.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Confidence below which nothing is shown, 0 to 1.</summary>
    public double Threshold { get; init; }
}
