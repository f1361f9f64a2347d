namespace Inkling.Mail;

/// <summary>How well stated confidences agree with what comes true.</summary>
public sealed record CalibrationFigures
{
    /// <summary>Predictions looked at.</summary>
    public required long Count { get; init; }

    /// <summary>
    /// Expected calibration error: Σ over the bins of (predictions in the bin / all) · |mean confidence − share right|; 0 is perfect.
    /// Guo et al. 2017, <em>On Calibration of Modern Neural Networks</em>, eq. 3.
    /// </summary>
    public required double ExpectedCalibrationError { get; init; }

    /// <summary>Brier score: the mean of (confidence − outcome)², outcome 1 when right and 0 when wrong; 0 is perfect, 0.25 what always saying 0.5 gets.</summary>
    public required double Brier { get; init; }

    /// <summary>The reliability table: ten bins of equal width, those without predictions left out.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }
}
