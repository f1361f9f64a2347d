namespace Inkling.Language;

/// <summary>The sizes of an <see cref="EncoderDecoder"/> and what keeps it from learning by heart.</summary>
public sealed record EncoderDecoderConfig
{
    /// <summary>Number of source symbols, V_s, at least 3, those for begin and end included; <see cref="Translator.Create"/> fills it in.</summary>
    public int SourceVocabulary { get; init; }

    /// <summary>Number of target symbols, V_t, at least 3, those for begin and end included; <see cref="Translator.Create"/> fills it in.</summary>
    public int TargetVocabulary { get; init; }

    /// <summary>Width E of the symbols' vectors. Default: 256.</summary>
    public int EmbeddingWidth { get; init; } = 256;

    /// <summary>Width H of the decoder's state; even, for each direction of the encoder has half of it. Default: 512.</summary>
    public int HiddenWidth { get; init; } = 512;

    /// <summary>Width A in which states of both sides are compared. Default: 256.</summary>
    public int AttentionWidth { get; init; } = 256;

    /// <summary>Number of layers of either side. Default: 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Dropout of vectors, between layers, of what the encoder found and before the output, while training; 0 ≤ p &lt; 1. Default: 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Dropout of the recurrent states, one mask for all steps (Gal &amp; Ghahramani 2016), while training; 0 ≤ p &lt; 1. Default: 0.</summary>
    public double RecurrentDropout { get; init; }

    /// <summary>The share of each target that is spread over all symbols while training; 0 ≤ ε ≤ 1 (Szegedy et al. 2016, §7). Default: 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        Check(nameof(SourceVocabulary), SourceVocabulary, 3, 1 << 20);
        Check(nameof(TargetVocabulary), TargetVocabulary, 3, 1 << 20);
        Check(nameof(EmbeddingWidth), EmbeddingWidth, 1, 8_192);
        Check(nameof(HiddenWidth), HiddenWidth, 2, 8_192);
        Check(nameof(AttentionWidth), AttentionWidth, 1, 8_192);
        Check(nameof(Layers), Layers, 1, EncoderDecoder.MostLayers);
        if (HiddenWidth % 2 != 0) throw new ArgumentException($"EncoderDecoder: {nameof(HiddenWidth)} is {HiddenWidth}; it must be even, for each direction of the encoder has half of it.");
        if (!(Dropout >= 0 && Dropout < 1) || !(RecurrentDropout >= 0 && RecurrentDropout < 1))
            throw new ArgumentException($"EncoderDecoder: a dropout of {Dropout} and a recurrent one of {RecurrentDropout}; both must be at least 0 and less than 1.");
        if (!(LabelSmoothing >= 0 && LabelSmoothing <= 1)) throw new ArgumentException($"EncoderDecoder: a label smoothing of {LabelSmoothing}; it must be between 0 and 1.");
    }

    private static void Check(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new ArgumentException($"EncoderDecoder: {name} is {value}; it must lie between {least} and {most}.");
    }
}
