using System.Collections.Immutable;

namespace Inkling.Tuning;

/// <summary>
/// Scrambled Sobol points (*Sobol 1967, Owen 1995, Joe and Kuo 2008*): random to look at, but evenly spread over all parameters together, so that fewer trials leave no holes.
/// </summary>
/// <remarks>
/// The i-th parameter a trial asks for takes the i-th coordinate of the point that belongs to the trial's number; beyond 64 parameters values are random. Spaces that branch
/// keep uniform values, evenly spread among the trials that ask for the same parameters.
/// </remarks>
public sealed class SobolSampler : ISampler
{
    private SobolSequence? _sequence;
    private ulong _seed;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> SampleRelative(SamplingContext context) => ImmutableDictionary<string, double>.Empty;

    /// <inheritdoc/>
    public double SampleIndependent(SamplingContext context, string name, Distribution distribution)
    {
        ulong seed = context.Study.Specification.Seed;
        if (_sequence is null || _seed != seed) (_sequence, _seed) = (new SobolSequence(seed), seed);
        int dimension = context.Trial.Parameters.Count;
        return distribution.FromUnit(dimension < SobolSequence.MaxDimensions ? _sequence.Coordinate((uint)context.Trial.Number, dimension) : context.Random.NextDouble());
    }
}
