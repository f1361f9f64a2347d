namespace Inkling.Language;

/// <summary>What a <see cref="TextClassifier"/> makes of a text.</summary>
/// <param name="Label">The likeliest class.</param>
/// <param name="Confidence">Its probability, as calibrated on held-out texts: 1/C … 1.</param>
/// <param name="Probabilities">The probability of each class, in the order of <see cref="TextClassifier.Labels"/>.</param>
/// <param name="Words">How many words the text has.</param>
/// <param name="KnownWords">How many of them the model knows. Where it is 0, the classes say nothing about the text.</param>
public sealed record TextClassification(string Label, double Confidence, IReadOnlyList<double> Probabilities, int Words, int KnownWords);
