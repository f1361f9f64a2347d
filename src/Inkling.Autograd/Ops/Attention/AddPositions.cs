using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>Adds a fixed vector for each position, <c>y_t = x_t + p_t</c>: <c>[T, B, D] → [T, B, D]</c>.</summary>
/// <param name="table">The vectors, <c>[L, D]</c>, row-major; T ≤ L.</param>
/// <param name="width">D.</param>
/// <param name="start">Position of the first step.</param>
public readonly struct AddPositions(ReadOnlyMemory<real> table, int width, int start = 0) : IOp
{
    /// <inheritdoc/>
    public static string Name => "PositionalEncoding";

    internal ReadOnlyMemory<real> Table => table;
    internal int Width => width;
    internal int Start => start;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape x = inputs[0];
        if (x.Rank != 3 || x[2] != width) Errors.Shape(Name, $"the input is {x}; it must be [time, batch, {width}].");
        if (start < 0 || ((long)start + x[0]) * width > table.Length)
            throw new ArgumentOutOfRangeException(nameof(inputs), $"{Name}: {x[0]} steps from position {start} on do not fit a table of {table.Length / Math.Max(1, width)} positions.");
        outputs[0] = x;
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        Shape shape = context.InputShape(0);
        Span<real> y = context.Output();
        context.Input(0).CopyTo(y);
        for (int row = 0; row < shape[0] * shape[1]; row++) Elementwise.Add(table.Span.Slice((start + (row / shape[1])) * width, width), y.Slice(row * width, width));
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context) => context.AddToGradient(0, context.OutputGradient());
}
