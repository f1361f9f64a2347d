namespace Inkling.Language;

/// <summary>How a <see cref="TextClassifier"/> reads texts and judges scores.</summary>
public sealed record TextClassifierOptions
{
    /// <summary>T, by which scores are divided before they become probabilities, above 0; <see cref="TemperatureScaling"/> finds it. Default: 1.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>How many words are read at once, 8 to 10,000; longer texts are read in pieces. Default: 60.</summary>
    public int PieceWords { get; init; } = 60;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        if (!(Temperature > 0 && double.IsFinite(Temperature))) throw new ArgumentException($"TextClassifier: the temperature is {Temperature}; it must be above 0 and finite.");
        if (PieceWords is < 8 or > 10_000) throw new ArgumentException($"TextClassifier: PieceWords is {PieceWords}; it must lie between 8 and 10,000.");
    }
}
