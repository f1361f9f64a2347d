using CsCheck;

namespace Inkling.Onnx.Tests.Values;

public sealed class OnnxValueTests
{
    private static readonly Gen<int[]> s_shape = Gen.Int[0, 4].Array[0, 4];

    [Fact]
    public void A_value_knows_its_type_shape_and_elements()
    {
        OnnxValue value = OnnxValue.Create([2, 2], [1f, 2, 3, 4]);

        Assert.Equal((OnnxElementType.Float, 2, 4), (value.Type, value.Rank, value.Length));
        Assert.Equal([2, 2], value.Shape);
        Assert.Equal("float [2, 2]: 1, 2, 3, 4", value.ToString());
        Assert.Equal("int64 []: 7", OnnxValue.Scalar(7L).ToString());
    }

    [Fact]
    public void Wrong_lengths_and_types_are_told()
    {
        Assert.Contains("6 elements, 2 were given", Assert.Throws<ArgumentException>(() => OnnxValue.Create([2, 3], [1f, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("Decimal", Assert.Throws<ArgumentException>(() => OnnxValue.Scalar(1m)).Message, StringComparison.Ordinal);
        Assert.Contains("int64 is wanted, float [1] was given", Assert.Throws<OnnxException>(() => OnnxValue.Create([1], [1f]).Values<long>()).Message, StringComparison.Ordinal);
        Assert.Throws<OnnxException>(() => OnnxValue.Create([-1], Array.Empty<float>()));
    }

    [Fact]
    public void A_strided_reading_finds_each_element_by_its_coordinates() => Gen.Select(s_shape, Gen.Int[-3, 3].Array[4]).Sample((shape, strides) =>
    {
        int[] used = strides[..shape.Length];
        if (Dimensions.Count(shape) == 0)
            return;
        // The smallest reachable position becomes 0.
        int start = 0, end = 0;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            start -= int.Min(0, used[axis] * (shape[axis] - 1));
            end += int.Max(0, used[axis] * (shape[axis] - 1));
        }

        var source = OnnxValue.Create([start + end + 1], [.. Enumerable.Range(0, start + end + 1)]);
        int[] read = source.Read(shape, used, start).As<int>().Data;
        int[] steps = Dimensions.Strides(shape);
        for (int i = 0; i < read.Length; i++)
            Assert.Equal(start + shape.Select((size, axis) => i / steps[axis] % size * used[axis]).Sum(), read[i]);
    });

    [Fact]
    public void Broadcasting_follows_the_rule_of_NumPy() => Gen.Select(s_shape, s_shape).Sample((a, b) =>
    {
        int rank = int.Max(a.Length, b.Length);
        int[] left = [.. Enumerable.Repeat(1, rank - a.Length), .. a], right = [.. Enumerable.Repeat(1, rank - b.Length), .. b];
        bool fits = left.Zip(right).All(pair => pair.First == pair.Second || pair.First == 1 || pair.Second == 1);

        int[]? shape = Dimensions.Broadcast(a, b);
        Assert.Equal(fits, shape is not null);
        if (fits)
            Assert.Equal(left.Zip(right, (l, r) => l == 1 ? r : l), shape!);
    });

    [Fact]
    public void Half_precision_of_the_brain_kind_rounds_to_even_and_keeps_NaN()
    {
        Assert.Equal(1.5f, (float)(BFloat16)1.5f);
        Assert.Equal(0x3F80, ((BFloat16)1.00390625f).Bits);   // halfway between two: the even one
        Assert.Equal(0x3F82, ((BFloat16)1.01171875f).Bits);
        Assert.True(float.IsNaN((float)(BFloat16)float.NaN));
        Assert.Equal(float.PositiveInfinity, (float)(BFloat16)float.MaxValue);
    }
}
