namespace Inkling.Language;

/// <summary>The sizes of a <see cref="GptLanguageModel"/>.</summary>
public sealed record GptLanguageModelConfig
{
    /// <summary>Number of tokens, V, at least 2.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The longest window that is read, L, at least 1. Default: 128.</summary>
    public int Context { get; init; } = 128;

    /// <summary>Width D, a multiple of <see cref="Heads"/>. Default: 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Number of blocks, at least 1. Default: 4.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Number of heads, at least 1. Default: 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Dropout of the token vectors, of the attention's weights and before each sum, while training, 0 ≤ p &lt; 1. Default: 0.</summary>
    public double Dropout { get; init; }

    internal void Check()
    {
        if (VocabularySize < 2) throw Wrong(nameof(VocabularySize), VocabularySize, "there must be 2 tokens at least");
        if (Context < 1) throw Wrong(nameof(Context), Context, "it must be at least 1");
        if (Layers < 1) throw Wrong(nameof(Layers), Layers, "it must be at least 1");
        if (Heads < 1) throw Wrong(nameof(Heads), Heads, "it must be at least 1");
        if (Width < Heads || Width % Heads != 0) throw Wrong(nameof(Width), Width, $"it must be a multiple of the {Heads} heads");
        if (!(Dropout >= 0 && Dropout < 1)) throw Wrong(nameof(Dropout), Dropout, "it must be at least 0 and less than 1");
    }

    private static ArgumentException Wrong(string name, double value, string must)
        => new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"GptLanguageModel: {name} is {value}; {must}."));
}
