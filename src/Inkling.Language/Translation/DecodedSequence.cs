namespace Inkling.Language;

/// <summary>What a <see cref="SequenceDecoder"/> wrote.</summary>
/// <param name="Symbols">The target symbols, without begin and end.</param>
/// <param name="LogProbability"><c>ln P</c> of all of them and the end, in nats.</param>
/// <param name="Score">What was made large, <c>ln P / n^α</c>.</param>
/// <param name="IsComplete">Whether it ended by itself; if not, it was cut off.</param>
public sealed record DecodedSequence(IReadOnlyList<int> Symbols, double LogProbability, double Score, bool IsComplete);
