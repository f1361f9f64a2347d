using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// <c>−weight[t] · x[n, t, …]</c> at the target class t of each place of x [N, C, …]; with <c>reduction</c> = mean (the default) their sum
/// divided by the sum of the weights, with sum the sum, with none each by itself. Places whose target is <c>ignore_index</c> count 0.
/// </summary>
internal sealed class NegativeLogLikelihoodLoss : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call) => [Loss(call, call.Input<T>(0))];

    /// <summary>The loss, of logarithms of probabilities that may not be the call's own input.</summary>
    public static OnnxValue Loss<T>(OperatorCall call, OnnxValue<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OnnxValue target = call.Input(1);
        long[] classes = call.Integers(1)!;
        T[]? weights = call.Optional<T>(2)?.Data;
        if (x.Rank < 2 || target.Rank != x.Rank - 1 || target.Sizes[0] != x.Sizes[0] || !target.Shape[1..].SequenceEqual(x.Shape[2..]))
            throw new OnnxException("scores [N, C, …] and targets [N, …] are wanted");
        int count = x.Sizes[1], inner = Dimensions.Product(x.Shape[2..]);
        if (weights is not null && weights.Length != count)
            throw new OnnxException($"there are {weights.Length} weights for {count} classes");

        bool ignores = call.Attributes.Has("ignore_index");
        long ignored = call.Attributes.Int("ignore_index", 0);
        T[] losses = new T[classes.Length];
        double sum = 0, divisor = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            if (ignores && classes[i] == ignored)
                continue;
            if (classes[i] < 0 || classes[i] >= count)
                throw new OnnxException($"target {classes[i]} is not one of the {count} classes");
            T weight = weights is null ? T.One : weights[classes[i]];
            losses[i] = -weight * x.Data[(((i / inner * count) + (int)classes[i]) * inner) + (i % inner)];
            sum += double.CreateTruncating(losses[i]);
            divisor += double.CreateTruncating(weight);
        }

        return call.Attributes.Text("reduction", "mean") switch
        {
            "none" => new OnnxValue<T>(target.Sizes, losses),
            "sum" => OnnxValue.Scalar(T.CreateTruncating(sum)),
            "mean" => OnnxValue.Scalar(T.CreateTruncating(sum / divisor)),
            string other => throw new OnnxException($"'reduction' is '{other}', none, sum or mean is wanted"),
        };
    }
}

/// <summary>The <see cref="NegativeLogLikelihoodLoss"/> of the log-softmax over the classes, which is output 1.</summary>
internal sealed class SoftmaxCrossEntropyLoss : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> scores = call.Input<T>(0);
        if (scores.Rank < 2)
            throw new OnnxException("scores [N, C, …] are wanted");
        var rows = AxisRows.Of(scores, 1);
        T[] logarithms = [.. rows.Value.As<T>().Data];
        for (int start = 0; start < logarithms.Length; start += rows.Length)
            LogSoftmax.Apply(logarithms.AsSpan(start, rows.Length));
        OnnxValue<T> probabilities = rows.Back(logarithms, rows.Length).As<T>();
        return [NegativeLogLikelihoodLoss.Loss(call, probabilities), probabilities];
    }
}
