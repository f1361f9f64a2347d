using System.Globalization;
using Inkling.Nn;

namespace Inkling.Language;

/// <summary>
/// A GPT (Radford et al. 2019, §2.3): token vectors and learnt positions (D) → blocks of causal attention → normalisation → a score for each
/// token, the product with its own vector (Press &amp; Wolf 2017). It sees a window of <see cref="Context"/> tokens and carries nothing on.
/// </summary>
/// <remarks>
/// Parameters as in nanoGPT: <c>wte.weight</c> <c>[V, D]</c>, <c>wpe.weight</c> <c>[L, D]</c>, <c>h.k.…</c> of block k (<see cref="GptBlock"/>), <c>ln_f.weight</c> and <c>ln_f.bias</c> <c>[D]</c>.
/// </remarks>
public sealed class GptLanguageModel : LanguageModel
{
    private readonly Embedding _tokens;
    private readonly LearnedPositions _positions;
    private readonly Dropout _dropout;
    private readonly GptBlock[] _blocks;
    private readonly LayerNorm _norm;

    /// <summary>Declares the model; call <c>Build(seed)</c> before use.</summary>
    /// <exception cref="ArgumentException">A size or the dropout is out of range.</exception>
    public GptLanguageModel(GptLanguageModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Check();
        Config = config;
        _tokens = AddChild("wte", new Embedding(config.VocabularySize, config.Width, Initializer.Normal(0.02f)));
        _positions = AddChild("wpe", new LearnedPositions(config.Width, config.Context));
        _dropout = new Dropout(config.Dropout);
        _blocks = new GptBlock[config.Layers];
        for (int i = 0; i < _blocks.Length; i++)
            _blocks[i] = AddChild("h." + i.ToString(CultureInfo.InvariantCulture), new GptBlock(config.Width, config.Heads, config.Layers, config.Dropout));
        _norm = AddChild("ln_f", new LayerNorm(config.Width));
    }

    /// <summary>The sizes.</summary>
    public GptLanguageModelConfig Config { get; }

    /// <inheritdoc/>
    public override int VocabularySize => Config.VocabularySize;

    /// <inheritdoc/>
    public override int Context => Config.Context;

    /// <inheritdoc/>
    public override Tensor Forward(Indices tokens, ReadOnlySpan<Tensor> states, Span<Tensor> lastStates)
    {
        Tensor x = _dropout.Forward(_positions.Forward(_tokens.Forward(tokens)));            // [T, B, D]
        foreach (GptBlock block in _blocks) x = block.Forward(x);
        return _norm.Forward(x);
    }

    /// <inheritdoc/>
    public override Tensor Loss(Tensor features, Indices targets) => Losses.LinearCrossEntropy(features, _tokens.Weight, null, targets);

    /// <inheritdoc/>
    public override Tensor Scores(Tensor features) => features.Affine(_tokens.Weight);

    /// <inheritdoc/>
    public override string ToString() => $"GptLanguageModel({VocabularySize} tokens, {Config.Layers} blocks, {Config.Width} wide, {Config.Heads} heads, windows of {Context})";
}
