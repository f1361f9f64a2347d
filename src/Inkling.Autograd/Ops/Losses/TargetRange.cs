using Inkling.Recording;

namespace Inkling;

/// <summary>The checks that losses over classes share.</summary>
internal static class TargetRange
{
    public static void Check(string op, Indices targets, int classes, int ignoreIndex)
    {
        foreach (int target in targets.Values)
        {
            if ((uint)target >= (uint)classes && target != ignoreIndex)
                throw new ArgumentOutOfRangeException(nameof(targets), $"{op}: target {target} is none of the {classes} classes (0 to {classes - 1}) and not the ignored index {ignoreIndex}.");
        }
    }

    /// <summary>Where no row can be left out.</summary>
    public static void Check(string op, Indices targets, int classes)
    {
        foreach (int target in targets.Values)
        {
            if ((uint)target >= (uint)classes) throw new ArgumentOutOfRangeException(nameof(targets), $"{op}: target {target} is none of the {classes} classes (0 to {classes - 1}).");
        }
    }

    /// <summary>Hidden <c>[…, D]</c>, weight <c>[V, D]</c>, optional bias <c>[V]</c>, one target a row.</summary>
    public static void CheckLinear(string op, in OpInputs inputs, Indices targets, int ignoreIndex)
    {
        Shape hidden = inputs[0], weight = inputs[1];
        if (weight.Rank != 2 || hidden.Rank == 0 || hidden[^1] != weight[1]) Errors.Shape(op, $"the input {hidden} does not fit the weight {weight}; its last axis must be the weight's second.");
        if (inputs.Count > 2 && inputs[2] != [weight[0]]) Errors.Shape(op, $"the bias is {inputs[2]}; it must be [{weight[0]}].");
        CheckRows(op, hidden, targets);
        Check(op, targets, weight[0], ignoreIndex);
    }

    /// <summary>One target for each row of <c>[…, D]</c>.</summary>
    public static void CheckRows(string op, Shape hidden, Indices targets)
    {
        if (hidden.Length / Math.Max(1, hidden[^1]) != targets.Length) Errors.Shape(op, $"the input {hidden} needs one target a row; there are {targets.Length}.");
    }
}
