using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>How a vector lies in a row of bytes, and how far rows are from each other. Cosine's vectors come normalised.</summary>
/// <remarks>A query is bytes too: for most formats a row, for float16 the vector as float32, so that nothing is rounded twice.</remarks>
internal abstract class RowFormat(Metric metric, int dimensions)
{
    /// <summary>What is near.</summary>
    public Metric Metric { get; } = metric;

    /// <summary>Elements of a vector.</summary>
    public int Dimensions { get; } = dimensions;

    /// <summary>Bytes of a row.</summary>
    public abstract int Stride { get; }

    /// <summary>Bytes of a query.</summary>
    public virtual int QueryBytes => Stride;

    /// <summary>What becomes of a product or a squared distance.</summary>
    protected Affine Map { get; } = metric switch
    {
        Metric.Cosine => new Affine(1, -1),
        Metric.Dot => new Affine(0, -1),
        _ => new Affine(0, 1),
    };

    /// <summary>The format of a storage.</summary>
    public static RowFormat Of(VectorStorage storage, Metric metric, int dimensions) => storage switch
    {
        VectorStorage.Float32 => new SingleRows(metric, dimensions),
        VectorStorage.Float16 => new HalfRows(metric, dimensions),
        VectorStorage.Int8 => new ByteRows(metric, dimensions),
        _ => new BitRows(metric, dimensions),
    };

    /// <summary>Writes a vector as a row.</summary>
    public abstract void Encode(ReadOnlySpan<float> vector, Span<byte> row);

    /// <summary>Reads a row, as far as it is known.</summary>
    public abstract void Decode(ReadOnlySpan<byte> row, Span<float> vector);

    /// <summary>Writes a vector as a query.</summary>
    public virtual void Prepare(ReadOnlySpan<float> vector, Span<byte> query) => Encode(vector, query);

    /// <summary>A row as a query: itself, or written to <paramref name="buffer"/>.</summary>
    public virtual ReadOnlySpan<byte> AsQuery(ReadOnlySpan<byte> row, Span<byte> buffer) => row;

    /// <summary>Distances of the listed rows.</summary>
    public abstract void Distances(ReadOnlySpan<byte> query, RowMemory rows, ReadOnlySpan<int> places, Span<float> distances);

    /// <summary>Distances of row <paramref name="first"/> and those that follow.</summary>
    public abstract void Distances(ReadOnlySpan<byte> query, RowMemory rows, int first, Span<float> distances);
}
