using Microsoft.Extensions.VectorData;

namespace Inkling.Vectors;

/// <summary>What one of the package's distance functions is here: a metric, and how its distance becomes a score.</summary>
/// <param name="Metric">The metric of the index.</param>
/// <param name="Of">The score of a distance.</param>
/// <param name="MoreIsNearer">Whether it is a similarity.</param>
internal sealed record DistanceScore(Metric Metric, Func<float, double> Of, bool MoreIsNearer)
{
    /// <summary>The one of a name; null for the cosine similarity.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static DistanceScore For(string? function) => function switch
    {
        null or DistanceFunction.CosineSimilarity => new DistanceScore(Metric.Cosine, distance => 1 - (double)distance, true),
        DistanceFunction.CosineDistance => new DistanceScore(Metric.Cosine, distance => distance, false),
        DistanceFunction.DotProductSimilarity => new DistanceScore(Metric.Dot, distance => -(double)distance, true),
        DistanceFunction.NegativeDotProductSimilarity => new DistanceScore(Metric.Dot, distance => distance, false),
        DistanceFunction.EuclideanSquaredDistance => new DistanceScore(Metric.L2, distance => distance, false),
        DistanceFunction.EuclideanDistance => new DistanceScore(Metric.L2, distance => Math.Sqrt(distance), false),
        _ => throw new NotSupportedException(
            $"Collection: there is no distance function \"{function}\". Take {nameof(DistanceFunction.CosineSimilarity)}, {nameof(DistanceFunction.CosineDistance)}, "
            + $"{nameof(DistanceFunction.DotProductSimilarity)}, {nameof(DistanceFunction.NegativeDotProductSimilarity)}, {nameof(DistanceFunction.EuclideanDistance)} "
            + $"or {nameof(DistanceFunction.EuclideanSquaredDistance)}."),
    };

    /// <summary>Whether a score is good enough.</summary>
    public bool Passes(double score, double? threshold) => threshold is not { } least || (MoreIsNearer ? score >= least : score <= least);
}
