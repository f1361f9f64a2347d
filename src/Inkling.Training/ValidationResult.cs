using Inkling.Training.Metrics;

namespace Inkling.Training;

/// <summary>What a validation found.</summary>
/// <param name="Loss">The mean loss over all held-out targets; nats for language models. Lower is better; it decides early stopping unless <see cref="TrainerOptions.Monitor"/> names a metric.</param>
/// <param name="BitsPerCharacter">For language models, the loss in bits over the characters of the text; otherwise null.</param>
public sealed record ValidationResult(double Loss, double? BitsPerCharacter = null)
{
    /// <summary>What metrics found, if there were any.</summary>
    public IReadOnlyList<MetricValue> Metrics { get; init; } = [];

    /// <summary>What a metric found.</summary>
    /// <exception cref="KeyNotFoundException">There was none of this name.</exception>
    public double this[string metric] => Find(metric).Value;

    internal MetricValue Find(string metric) => Metrics.FirstOrDefault(value => value.Name == metric)
        ?? throw new KeyNotFoundException($"ValidationResult: no metric is called '{metric}'. There are: {(Metrics.Count == 0 ? "none" : string.Join(", ", Metrics.Select(value => value.Name)))}.");
}
