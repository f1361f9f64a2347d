namespace Inkling.Mail;

/// <summary>A row of a reliability table.</summary>
/// <param name="From">Lowest confidence of the bin.</param>
/// <param name="To">Confidence at which the next bin starts.</param>
/// <param name="Count">Predictions in it.</param>
/// <param name="MeanConfidence">Their mean confidence.</param>
/// <param name="ShareRight">The share of them that came true; near the mean confidence when well calibrated.</param>
public sealed record ReliabilityBin(double From, double To, long Count, double MeanConfidence, double ShareRight);
