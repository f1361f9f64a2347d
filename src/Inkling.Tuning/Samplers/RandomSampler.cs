using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>Every parameter by itself, uniformly on its scale. The measure of all others, and hard to beat in many dimensions (*Bergstra and Bengio 2012*).</summary>
public sealed class RandomSampler : ISampler
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context) => ImmutableDictionary<string, double>.Empty;

    /// <inheritdoc/>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution) => distribution.FromUnit(context.Random.NextDouble());
}
