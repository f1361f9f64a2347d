using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Rotates pairs of features of each head by angles that grow with the position (Su 2021): X [B, heads, S, size], or [B, S, heads · size] with
/// <c>num_heads</c>. Cosines and sines are a table [positions, rotary/2] looked up by input 3 [B, S], or given for each place [B, S, rotary/2]. Only the
/// first <c>rotary_embedding_dim</c> features are rotated (0: all); a pair are the features i and i + rotary/2, or with <c>interleaved</c> neighbours.
/// </summary>
internal sealed class RotaryEmbedding : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0), cos = call.Input<T>(1), sin = call.Input<T>(2);
        bool flat = x.Rank == 3;
        if (x.Rank is not (3 or 4))
            throw new OnnxException("X [B, heads, S, size] or [B, S, heads · size] is wanted");
        // Both layouts as [B, S, heads, size].
        int heads = flat ? OperatorCall.Size(call.Attributes.Int("num_heads", 0)) : x.Sizes[1];
        if (heads == 0 || (flat && x.Sizes[2] % heads != 0))
            throw new OnnxException($"{x.ShapeText} does not divide into {heads} heads");
        OnnxValue<T> rows = flat ? x.Reshape([x.Sizes[0], x.Sizes[1], heads, x.Sizes[2] / heads]) : x.Transpose(0, 2, 1, 3).As<T>();
        int size = rows.Sizes[3], rotary = OperatorCall.Size(call.Attributes.Int("rotary_embedding_dim", 0));
        rotary = rotary == 0 ? size : rotary;
        int places = rows.Sizes[0] * rows.Sizes[1];
        int[] positions = Positions(call, cos, places);
        if (rotary % 2 != 0 || rotary > size || cos.Sizes[^1] != rotary / 2 || !cos.Shape.SequenceEqual(sin.Shape))
            throw new OnnxException($"{rotary} of {size} features need cosines and sines of {rotary / 2}");

        T[] y = [.. rows.Data];
        bool interleaved = call.Attributes.Flag("interleaved");
        for (int i = 0; i < places * heads; i++)
        {
            int angle = positions[i / heads] * (rotary / 2);
            Rotate(y.AsSpan(i * size, rotary), cos.Data.AsSpan(angle, rotary / 2), sin.Data.AsSpan(angle, rotary / 2), interleaved);
        }

        var result = new OnnxValue<T>(rows.Sizes, y);
        return [flat ? result.Reshape(x.Sizes) : result.Transpose(0, 2, 1, 3)];
    }

    /// <summary>For each place the row of the table.</summary>
    private static int[] Positions(OperatorCall call, OnnxValue cos, int places)
    {
        int[] positions = call.Integers(3) is { } given
            ? AxisReading.Positions(given, cos.Rank == 2 ? cos.Sizes[0] : throw new OnnxException("with positions, the cosines must be a table"))
            : [.. Enumerable.Range(0, places)];
        return positions.Length == places && (call.Optional(3) is not null || cos.Length == (long)places * cos.Sizes[^1])
            ? positions
            : throw new OnnxException($"positions or angles for {places} places are wanted");
    }

    private static void Rotate<T>(Span<T> x, ReadOnlySpan<T> cos, ReadOnlySpan<T> sin, bool interleaved)
        where T : INumber<T>
    {
        for (int i = 0; i < cos.Length; i++)
        {
            int first = interleaved ? 2 * i : i, second = interleaved ? first + 1 : i + cos.Length;
            (x[first], x[second]) = ((cos[i] * x[first]) - (sin[i] * x[second]), (sin[i] * x[first]) + (cos[i] * x[second]));
        }
    }
}
