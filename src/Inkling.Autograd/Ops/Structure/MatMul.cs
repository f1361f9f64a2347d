using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>
/// Matrix product, <c>Y = A · B</c>: <c>[M, K] · [K, N] → [M, N]</c>, either operand optionally taken as its transpose.
/// <c>dA = dY · Bᵀ</c>, <c>dB = Aᵀ · dY</c>.
/// </summary>
/// <param name="transposeLeft">Takes the left operand, stored <c>[K, M]</c>, as its transpose.</param>
/// <param name="transposeRight">Takes the right operand, stored <c>[N, K]</c>, as its transpose.</param>
public readonly struct MatMul(bool transposeLeft, bool transposeRight) : IOp
{
    /// <inheritdoc/>
    public static string Name => nameof(MatMul);

    internal bool TransposesLeft => transposeLeft;
    internal bool TransposesRight => transposeRight;

    /// <inheritdoc/>
    public static double Flops(ReadOnlySpan<Shape> inputs, ReadOnlySpan<Shape> outputs) => 2.0 * inputs[0].Length * outputs[0][1];

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        Shape a = inputs[0], b = inputs[1];
        if (a.Rank != 2 || b.Rank != 2) Errors.Shape(Name, $"both operands must be matrices; given {a} and {b}. Reshape to merge leading axes.");
        int m = transposeLeft ? a[1] : a[0], k = transposeLeft ? a[0] : a[1];
        int n = transposeRight ? b[0] : b[1], k2 = transposeRight ? b[1] : b[0];
        if (k != k2) Errors.Shape(Name, $"inner sizes differ, {a}{(transposeLeft ? "ᵀ" : "")} · {b}{(transposeRight ? "ᵀ" : "")} ({k} ≠ {k2}). Transpose the right operand?");
        outputs[0] = [m, n];
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        (int m, int n, int k) = Sizes(context.InputShape(0), context.OutputShape());
        Gemm.Multiply(transposeLeft, transposeRight, m, n, k, context.Input(0), context.InputShape(0)[1], context.Input(1), context.InputShape(1)[1], context.Output(), n, false, context.Team);
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        (int m, int n, int k) = Sizes(context.InputShape(0), context.OutputShape());
        ReadOnlySpan<real> a = context.Input(0), b = context.Input(1), gy = context.OutputGradient();
        int lda = context.InputShape(0)[1], ldb = context.InputShape(1)[1];
        if (context.NeedsGradient(0))
        {
            Span<real> ga = context.InputGradient(0, out bool accumulate);
            if (transposeLeft) Gemm.Multiply(transposeRight, true, k, m, n, b, ldb, gy, n, ga, lda, accumulate, context.Team);
            else Gemm.Multiply(false, !transposeRight, m, k, n, gy, n, b, ldb, ga, lda, accumulate, context.Team);
        }

        if (context.NeedsGradient(1))
        {
            Span<real> gb = context.InputGradient(1, out bool accumulate);
            if (transposeRight) Gemm.Multiply(true, transposeLeft, n, k, m, gy, n, a, lda, gb, ldb, accumulate, context.Team);
            else Gemm.Multiply(!transposeLeft, false, k, n, m, a, lda, gy, n, gb, ldb, accumulate, context.Team);
        }
    }

    private (int M, int N, int K) Sizes(Shape a, Shape y) => (y[0], y[1], transposeLeft ? a[0] : a[1]);
}

/// <summary>The public face of <see cref="Inkling.MatMul"/>.</summary>
public static class MatMulExtensions
{
    extension(Tensor a)
    {
        /// <summary>Matrix product, <c>[M, K] · [K, N] → [M, N]</c>; the flags take an operand as its transpose, without a copy.</summary>
        /// <exception cref="ArgumentException">An operand is no matrix, or the inner sizes differ.</exception>
        public Tensor MatMul(Tensor b, bool transposeLeft = false, bool transposeRight = false) => Tape.Record(new MatMul(transposeLeft, transposeRight), a, b);
    }
}
