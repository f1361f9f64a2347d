using System.Globalization;
using Inkling.Nn;

namespace Inkling.SoftmaxComparison;

/// <summary>The language model of issue 3: embedding 256, LSTM 512, and one of the losses over the vocabulary.</summary>
internal sealed class LanguageNet : Module
{
    public const int EmbeddingWidth = 256, HiddenWidth = 512;

    private readonly Embedding _embedding;
    private readonly Lstm _lstm;
    private readonly Dropout _dropout;
    private readonly Linear? _output;
    private readonly AdaptiveSoftmax? _adaptive;
    private readonly ClassSampler? _sampler;

    /// <summary>Declares the network.</summary>
    /// <param name="kind"><c>full</c>, <c>adaptive</c>, <c>adaptive-K</c> with K clusters, or <c>sampled-N</c> with a sample of N.</param>
    /// <param name="counts">How often each word occurs.</param>
    /// <param name="dropout">Dropout of the word vectors and of the LSTM's output.</param>
    public LanguageNet(string kind, long[] counts, double dropout)
    {
        _embedding = AddChild("embedding", new Embedding(counts.Length, EmbeddingWidth));
        _lstm = AddChild("lstm", new Lstm(EmbeddingWidth, HiddenWidth));
        _dropout = new Dropout(dropout);
        int Number(string prefix) => int.Parse(kind.AsSpan(prefix.Length), CultureInfo.InvariantCulture);
        if (kind == "adaptive") _adaptive = new AdaptiveSoftmax(HiddenWidth, counts);
        else if (kind.StartsWith("adaptive-", StringComparison.Ordinal))
            _adaptive = new AdaptiveSoftmax(new AdaptiveClusters(ClassOrder.ByCount(counts), HiddenWidth, AdaptiveCutoffs.Choose(counts, HiddenWidth, maxClusters: Number("adaptive-"))));
        else if (kind.StartsWith("sampled-", StringComparison.Ordinal)) _sampler = new ClassSampler(counts, Number("sampled-"));
        else if (kind != "full") throw new FormatException($"'{kind}' is none of full, adaptive, adaptive-K and sampled-N.");

        if (_adaptive is not null) AddChild("output", _adaptive);
        else _output = AddChild("output", new Linear(HiddenWidth, counts.Length));
    }

    /// <summary>The mean loss of predicting the targets, <c>[T, B]</c>.</summary>
    public Tensor Loss(Indices tokens, Indices targets, CarriedState hidden, CarriedState cell, Tensor[] lastHidden, Tensor[] lastCell)
    {
        Tensor x = _dropout.Forward(_embedding.Forward(tokens));                                                     // [T, B, E]
        Tensor h = _dropout.Forward(_lstm.Forward(x, [hidden.Tensor], [cell.Tensor], lastHidden, lastCell));         // [T, B, H]
        if (_adaptive is not null) return _adaptive.Loss(h, targets);
        return _sampler is not null
            ? Losses.SampledSoftmax(h, _output!.Weight, _output.Bias, targets, _sampler)
            : Losses.LinearCrossEntropy(h, _output!.Weight, _output.Bias, targets);
    }

    /// <inheritdoc/>
    public override string ToString() => _adaptive?.ToString() ?? (_sampler is null ? _output!.ToString() : $"{_output}, a sample of {_sampler.Size} of which {_sampler.CertainCount} always");
}
