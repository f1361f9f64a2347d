namespace Inkling.Language;

/// <summary>The sizes of an <see cref="LstmLanguageModel"/>.</summary>
public sealed record LstmLanguageModelConfig
{
    /// <summary>Number of tokens, <c>V</c>.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the token vectors, <c>E</c>.</summary>
    public required int EmbeddingWidth { get; init; }

    /// <summary>Width of the recurrent state, <c>H</c>.</summary>
    public required int HiddenWidth { get; init; }

    /// <summary>Number of recurrent layers. Default: 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Dropout of token vectors, between layers and before the projection, while training; 0 ≤ p &lt; 1. Default: 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">A size is out of range; the message names it.</exception>
    public void Validate()
    {
        Check(nameof(VocabularySize), VocabularySize, 2, 65_536);
        Check(nameof(EmbeddingWidth), EmbeddingWidth, 1, 8_192);
        Check(nameof(HiddenWidth), HiddenWidth, 1, 8_192);
        Check(nameof(Layers), Layers, 1, 16);
        if (!(Dropout >= 0 && Dropout < 1)) throw new ArgumentException($"LstmLanguageModel: a dropout of {Dropout}; it must be at least 0 and less than 1.");
    }

    private static void Check(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new ArgumentException($"LstmLanguageModel: {name} is {value}; it must lie between {least} and {most}.");
    }
}
