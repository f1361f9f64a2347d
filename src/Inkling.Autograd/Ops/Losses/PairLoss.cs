using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling;

/// <summary>What the losses share that are a mean over elements: prediction and target of one shape → a scalar.</summary>
internal static class PairLoss
{
    public static void Infer(string op, in OpInputs inputs, Span<Shape> outputs)
    {
        if (inputs[0] != inputs[1] || inputs[0].Length == 0) Errors.Shape(op, $"prediction {inputs[0]} and target {inputs[1]} must have the same shape and at least one element.");
        outputs[0] = default;
    }

    /// <summary><c>1/n Σ l(x, t, w)</c>; the weight is one for all, or none for 1.</summary>
    public static void Forward<TLoss>(string op, TLoss formula, in OpForward context, int count, ReadOnlySpan<real> weight = default)
        where TLoss : struct, IPairLoss
    {
        real loss = (real)(PairLosses.Sum(formula, context.Input(0), context.Input(1), weight) / count);
        // Looking for the guilty costs nothing while there are none.
        if (!real.IsFinite(loss)) TargetValues.ThrowIfNotFinite(op, context.Input(1));
        context.Output()[0] = loss;
    }

    public static void Backward<TLoss>(TLoss formula, in OpBackward context, int count, ReadOnlySpan<real> weight = default)
        where TLoss : struct, IPairLoss
    {
        ReadOnlySpan<real> x = context.Input(0), t = context.Input(1);
        real scale = context.OutputGradient()[0] / count;
        if (context.NeedsGradient(0)) PairLosses.Slopes(formula, x, t, weight, scale, context.InputGradient(0, out bool add), add, context.Team);
        if (TLoss.HasTargetSlope && context.NeedsGradient(1)) PairLosses.TargetSlopes(formula, x, t, weight, scale, context.InputGradient(1, out bool addTarget), addTarget, context.Team);
    }
}

/// <summary>The checks of targets that are numbers.</summary>
internal static class TargetValues
{
    /// <summary>Throws where a target is NaN or infinite.</summary>
    public static void ThrowIfNotFinite(string op, ReadOnlySpan<real> targets)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if (!real.IsFinite(targets[i])) throw new ArgumentException($"{op}: target number {i} is {targets[i]}. Clean the data: fill missing values in or leave their rows out.");
        }
    }

    /// <summary>Throws where a target is neither −1 nor 1.</summary>
    public static void RequireSigns(string op, ReadOnlySpan<real> targets)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] is not (1 or -1)) throw new ArgumentException($"{op}: target number {i} is {targets[i]}; targets must be −1 or 1. For 0 and 1 take 2 t − 1.");
        }
    }
}
