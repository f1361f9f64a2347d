namespace Inkling.Mail;

/// <summary>
/// Turns the model's probability of a continuation into the share of such continuations that came true on validation mail:
/// <c>p = σ(b + Σ wᵢ fᵢ)</c> over a few features of the continuation (Platt 1999).
/// </summary>
/// <remarks>
/// Features: 0 the logit of the model's probability; 1 one inside a word; 2 words beyond the first; 3 the logit's negative part (unlikely
/// continuations are misjudged differently); 4 one when the text ends with a mark of punctuation.
/// </remarks>
public sealed record ConfidenceCalibration
{
    /// <summary>Number of features.</summary>
    public const int Features = 5;

    /// <summary>Leaves probabilities as they are.</summary>
    public static ConfidenceCalibration Identity { get; } = new() { Weights = [1, 0, 0, 0, 0], Bias = 0 };

    /// <summary>One weight a feature, [<see cref="Features"/>].</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>The constant.</summary>
    public double Bias { get; init; }

    /// <summary>Confidence in a continuation, 0 to 1.</summary>
    internal double Confidence(in ContinuationFeatures features)
    {
        Span<double> f = stackalloc double[Features];
        features.Write(f);
        var z = Bias;
        for (var i = 0; i < Features; i++)
            z += Weights[i] * f[i];
        return 1 / (1 + Math.Exp(-z));
    }
}

/// <summary>What the calibration looks at.</summary>
internal readonly record struct ContinuationFeatures(double Probability, bool InsideWord, int Words, bool EndsWithPunctuation)
{
    public void Write(Span<double> f)
    {
        var p = Math.Clamp(Probability, 1e-6, 1 - 1e-6);
        f[0] = Math.Log(p / (1 - p));
        f[1] = InsideWord ? 1 : 0;
        f[2] = Words - 1;
        f[3] = Math.Min(0, f[0]);
        f[4] = EndsWithPunctuation ? 1 : 0;
    }
}
