namespace Inkling.Tuning;

/// <summary>Holds some parameters at given values in all trials and lets another sampler choose the others.</summary>
/// <param name="inner">Who chooses the others.</param>
/// <param name="values">Texts of the values (<see cref="Distribution.Text"/>) by parameter.</param>
public sealed class FixedSampler(ISampler inner, IReadOnlyDictionary<string, string> values) : ISampler
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context)
        => inner.SampleRelative(context).Where(one => !values.ContainsKey(one.Key)).ToDictionary(one => one.Key, one => one.Value);

    /// <inheritdoc/>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
        => values.TryGetValue(name, out string? text) ? distribution.Parse(text) : inner.SampleIndependent(context, name, distribution);

    /// <inheritdoc/>
    public bool IsExhausted(TrialHistory history) => inner.IsExhausted(history);
}
