using Inkling.Nn;

namespace Inkling.Language;

/// <summary>
/// A model of the next token of a text: from tokens <c>[T, B]</c> it makes features <c>[T, B, E]</c>, and of these a score for each token of the
/// vocabulary, <c>[T, B, V]</c>. Derive to train a network of your own with <see cref="TextTask"/> and to write with <see cref="TextSampler"/>.
/// </summary>
/// <remarks>
/// A recurrent model names the widths of what it carries from one part of a text to the next (<see cref="StateWidths"/>), gets these states and
/// returns the last ones. One that sees a window only names its length (<see cref="Context"/>) and carries nothing.
/// </remarks>
public abstract class LanguageModel : Module
{
    /// <summary>Number of tokens, V.</summary>
    public abstract int VocabularySize { get; }

    /// <summary>How many steps it can read at once. Default: any number.</summary>
    public virtual int Context => int.MaxValue;

    /// <summary>The width W of each state that is carried from one part of a text to the next, <c>[B, W]</c>. Default: none.</summary>
    public virtual IReadOnlyList<int> StateWidths => [];

    /// <summary>Reads tokens; must allocate nothing.</summary>
    /// <param name="tokens"><c>[T, B]</c>.</param>
    /// <param name="states">What the steps before left, <c>[B, W]</c> each, in the order of <see cref="StateWidths"/>; empty for zeros.</param>
    /// <param name="lastStates">Receives what these steps leave, in the same order.</param>
    /// <returns>The features that predict the next tokens, <c>[T, B, E]</c>.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or there are more steps than <see cref="Context"/>.</exception>
    public abstract Tensor Forward(Indices tokens, ReadOnlySpan<Tensor> states, Span<Tensor> lastStates);

    /// <summary>The mean loss of predicting the targets, in nats.</summary>
    /// <param name="features">What <see cref="Forward"/> returned, <c>[T, B, E]</c>.</param>
    /// <param name="targets"><c>[T, B]</c> the next tokens; −1 where nothing is asked.</param>
    public abstract Tensor Loss(Tensor features, Indices targets);

    /// <summary>The score of each token, the logarithm of its probability but for a constant: <c>[…, E] → […, V]</c>.</summary>
    /// <param name="features">What <see cref="Forward"/> returned, or a part of it.</param>
    public abstract Tensor Scores(Tensor features);
}
