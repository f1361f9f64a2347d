namespace Inkling.Language;

/// <summary>What may be said when an <see cref="OnnxSentenceEncoder"/> is opened; the folder says the rest.</summary>
public sealed record OnnxSentenceOptions
{
    /// <summary>The model's file, from the folder on, such as <c>onnx/model_qint8_avx512.onnx</c>. Null, the default: <c>onnx/model.onnx</c> or <c>model.onnx</c>.</summary>
    public string? Model { get; init; }

    /// <summary>Whether vectors get length 1, as all of <see cref="ITextEncoder"/> have it. Default: true; false leaves it to the folder (<c>2_Normalize</c>).</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>What is put before every text, such as <c>query: </c>. Null, the default: the default prompt that the folder names, most often none.</summary>
    public string? Prompt { get; init; }

    /// <summary>The most pieces of a text that are read, begin and end among them, 3 or more; the rest is cut off. Null, the default: what the folder says.</summary>
    public int? MaxPieces { get; init; }

    /// <summary>Texts that go through the model together, 1 to 1,024. Default: 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Batches that <see cref="OnnxSentenceEncoder.EncodeMany"/> works on at a time, 1 to 1,024. Default: one a processor. A batch is computed by one thread.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal void Check()
    {
        Within(BatchSize, 1, 1024, nameof(BatchSize));
        Within(Threads, 1, 1024, nameof(Threads));
        if (MaxPieces is { } most) Within(most, 3, 1 << 20, nameof(MaxPieces));
        static void Within(int value, int least, int most, string name)
        {
            if (value < least || value > most) throw new ArgumentException($"OnnxSentenceEncoder: {name} is {value}. Give {least} to {most}.", "options");
        }
    }
}
