using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Row lookup, <c>yᵢ = W[iᵢ]</c>: indices <c>[…]</c>, table <c>[V, E]</c> → <c>[…, E]</c>. <c>dW[iᵢ] += dyᵢ</c>.
/// </summary>
/// <param name="indices">Which rows; 0 … V − 1.</param>
/// <param name="padding">A row that gets no gradient, for places that are only filled up; −1 for none.</param>
public readonly struct Lookup(Indices indices, int padding = -1) : IOp
{
    /// <inheritdoc/>
    public static string Name => "Embedding";

    internal Indices Indices => indices;

    /// <inheritdoc/>
    public static double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 0;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape table = inputs[0];
        if (table.Rank != 2) Errors.Shape(Name, $"the table is {table}; it must be [entries, width].");
        foreach (int index in indices.Values)
        {
            if ((uint)index >= (uint)table[0]) throw new ArgumentOutOfRangeException(nameof(inputs), $"Embedding: index {index} is outside the table of {table[0]} entries.");
        }

        Span<int> sizes = stackalloc int[Shape.MaxRank];
        if (indices.Shape.Rank == Shape.MaxRank) Errors.Shape(Name, $"indices {indices.Shape} leave no room for the width axis.");
        for (int i = 0; i < indices.Shape.Rank; i++) sizes[i] = indices.Shape[i];
        sizes[indices.Shape.Rank] = table[1];
        outputs[0] = Shape.Create(sizes[..(indices.Shape.Rank + 1)]);
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        int width = context.InputShape(0)[1];
        ReadOnlySpan<real> table = context.Input(0);
        Span<real> y = context.Output();
        ReadOnlySpan<int> rows = indices.Values;
        for (int i = 0; i < rows.Length; i++) table.Slice(rows[i] * width, width).CopyTo(y.Slice(i * width, width));
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        int width = context.InputShape(0)[1];
        ReadOnlySpan<int> rows = indices.Values;
        Span<real> gradient = context.InputGradientRows(0, rows, padding);
        ReadOnlySpan<real> gy = context.OutputGradient();
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] != padding) Elementwise.Add(gy.Slice(i * width, width), gradient.Slice(rows[i] * width, width));
        }
    }
}

/// <summary>The public face of <see cref="Inkling.Lookup"/>.</summary>
public static class LookupExtensions
{
    extension(Indices indices)
    {
        /// <summary>Row lookup, <c>yᵢ = W[iᵢ]</c>: <c>[…]</c> → <c>[…, E]</c> from a table <c>[V, E]</c>; the row <paramref name="padding"/> gets no gradient.</summary>
        /// <exception cref="ArgumentOutOfRangeException">An index is outside the table.</exception>
        public Tensor Lookup(Parameter table, int padding = -1) => Tape.Record(new Lookup(indices, padding), indices.Tape.Parameter(table));
    }
}
