using Inkling.Nn;

namespace Inkling.Softmax;

/// <summary>The language model of issue 3: embedding 256, LSTM 512, and a softmax over the vocabulary.</summary>
internal sealed class LanguageNet : Module
{
    public const int EmbeddingWidth = 256, HiddenWidth = 512;

    public LanguageNet(int vocabulary, double dropout, AdaptiveSoftmax? adaptive)
    {
        Embedding = AddChild("embedding", new Embedding(vocabulary, EmbeddingWidth));
        Lstm = AddChild("lstm", new Lstm(EmbeddingWidth, HiddenWidth));
        Dropout = new Dropout(dropout);
        if (adaptive is null) Output = AddChild("output", new Linear(HiddenWidth, vocabulary));
        else Adaptive = AddChild("adaptive", adaptive);
    }

    public Embedding Embedding { get; }

    public Lstm Lstm { get; }

    public Dropout Dropout { get; }

    public Linear? Output { get; }

    public AdaptiveSoftmax? Adaptive { get; }
}
