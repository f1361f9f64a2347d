namespace Inkling.Language;

/// <summary>The sizes of a <see cref="SequenceClassifier"/>.</summary>
public sealed record SequenceClassifierConfig
{
    /// <summary>Number of words, <c>V</c>; number 0 is what shorter sequences are filled up with.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the word vectors, <c>E</c>. Default: 100.</summary>
    public int EmbeddingWidth { get; init; } = 100;

    /// <summary>Width of the recurrent state, <c>H</c>, of each direction. Default: 100.</summary>
    public int HiddenWidth { get; init; } = 100;

    /// <summary>Number of recurrent layers, 1 to 8. Default: 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether sequences are read in both directions. Default: true.</summary>
    public bool Bidirectional { get; init; } = true;

    /// <summary>How one vector is made of all states. Default: the largest and the mean of each column.</summary>
    public SequencePooling Pooling { get; init; } = SequencePooling.Max | SequencePooling.Mean;

    /// <summary>Number of classes, <c>C</c>, at least 2. Default: 2.</summary>
    public int Classes { get; init; } = 2;

    /// <summary>Dropout of word vectors, between layers and before the scores, while training; 0 ≤ p &lt; 1. Default: 0.5.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Dropout of whole words while training, 0 ≤ p &lt; 1 (Iyyer et al. 2015, §3). Default: 0.</summary>
    public double WordDropout { get; init; }

    /// <summary>Dropout of the state where the recurrent weight reads it, while training, 0 ≤ p &lt; 1 (Gal &amp; Ghahramani 2016). Default: 0.</summary>
    public double RecurrentDropout { get; init; }

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">A size is out of range; the message names it.</exception>
    public void Validate()
    {
        Check(nameof(VocabularySize), VocabularySize, 2, 4_000_000);
        Check(nameof(EmbeddingWidth), EmbeddingWidth, 1, 4_096);
        Check(nameof(HiddenWidth), HiddenWidth, 1, 4_096);
        Check(nameof(Layers), Layers, 1, 8);
        Check(nameof(Classes), Classes, 2, 65_536);
        Check(nameof(Dropout), Dropout);
        Check(nameof(WordDropout), WordDropout);
        Check(nameof(RecurrentDropout), RecurrentDropout);
        if ((Pooling & (SequencePooling.Last | SequencePooling.Mean | SequencePooling.Max)) == 0 || Pooling >= (SequencePooling)16)
            throw new ArgumentException($"SequenceClassifier: the pooling is {Pooling}; it must have Last, Mean or Max.");
    }

    private static void Check(string name, int value, int least, int most)
    {
        if (value < least || value > most) throw new ArgumentException($"SequenceClassifier: {name} is {value}; it must lie between {least} and {most}.");
    }

    private static void Check(string name, double rate)
    {
        if (!(rate >= 0 && rate < 1)) throw new ArgumentException($"SequenceClassifier: {name} is {rate}; it must be at least 0 and less than 1.");
    }
}
