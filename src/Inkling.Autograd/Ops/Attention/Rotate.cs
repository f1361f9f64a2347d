using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Rotary position embedding, <c>(a, b) → (a cos φ − b sin φ, b cos φ + a sin φ)</c> for each pair of a head, φ growing with the position
/// (Su et al. 2021, §3.2): <c>[T, B, width] → [T, B, width]</c>. The gradient is turned back.
/// </summary>
/// <param name="table">Sines and cosines; they say how wide a head is.</param>
/// <param name="columns">Columns that are turned, a multiple of a head; those after them pass. Two thirds of queries, keys and values side by side.</param>
/// <param name="start">Position of the first step.</param>
public readonly struct Rotate(RotaryTable table, int columns, int start = 0) : IOp
{
    /// <inheritdoc/>
    public static string Name => "RotaryEmbedding";

    internal RotaryTable Table => table;
    internal int Columns => columns;
    internal int Start => start;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if (x.Rank != 3 || columns < 0 || columns > x[2] || columns % table.HeadWidth != 0)
            Errors.Shape(Name, $"the input is {x} with {columns} columns to turn; it must be [time, batch, width] with at least so many columns, a multiple of {table.HeadWidth}.");
        if (start < 0 || (long)start + x[0] > table.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(inputs), $"{Name}: {x[0]} steps from position {start} on do not fit a table of {table.MaxLength} positions.");
        outputs[0] = x;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context) => Turn(context.InputShape(0), context.Input(0), context.Output(), back: false, accumulate: false);

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Span<real> gx = context.InputGradient(0, out bool accumulate);
        Turn(context.InputShape(0), context.OutputGradient(), gx, back: true, accumulate);
    }

    private void Turn(in Shape shape, ReadOnlySpan<real> x, Span<real> y, bool back, bool accumulate)
    {
        int width = shape[2], d = table.HeadWidth;
        for (int row = 0; row < shape[0] * shape[1]; row++)
        {
            int position = start + (row / shape[1]);
            ReadOnlySpan<real> from = x.Slice(row * width, width);
            Span<real> to = y.Slice(row * width, width);
            for (int at = 0; at < columns; at += d) RotaryKernel.Turn(table.Interleaved, table.Cosines(position), table.Sines(position), from.Slice(at, d), to.Slice(at, d), back, accumulate);
            Elementwise.AddScaled(from[columns..], 1, to[columns..], accumulate);
        }
    }
}

/// <summary>The public face of <see cref="Inkling.Rotate"/>.</summary>
public static class RotateExtensions
{
    extension(Tensor x)
    {
        /// <summary>Rotary position embedding of all heads of <c>[T, B, h·d]</c> (Su et al. 2021).</summary>
        /// <exception cref="ArgumentException">The width is no multiple of the table's heads, or there are more steps than positions.</exception>
        public Tensor Rotate(RotaryTable table, int start = 0) => Tape.Record(new Rotate(table, x.Shape.Rank == 3 ? x.Shape[2] : 0, start), x);
    }
}
