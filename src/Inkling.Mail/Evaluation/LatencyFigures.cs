namespace Inkling.Mail;

/// <summary>Quantiles of the time that answers took, in milliseconds.</summary>
/// <param name="P50">The median.</param>
/// <param name="P90">Nine of ten answers came sooner.</param>
/// <param name="P99">Ninety-nine of a hundred came sooner.</param>
public sealed record LatencyFigures(double P50, double P90, double P99);
