namespace Inkling.Mail;

/// <summary>What a model has learnt about its own completions on validation mail; the section <c>completion</c> of <c>config.json</c>.</summary>
public sealed record CompletionSettings
{
    /// <summary>Confidence below which nothing is shown, 0 to 1.</summary>
    public double Threshold { get; init; } = 0.27;

    /// <summary>
    /// Keystrokes that being right is worth beyond those saved. Of the continuations above the threshold the one with the most
    /// <c>confidence · (characters − 1 + Certainty)</c> is shown: large values prefer the likeliest, small ones the longest.
    /// </summary>
    public double Certainty { get; init; } = 12;

    /// <summary>
    /// Shares of the neural model, a row for each length of context the n-gram model knows (0, 1, …); the n-gram model has the rest.
    /// Without an n-gram model they mean nothing.
    /// </summary>
    public IReadOnlyList<double> ModelShares { get; init; } = [0.6];

    /// <summary>From the model's probabilities to confidence.</summary>
    public ConfidenceCalibration Calibration { get; init; } = ConfidenceCalibration.Identity;

    internal void Validate(string path)
    {
        if (!IsSound)
            throw new InvalidDataException($"'{path}': the section \"completion\" holds values that make no sense. Copy the model again, or calibrate it anew.");
    }

    private bool IsSound => Threshold is >= 0 and <= 1 && Certainty >= 0 && double.IsFinite(Certainty)
        && ModelShares.Count > 0 && All(ModelShares, share => share is >= 0 and <= 1)
        && Calibration.Weights is not null && Calibration.Weights.Count == ConfidenceCalibration.Features && All(Calibration.Weights, double.IsFinite) && double.IsFinite(Calibration.Bias);

    // Not Enumerable.All: this runs at each start, and the framework has no compiled code of it for numbers.
    private static bool All(IReadOnlyList<double> values, Func<double, bool> condition)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!condition(values[i]))
                return false;
        }
        return true;
    }
}
