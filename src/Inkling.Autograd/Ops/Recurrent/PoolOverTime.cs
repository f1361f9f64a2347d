using Inkling.Numerics;
using Inkling.Ops;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// One vector for each sequence of a batch, from its steps: their mean, <c>y_b = 1/ℓ_b Σ_{t&lt;ℓ_b} x_tb</c>, or the largest of each column,
/// <c>y_bj = max_{t&lt;ℓ_b} x_tbj</c>; <c>[T, B, H] → [B, H]</c>. Steps after the end of a row do not count. The gradient of a mean goes to all steps alike,
/// that of a largest to the first of the largest.
/// </summary>
/// <param name="lengths"><c>[B]</c>: the number of steps of each row, 1 to T; null for T.</param>
/// <param name="largest">The largest of each column, and not the mean.</param>
public readonly struct PoolOverTime(Indices? lengths, bool largest) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(PoolOverTime);

    internal Indices? Lengths => lengths;
    internal bool IsLargest => largest;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if (x.Rank != 3 || x[0] == 0 || x[1] == 0) Errors.Shape(Name, $"the input is {x}; it must be [time, batch, width], with at least one step and one row.");
        if (lengths is not null) SequenceOrder.CheckLengths(Name, lengths, x[1], x[0]);
        outputs[0] = [x[1], x[2]];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape shape = context.InputShape(0);
        int width = shape[2];
        ReadOnlySpan<real> x = context.Input(0);
        Span<real> y = context.Output();
        Span<int> places = largest ? context.SaveIndices(y.Length) : default;
        for (int b = 0; b < shape[1]; b++)
        {
            int steps = lengths is null ? shape[0] : lengths.Values[b], at = b * width;
            Span<real> pooled = y.Slice(at, width);
            x.Slice(at, width).CopyTo(pooled);
            if (largest) Largest(x, at, shape[1] * width, steps, pooled, places.Slice(at, width));
            else Mean(x, at, shape[1] * width, steps, pooled);
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        Shape shape = context.InputShape(0);
        int width = shape[2], step = shape[1] * width;
        ReadOnlySpan<real> gy = context.OutputGradient();
        Span<real> gx = context.InputGradient(0);
        if (largest)
        {
            Span<int> places = context.SavedIndices(0);
            for (int i = 0; i < gy.Length; i++) gx[places[i]] += gy[i];
            return;
        }

        for (int b = 0; b < shape[1]; b++)
        {
            int steps = lengths is null ? shape[0] : lengths.Values[b];
            for (int t = 0, at = b * width; t < steps; t++, at += step) Elementwise.AddScaled(gy.Slice(b * width, width), (real)1 / steps, gx.Slice(at, width), accumulate: true);
        }
    }

    private static void Mean(ReadOnlySpan<real> x, int at, int step, int steps, Span<real> pooled)
    {
        for (int t = 1; t < steps; t++) Elementwise.Add(x.Slice(at + (t * step), pooled.Length), pooled);
        Elementwise.Scale(pooled, (real)1 / steps);
    }

    private static void Largest(ReadOnlySpan<real> x, int at, int step, int steps, Span<real> pooled, Span<int> places)
    {
        for (int j = 0; j < places.Length; j++) places[j] = at + j;
        for (int t = 1; t < steps; t++)
        {
            int start = at + (t * step);
            ReadOnlySpan<real> row = x.Slice(start, pooled.Length);
            for (int j = 0; j < row.Length; j++)
            {
                if (row[j] <= pooled[j] || real.IsNaN(pooled[j])) continue;
                (pooled[j], places[j]) = (row[j], start + j);
            }
        }
    }
}

/// <summary>The public face of <see cref="Inkling.PoolOverTime"/>.</summary>
public static class PoolOverTimeExtensions
{
    extension(Tensor x)
    {
        /// <summary>The mean of the steps of each sequence: <c>[T, B, H] → [B, H]</c>.</summary>
        /// <param name="lengths"><c>[B]</c>: the number of steps of each row, 1 to T; null for T.</param>
        /// <exception cref="ArgumentException">The shape is another, or a length is out of range.</exception>
        public Tensor MeanOverTime(Indices? lengths = null) => Tape.Record(new PoolOverTime(lengths, largest: false), x);

        /// <summary>The largest of each column over the steps of each sequence: <c>[T, B, H] → [B, H]</c>; NaN where one is NaN.</summary>
        /// <param name="lengths"><c>[B]</c>: the number of steps of each row, 1 to T; null for T.</param>
        /// <exception cref="ArgumentException">The shape is another, or a length is out of range.</exception>
        public Tensor MaxOverTime(Indices? lengths = null) => Tape.Record(new PoolOverTime(lengths, largest: true), x);
    }
}
