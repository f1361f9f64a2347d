namespace Inkling.Language;

/// <summary>The sizes of a <see cref="RecurrentLanguageModel"/>.</summary>
public sealed record RecurrentLanguageModelConfig
{
    /// <summary>Number of tokens, V, at least 2.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the token vectors, E, at least 1. Default: 64.</summary>
    public int EmbeddingWidth { get; init; } = 64;

    /// <summary>Width of the recurrent state, H, at least 1. Default: 256.</summary>
    public int HiddenWidth { get; init; } = 256;

    /// <summary>Number of recurrent layers, at least 1. Default: 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>The kind of cell. Default: <see cref="RecurrentCellKind.Lstm"/>.</summary>
    public RecurrentCellKind Cell { get; init; }

    /// <summary>Dropout of token vectors, between layers and before the output, while training, 0 ≤ p &lt; 1 (Zaremba et al. 2014, §3.1). Default: 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether tokens are scored by their own vectors (Press &amp; Wolf 2017), behind a projection <c>[E, H]</c> where H is not E. Default: no, by a layer <c>[V, H]</c>.</summary>
    public bool TiedOutput { get; init; }

    internal void Check()
    {
        if (VocabularySize < 2) throw Wrong(nameof(VocabularySize), VocabularySize, "there must be 2 tokens at least");
        if (EmbeddingWidth < 1) throw Wrong(nameof(EmbeddingWidth), EmbeddingWidth, "it must be at least 1");
        if (HiddenWidth < 1) throw Wrong(nameof(HiddenWidth), HiddenWidth, "it must be at least 1");
        if (Layers < 1) throw Wrong(nameof(Layers), Layers, "it must be at least 1");
        if (!Enum.IsDefined(Cell)) throw Wrong(nameof(Cell), (int)Cell, "it must be one of Lstm, Gru and Rnn");
        if (!(Dropout >= 0 && Dropout < 1)) throw Wrong(nameof(Dropout), Dropout, "it must be at least 0 and less than 1");
    }

    private static ArgumentException Wrong(string name, double value, string must)
        => new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"RecurrentLanguageModel: {name} is {value}; {must}."));
}
