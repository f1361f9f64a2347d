namespace Inkling.Training.Metrics;

/// <summary>What a <see cref="Metric"/> found.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Value">The figure.</param>
/// <param name="HigherIsBetter">Whether more is better.</param>
public sealed record MetricValue(string Name, double Value, bool HigherIsBetter = true);
