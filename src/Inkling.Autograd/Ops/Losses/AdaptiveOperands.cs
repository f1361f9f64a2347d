using Inkling.Recording;

namespace Inkling;

/// <summary>Which operand of an adaptive softmax is what; −1 where there is none.</summary>
internal readonly record struct AdaptiveOperands(int Projection, int Weight, int Bias)
{
    /// <summary>The operand that is the head's weight; its bias follows if there are biases.</summary>
    public const int Head = 1;

    /// <summary>Most operands there can be.</summary>
    public const int Most = 3 + (3 * AdaptiveClusters.MaxClusters);

    /// <summary>How many there are.</summary>
    public int Count => (Projection < 0 ? 0 : 1) + 1 + (Bias < 0 ? 0 : 1);

    /// <summary>Those of a cluster; −1 is the head.</summary>
    public static AdaptiveOperands Of(AdaptiveClusters clusters, int cluster)
    {
        AdaptiveOperands operands = new(-1, Head, clusters.HasBias ? Head + 1 : -1);
        for (int k = 0; k <= cluster; k++)
        {
            int next = Math.Max(operands.Weight, operands.Bias) + 1;
            int projection = clusters.WidthOf(k) < clusters.Width ? next++ : -1;
            operands = new(projection, next, clusters.HasBias ? next + 1 : -1);
        }

        return operands;
    }

    private static string Part(int cluster) => cluster < 0 ? "the head" : $"cluster {cluster}";

    /// <summary>Checks the shapes of all operands.</summary>
    public static void Check(string op, in OpInputs inputs, AdaptiveClusters clusters)
    {
        Shape hidden = inputs[0];
        if (hidden.Rank == 0 || hidden[^1] != clusters.Width) Errors.Shape(op, $"the input is {hidden}; its last axis must be {clusters.Width}, for which the clusters were made.");
        AdaptiveOperands last = Of(clusters, clusters.Count - 1);
        int expected = Math.Max(last.Weight, last.Bias) + 1;
        if (inputs.Count != expected) Errors.Shape(op, $"{inputs.Count} operands given; {clusters.Count} clusters need {expected}.");
        for (int k = -1; k < clusters.Count; k++)
        {
            AdaptiveOperands operands = Of(clusters, k);
            int size = k < 0 ? clusters.HeadSize : clusters.SizeOf(k), narrow = k < 0 ? clusters.Width : clusters.WidthOf(k);
            if (inputs[operands.Weight] != [size, narrow]) Errors.Shape(op, $"the weight of {Part(k)} is {inputs[operands.Weight]}; it must be [{size}, {narrow}].");
            if (operands.Bias >= 0 && inputs[operands.Bias] != [size]) Errors.Shape(op, $"the bias of {Part(k)} is {inputs[operands.Bias]}; it must be [{size}].");
            if (operands.Projection >= 0 && inputs[operands.Projection] != [narrow, clusters.Width]) Errors.Shape(op, $"the projection of {Part(k)} is {inputs[operands.Projection]}; it must be [{narrow}, {clusters.Width}].");
        }
    }
}
