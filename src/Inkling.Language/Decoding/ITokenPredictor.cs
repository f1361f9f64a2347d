namespace Inkling.Language;

/// <summary>
/// Says which token comes next, in streaming fashion: a state is stepped through the tokens seen so far and can be asked for the
/// distribution of the next one at any point.
/// </summary>
/// <remarks>
/// A predictor is immutable and may be shared by any number of threads; everything that changes lives in the <see cref="PredictorState"/>,
/// which belongs to one thread at a time. Results must depend on the tokens stepped through alone: not on how calls were batched, nor on
/// what else ran. That is what makes an answer with a session equal the answer without one, bit for bit.
/// After warm-up neither stepping nor predicting allocates.
/// </remarks>
public interface ITokenPredictor
{
    /// <summary>Number of tokens, <c>V</c>; ids are <c>0 … V-1</c>.</summary>
    int VocabularySize { get; }

    /// <summary>A new state in which no token has been seen.</summary>
    PredictorState NewState();

    /// <summary>Advances <paramref name="state"/> by one token, in place.</summary>
    /// <param name="state">A state made by this predictor's <see cref="NewState"/>.</param>
    /// <param name="token">The token that was seen, <c>0 … V-1</c>.</param>
    void Step(PredictorState state, int token);

    /// <summary>Advances several states, each by its own token; the same result as one <see cref="Step(PredictorState, int)"/> each.</summary>
    /// <param name="states">Distinct states of this predictor.</param>
    /// <param name="tokens">One token for each state.</param>
    void Step(ReadOnlySpan<PredictorState> states, ReadOnlySpan<int> tokens)
    {
        for (var i = 0; i < states.Length; i++)
            Step(states[i], tokens[i]);
    }

    /// <summary>Writes the distribution of the next token.</summary>
    /// <param name="state">A state made by this predictor; left unchanged as far as later answers go.</param>
    /// <param name="probabilities">[V] Probabilities, non-negative, summing to one up to rounding.</param>
    void Predict(PredictorState state, Span<float> probabilities);

    /// <summary>Writes the distributions of several states; the same result as one <see cref="Predict(PredictorState, Span{float})"/> each.</summary>
    /// <param name="states">States of this predictor.</param>
    /// <param name="probabilities">[states, V], row after row.</param>
    void Predict(ReadOnlySpan<PredictorState> states, Span<float> probabilities)
    {
        for (var i = 0; i < states.Length; i++)
            Predict(states[i], probabilities.Slice(i * VocabularySize, VocabularySize));
    }
}
