using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling.Ops;

/// <summary>Any formula of two variables, element by element.</summary>
internal static class Binary
{
    public static Tensor Record<TOp>(Tensor a, Tensor b)
        where TOp : struct, IBinaryOp
        => Tape.Record(default(Binary<TOp>), a, b);
}

/// <summary>
/// Applies <typeparamref name="TOp"/> to pairs of elements. Shapes broadcast as in NumPy: axes are matched from the last, and an
/// axis of 1 is repeated. The gradient of a repeated operand is summed over the repetitions.
/// </summary>
public readonly struct Binary<TOp> : IOp
    where TOp : struct, IBinaryOp
{
    /// <inheritdoc/>
    public static string Name => typeof(TOp).Name;

    /// <inheritdoc/>
    public void Infer(in OpInputs inputs, Span<Shape> outputs)
    {
        if (!Broadcast.TryShape(inputs[0], inputs[1], out outputs[0]))
            Errors.Shape(Name, $"the shapes {inputs[0]} and {inputs[1]} do not broadcast: from the last axis on, sizes must be equal or 1. Reshape one of them?");
    }

    /// <inheritdoc/>
    public void Forward(in OpForward context)
    {
        ReadOnlySpan<real> a = context.Input(0), b = context.Input(1);
        Span<real> y = context.Output();
        if (IsPlain(a.Length, b.Length, y.Length))
        {
            Zip.Apply<TOp>(a, b, y, context.Team);
            return;
        }

        Broadcast plan = new(context.InputShape(0), context.InputShape(1), context.OutputShape());
        for (int run = 0; run < plan.Runs; run++)
        {
            plan.At(run, out int atA, out int atB);
            Zip.Apply<TOp>(a.Slice(atA, plan.RunA), b.Slice(atB, plan.RunB), y.Slice(run * plan.Run, plan.Run), Team.Single);
        }
    }

    /// <inheritdoc/>
    public void Backward(in OpBackward context)
    {
        ReadOnlySpan<real> a = context.Input(0), b = context.Input(1), y = context.Output(), gy = context.OutputGradient();
        bool left = context.NeedsGradient(0), right = context.NeedsGradient(1);
        if (IsPlain(a.Length, b.Length, y.Length))
        {
            if (left) Zip.BackwardLeft<TOp>(a, b, y, gy, context.InputGradient(0, out bool addLeft), addLeft, context.Team);
            if (right) Zip.BackwardRight<TOp>(a, b, y, gy, context.InputGradient(1, out bool addRight), addRight, context.Team);
            return;
        }

        Span<real> ga = left ? context.InputGradient(0) : default, gb = right ? context.InputGradient(1) : default;
        Broadcast plan = new(context.InputShape(0), context.InputShape(1), context.OutputShape());
        for (int run = 0; run < plan.Runs; run++)
        {
            plan.At(run, out int atA, out int atB);
            ReadOnlySpan<real> runA = a.Slice(atA, plan.RunA), runB = b.Slice(atB, plan.RunB);
            ReadOnlySpan<real> runY = y.Slice(run * plan.Run, plan.Run), runGy = gy.Slice(run * plan.Run, plan.Run);
            if (left) Zip.BackwardLeft<TOp>(runA, runB, runY, runGy, ga.Slice(atA, plan.RunA), true, Team.Single);
            if (right) Zip.BackwardRight<TOp>(runA, runB, runY, runGy, gb.Slice(atB, plan.RunB), true, Team.Single);
        }
    }

    private static bool IsPlain(int a, int b, int y) => (a == y || a == 1) && (b == y || b == 1);
}
