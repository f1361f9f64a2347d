namespace Inkling.Language;

/// <summary>How much one word of a text moves its class, found by leaving it out.</summary>
/// <param name="Word">The word as it was written, without the marks around it.</param>
/// <param name="Without">What the text would be without it.</param>
/// <param name="Change">How much the log-odds of the text's class fall when it is left out, in nats; negative for words that speak against the class.</param>
public sealed record WordInfluence(string Word, TextClassification Without, double Change);
