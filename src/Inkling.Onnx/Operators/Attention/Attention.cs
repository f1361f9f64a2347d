using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Scaled dot-product attention, <c>softmax(s Q Kᵀ + mask) V</c> (Vaswani 2017), with Q [B, heads, S, size], K and V likewise, or all of them
/// [B, S, heads · size]; fewer heads of K and V serve equally many of Q each (Ainslie 2023). K and V are put behind <c>past_key</c> and
/// <c>past_value</c>; outputs 1 and 2 are the results. <c>softcap</c> bounds the scores c to <c>softcap · tanh(c / softcap)</c> before the mask. A row for
/// which the mask leaves no key gives 0. Output 3 are the scores: raw (mode 0), bounded (1), masked (2) or as probabilities (3).
/// </summary>
internal sealed class Attention : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        bool flat = call.Input(0).Rank == 3;
        OnnxValue<T> q = Heads<T>(call, 0, "q_num_heads"), k = Heads<T>(call, 1, "kv_num_heads"), v = Heads<T>(call, 2, "kv_num_heads");
        int past = 0;
        if (call.Optional<T>(4) is { } pastKey)
        {
            past = pastKey.Sizes[2];
            k = pastKey.Join([k], 2).As<T>();
        }

        if (call.Optional<T>(5) is { } pastValue)
            v = pastValue.Join([v], 2).As<T>();
        if (k.Sizes[0] != q.Sizes[0] || v.Sizes[0] != q.Sizes[0] || k.Sizes[3] != q.Sizes[3] || k.Sizes[1] != v.Sizes[1] || k.Sizes[2] != v.Sizes[2] || k.Sizes[1] == 0 || q.Sizes[1] % k.Sizes[1] != 0)
            throw new OnnxException($"Q {q.ShapeText}, K {k.ShapeText} and V {v.ShapeText} do not fit together");

        var scores = new AttentionScores<T>(call, q, k, AttentionMask.Of(call, q.Sizes[0], q.Sizes[1], q.Sizes[2], k.Sizes[2], past));
        int[] shape = [q.Sizes[0], q.Sizes[1], q.Sizes[2], v.Sizes[3]];
        T[] y = new T[Dimensions.Count(shape)];
        int rows = q.Sizes[2], keys = k.Sizes[2], width = v.Sizes[3], sharing = q.Sizes[1] / k.Sizes[1];
        for (int head = 0; head < q.Sizes[0] * q.Sizes[1]; head++)
        {
            ReadOnlySpan<T> values = v.Data.AsSpan(head / sharing * keys * width, keys * width);
            MatrixProduct.Multiply<T>(false, false, rows, width, keys, scores.Probabilities(head), keys, values, width, y.AsSpan(head * rows * width, rows * width), width);
        }

        OnnxValue result = new OnnxValue<T>(shape, y);
        if (flat)
            result = result.Transpose(0, 2, 1, 3).Reshape([shape[0], rows, shape[1] * width]);
        return [result, k, v, scores.Shown];
    }

    /// <summary>An operand as [B, heads, S, size].</summary>
    private static OnnxValue<T> Heads<T>(OperatorCall call, int input, string attribute)
    {
        OnnxValue<T> x = call.Input<T>(input);
        if (x.Rank == 4)
            return x;
        int heads = OperatorCall.Size(call.Attributes.Int(attribute, 0));
        if (x.Rank != 3 || heads == 0 || x.Sizes[2] % heads != 0)
            throw new OnnxException($"input {input} must be [B, heads, S, size], or [B, S, heads · size] with '{attribute}'");
        return x.Reshape([x.Sizes[0], x.Sizes[1], heads, x.Sizes[2] / heads]).Transpose(0, 2, 1, 3).As<T>();
    }
}
