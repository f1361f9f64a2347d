using Inkling.Language;
using Inkling.Nn;

namespace Inkling.Playground;

/// <summary>A text as a network read it: its pieces, what every unit did at each of them, and what was expected next.</summary>
/// <param name="pieces">The characters, or the tokens, one for each step.</param>
/// <param name="trace">What the network did.</param>
/// <param name="name">The text of a token.</param>
public sealed class LettersReading(IReadOnlyList<string> pieces, LanguageModelTrace trace, Func<int, string> name)
{
    /// <summary>The characters, or the tokens, one for each step.</summary>
    public IReadOnlyList<string> Pieces { get; } = pieces;

    /// <summary>Their numbers.</summary>
    public IReadOnlyList<int> Tokens => trace.Tokens;

    /// <summary>What the cells did.</summary>
    public RecurrentTrace Cells => trace.Cells;

    /// <summary>The likeliest to follow a piece, the likeliest first.</summary>
    /// <param name="step">The place of the piece.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<(string Text, float Probability)> Next(int step, int count)
    {
        float[] probabilities = trace.NextProbabilities(step);
        return [.. probabilities.Select((probability, token) => (token, probability)).OrderByDescending(one => one.probability).Take(count).Select(one => (name(one.token), one.probability))];
    }
}
