using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>A table of rows of numbers that are trained, each as far from the next as kernels want it.</summary>
/// <param name="rows">How many.</param>
/// <param name="width">Numbers of a row that are used.</param>
internal sealed class RowTable(int rows, int width)
{
    private readonly Slab _values = new(checked(rows * NegativeSampling.Stride(width)));

    public int Rows => rows;

    public int Width => width;

    public int Stride { get; } = NegativeSampling.Stride(width);

    public Span<float> All => _values.Span;

    public Span<float> this[int row] => _values.Slice(row * Stride, width);

    public Span<float> Whole(int row) => _values.Slice(row * Stride, Stride);

    /// <summary>Fills rows <paramref name="first"/> and following with numbers uniform in ±½/E, as word2vec begins.</summary>
    public void FillAtRandom(ulong seed, ulong stream, int first = 0)
    {
        float[] row = new float[width];
        for (int i = first; i < rows; i++)
        {
            CounterRandom.Fill(row, seed, stream + ((ulong)i << 8), -0.5f / width, 0.5f / width);
            row.CopyTo(this[i]);
        }
    }

    /// <summary>The vectors without what lies between them, [rows, width].</summary>
    public float[] ToArray(int count)
    {
        float[] values = new float[checked(count * width)];
        for (int i = 0; i < count; i++) this[i].CopyTo(values.AsSpan(i * width));
        return values;
    }
}
