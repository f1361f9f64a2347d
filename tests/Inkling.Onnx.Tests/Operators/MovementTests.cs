using CsCheck;

namespace Inkling.Onnx.Tests.Operators;

/// <summary>Operators that move elements and change shapes.</summary>
public sealed class MovementTests
{
    private static readonly OnnxValue<float> s_matrix = Op.Floats([2, 3], 1, 2, 3, 4, 5, 6);

    [Fact]
    public void A_transposition_moves_every_coordinate() => Gen.Select(Gen.Int[0, 4].Array[1, 5], Gen.Int[0, 1000]).Sample((shape, seed) =>
    {
        int[] order = [.. Enumerable.Range(0, shape.Length)];
        new Random(seed).Shuffle(order);
        OnnxValue<float> x = Op.Random(new Random(seed), shape);
        OnnxValue<float> y = (OnnxValue<float>)Op.Run("Transpose", [x], ("perm", order));
        int[] from = Dimensions.Strides(shape), to = Dimensions.Strides(y.Sizes);

        Assert.Equal([.. order.Select(axis => shape[axis])], y.Shape);
        for (int i = 0; i < y.Length; i++)
            Assert.Equal(x.Data[order.Select((axis, place) => i / to[place] % y.Sizes[place] * from[axis]).Sum()], y.Data[i]);
    });

    [Fact]
    public void A_slice_takes_what_stepping_through_the_axis_meets() => Gen.Select(Gen.Int[1, 7], Gen.Int[-10, 10], Gen.Int[-10, 10], Gen.Int[-3, 3].Where(step => step != 0)).Sample((size, start, end, step) =>
    {
        OnnxValue<float> x = Op.Random(new Random(size), 2, size);
        int at = start < 0 ? start + size : start, stop = end < 0 ? end + size : end;
        at = step > 0 ? Math.Clamp(at, 0, size) : Math.Clamp(at, 0, size - 1);
        List<float> expected = [];
        for (int row = 0; row < 2; row++)
        {
            for (int i = at; i >= 0 && i < size && (step > 0 ? i < stop : i > stop); i += step)
                expected.Add(x.Data[(row * size) + i]);
        }

        Assert.Equal([.. expected], Op.Run("Slice", [x, Op.Longs(start), Op.Longs(end), Op.Longs(-1), Op.Longs(step)]).Values<float>());
    });

    [Fact]
    public void Slices_reach_to_the_ends_whatever_the_bounds()
    {
        Assert.Equal([3, 2, 1, 6, 5, 4], Op.Run("Slice", [s_matrix, Op.Longs(long.MaxValue), Op.Longs(long.MinValue), Op.Longs(1), Op.Longs(-1)]).Values<float>());
        Assert.Equal([1, 4], Op.Run("Slice", [s_matrix, Op.Longs(0), Op.Longs(long.MaxValue), Op.Longs(1), Op.Longs(long.MaxValue)]).Values<float>());
        Assert.Equal([2, 0], Op.Run("Slice", [s_matrix, Op.Longs(5), Op.Longs(9), Op.Longs(1)]).Shape);
        Assert.Equal([2, 3], Op.Run("Slice", 6, [s_matrix], ("starts", new[] { 0, 1 }), ("ends", new[] { 1, 3 })).Values<float>());
        Assert.Contains("a step is 0", Assert.Throws<OnnxException>(() => Op.Run("Slice", [s_matrix, Op.Longs(0), Op.Longs(1), Op.Longs(0), Op.Longs(0)])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("constant", new[] { 9f, 9, 1, 2, 3, 9 })]
    [InlineData("edge", new[] { 1f, 1, 1, 2, 3, 3 })]
    [InlineData("reflect", new[] { 3f, 2, 1, 2, 3, 2 })]
    [InlineData("wrap", new[] { 2f, 3, 1, 2, 3, 1 })]
    public void Pads_are_filled_by_mode(string mode, float[] expected) =>
        Assert.Equal(expected, Op.Run("Pad", [Op.Floats([3], 1, 2, 3), Op.Longs(2, 1), OnnxValue.Scalar(9f)], ("mode", mode)).Values<float>());

    [Fact]
    public void Pads_may_cut_and_name_axes_and_reach_further_than_the_input()
    {
        Assert.Equal([2, 3], Op.Run("Pad", [Op.Floats([3], 1, 2, 3), Op.Longs(-1, 0)]).Values<float>());
        Assert.Equal([0, 1, 2, 3, 0, 4, 5, 6], Op.Run("Pad", [s_matrix, Op.Longs(1, 0), null, Op.Longs(-1)]).Values<float>());
        Assert.Equal([1, 2, 3, 2, 1, 2, 3, 2], Op.Run("Pad", [Op.Floats([3], 1, 2, 3), Op.Longs(4, 1)], ("mode", "reflect")).Values<float>());
        Assert.Equal([7, 1, 2], Op.Run("Pad", 2, [Op.Floats([2], 1, 2)], ("pads", new[] { 1, 0 }), ("value", 7f)).Values<float>());
        Assert.Equal([0, 1, 2], Op.Run("Pad", 1, [Op.Floats([2], 1, 2)], ("paddings", new[] { 1, 0 })).Values<float>());
    }

    [Fact]
    public void Gathering_counts_from_the_end_and_refuses_what_lies_outside()
    {
        Assert.Equal([3, 1, 6, 4], Op.Run("Gather", [s_matrix, Op.Longs(-1, 0)], ("axis", 1)).Values<float>());
        Assert.Equal([2], Op.Run("Gather", [s_matrix, OnnxValue.Scalar(1)], ("axis", 1)).Shape);
        Assert.Equal([1, 5], Op.Run("GatherElements", [s_matrix, OnnxValue.Create([2, 1], new[] { 0L, -2 })], ("axis", 1)).Values<float>());
        Assert.Equal([4, 5, 6, 1, 2, 3], Op.Run("GatherND", [s_matrix, OnnxValue.Create([2, 1], new[] { 1L, 0 })]).Values<float>());
        Assert.Equal([2, 6], Op.Run("GatherND", [s_matrix, OnnxValue.Create([2, 1], new[] { 1L, 2 })], ("batch_dims", 1)).Values<float>());
        Assert.Contains("index 3 lies outside an axis of 3", Assert.Throws<OnnxException>(() => Op.Run("Gather", [s_matrix, Op.Longs(3)], ("axis", 1))).Message, StringComparison.Ordinal);
        Assert.Equal(["b", "a"], Op.Run("Gather", [OnnxValue.Create([2], new[] { "a", "b" }), Op.Longs(1, 0)]).Values<string>());
    }

    [Theory]
    [InlineData("none", new[] { 10f, 2, 30 })]
    [InlineData("add", new[] { 31f, 2, 33 })]
    [InlineData("mul", new[] { 200f, 2, 90 })]
    [InlineData("max", new[] { 20f, 2, 30 })]
    [InlineData("min", new[] { 1f, 2, 3 })]
    public void Scattering_writes_or_reduces(string reduction, float[] expected)
    {
        OnnxValue data = Op.Floats([3], 1, 2, 3), updates = Op.Floats([3], 20, 30, 10);
        OnnxValue indices = Op.Longs(0, -1, 0);

        Assert.Equal(expected, Op.Run("ScatterElements", [data, indices, updates], ("reduction", reduction)).Values<float>());
        Assert.Equal(expected, Op.Run("ScatterND", [data, OnnxValue.Create([3, 1], new[] { 0L, 2, 0 }), updates], ("reduction", reduction)).Values<float>());
        Assert.Equal([1f, 2, 3], ((OnnxValue<float>)data).Data);
    }

    [Fact]
    public void A_cache_is_written_from_its_own_position_on()
    {
        OnnxValue cache = Op.Floats([2, 3, 1], 0, 0, 0, 0, 0, 0), update = Op.Floats([2, 2, 1], 1, 2, 3, 4);

        Assert.Equal([0, 1, 2, 3, 4, 0], Op.Run("TensorScatter", [cache, update, Op.Longs(1, 0)]).Values<float>());
        Assert.Equal([2, 0, 1, 3, 4, 0], Op.Run("TensorScatter", [cache, update, Op.Longs(2, 0)], ("mode", "circular")).Values<float>());
    }

    [Fact]
    public void Joined_pieces_fall_apart_again()
    {
        OnnxValue joined = Op.Run("Concat", [s_matrix, Op.Floats([2, 0]), Op.Floats([2, 1], 7, 8)], ("axis", -1));
        Assert.Equal([1, 2, 3, 7, 4, 5, 6, 8], joined.Values<float>());

        OnnxValue[] pieces = Op.All("Split", [joined, Op.Longs(3, 1)], 2, 13, ("axis", 1));
        Assert.Equal(s_matrix.Data, pieces[0].Values<float>());
        Assert.Equal([7, 8], pieces[1].Values<float>());
        Assert.Equal([3, 3, 1], Op.All("Split", [Op.Floats([7], 1, 2, 3, 4, 5, 6, 7)], 3, 18, ("num_outputs", 3)).Select(piece => piece.Length));
        Assert.Contains("do not add up", Assert.Throws<OnnxException>(() => Op.All("Split", [joined, Op.Longs(3, 2)], 2, 13, ("axis", 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Repetitions_and_expansions()
    {
        Assert.Equal([1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6], Op.Run("Tile", [s_matrix, Op.Longs(1, 2)]).Values<float>());
        Assert.Equal([0, 3], Op.Run("Tile", [s_matrix, Op.Longs(0, 1)]).Shape);
        Assert.Equal([1, 1, 2, 2], Op.Run("Expand", [Op.Floats([2, 1], 1, 2), Op.Longs(1, 2)]).Values<float>());
        Assert.Equal([1, 10, 3], Op.Run("Where", [OnnxValue.Create([3], new[] { true, false, true }), Op.Floats([3], 1, 2, 3), OnnxValue.Scalar(10f)]).Values<float>());
    }

    [Fact]
    public void Choosing_by_conditions()
    {
        Assert.Equal([2, 5], Op.Run("Compress", [s_matrix, OnnxValue.Create([2], new[] { false, true })], ("axis", 1)).Values<float>());
        Assert.Equal([1, 4], Op.Run("Compress", [s_matrix, OnnxValue.Create([4], new[] { true, false, false, true })]).Values<float>());
        Assert.Equal([0L, 1, 0, 2], Op.Run("NonZero", [OnnxValue.Create([2, 3], new[] { 5, 0, 0, 0, 0, 6 })]).Values<long>().ToArray());
        Assert.Equal([0, 2, 3, 0, 0, 6], Op.Run("Trilu", [s_matrix, OnnxValue.Scalar(1L)]).Values<float>());
        Assert.Equal([1, 2, 0, 4, 5, 6], Op.Run("Trilu", [s_matrix, OnnxValue.Scalar(1L)], ("upper", 0)).Values<float>());
        Assert.Equal([9, 9, 1, 9, 1, 9, 9, 9, 9], Op.Run("OneHot", [Op.Longs(2, -2, 3), OnnxValue.Scalar(3L), Op.Floats([2], 9, 1)]).Values<float>());
    }

    [Fact]
    public void Sorted_and_different_elements()
    {
        OnnxValue[] top = Op.All("TopK", [Op.Floats([2, 3], 1, 3, 3, 2, 1, 0), Op.Longs(2)], 2, 11);
        Assert.Equal([3, 3, 2, 1], top[0].Values<float>());
        Assert.Equal([1L, 2, 0, 1], top[1].Values<long>());
        Assert.Equal([0L, 1], Op.All("TopK", [Op.Floats([3], 1, 1, 2), Op.Longs(2)], 2, 11, ("largest", 0))[1].Values<long>());

        OnnxValue[] unique = Op.All("Unique", [Op.Floats([6], 2, 1, 1, 3, 4, 3)], 4, 11, ("sorted", 0));
        Assert.Equal([2, 1, 3, 4], unique[0].Values<float>());
        Assert.Equal([0L, 1, 3, 4], unique[1].Values<long>());
        Assert.Equal([0L, 1, 1, 2, 3, 2], unique[2].Values<long>());
        Assert.Equal([1L, 2, 2, 1], unique[3].Values<long>());
        Assert.Equal([0, 0, 2, 1], Op.Run("Unique", [OnnxValue.Create([3, 2], new[] { 2, 1, 0, 0, 2, 1 })], ("axis", 0)).Values<int>());
    }

    [Fact]
    public void Sequences_and_blocks()
    {
        Assert.Equal([2, 1, 3, 6, 5, 4], Op.Run("ReverseSequence", [s_matrix, Op.Longs(2, 3)], ("batch_axis", 0), ("time_axis", 1)).Values<float>());
        OnnxValue depth = Op.Floats([1, 4, 1, 1], 1, 2, 3, 4), space = Op.Run("DepthToSpace", [depth], ("blocksize", 2));
        Assert.Equal([1, 1, 2, 2], space.Shape);
        Assert.Equal([1, 2, 3, 4], Op.Run("SpaceToDepth", [space], ("blocksize", 2)).Values<float>());
    }

    [Fact]
    public void Shapes_are_worked_out()
    {
        OnnxValue x = Op.Random(new Random(1), 2, 3, 4);

        Assert.Equal([2, 2, 6], Op.Run("Reshape", [x, Op.Longs(0, 2, -1)]).Shape);
        Assert.Equal([0, 5], Op.Run("Reshape", [Op.Floats([5, 0]), Op.Longs(0, 5)], ("allowzero", 1)).Shape);
        Assert.Equal([6, 4], Op.Run("Flatten", [x], ("axis", -1)).Shape);
        Assert.Equal([1, 24], Op.Run("Flatten", [x], ("axis", 0)).Shape);
        Assert.Equal([3, 2], Op.Run("Squeeze", [Op.Floats([1, 3, 1, 2], 1, 2, 3, 4, 5, 6)]).Shape);
        Assert.Equal([2, 1, 3, 4, 1], Op.Run("Unsqueeze", [x, Op.Longs(-1, 1)]).Shape);
        Assert.Equal([3L, 4], Op.Run("Shape", [x], ("start", -2)).Values<long>());
        Assert.Equal([24L], Op.Run("Size", [x]).Values<long>());
        Assert.Contains("do not make the shape [5, -1]", Assert.Throws<OnnxException>(() => Op.Run("Reshape", [x, Op.Longs(5, -1)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_come_from_attributes()
    {
        Assert.Equal([1.5f, 2], Op.Run("Constant", [], ("value_floats", new[] { 1.5f, 2 })).Values<float>());
        Assert.Equal([7L], Op.Run("Constant", [], ("value_int", 7)).Values<long>());
        Assert.Equal([4, 4], Op.Run("ConstantOfShape", [Op.Longs(2)], ("value", OnnxValue.Create([1], new[] { 4 }))).Values<int>());
        Assert.Equal([0f], Op.Run("ConstantOfShape", [OnnxValue.Create([0], Array.Empty<long>())]).Values<float>());
        Assert.Equal([0.0, 1, 0, 0, 0, 1], Op.Run("EyeLike", [s_matrix], ("k", 1), ("dtype", 11)).Values<double>());
        Assert.Equal([10, 6, 2], Op.Run("Range", [OnnxValue.Scalar(10), OnnxValue.Scalar(1), OnnxValue.Scalar(-4)]).Values<int>());
        Assert.Equal([1f, 1.5f], Op.Run("Range", [OnnxValue.Scalar(1f), OnnxValue.Scalar(2f), OnnxValue.Scalar(0.5f)]).Values<float>());
        Assert.Empty(Op.Run("Range", [OnnxValue.Scalar(1L), OnnxValue.Scalar(1L), OnnxValue.Scalar(1L)]).Values<long>().ToArray());
    }

    [Fact]
    public void Casts_round_towards_zero_and_speak_in_words()
    {
        Assert.Equal([1, -1, 0], Op.Run("Cast", [Op.Floats([3], 1.9f, -1.9f, 0.4f)], ("to", 6)).Values<int>());
        Assert.Equal([true, true, false], Op.Run("Cast", [Op.Floats([3], 0.1f, -2, 0)], ("to", 9)).Values<bool>());
        Assert.Equal([1f, 0], Op.Run("Cast", [OnnxValue.Create([2], new[] { true, false })], ("to", 1)).Values<float>());
        Assert.Equal([1.5f, float.NegativeInfinity], Op.Run("Cast", [OnnxValue.Create([2], new[] { "1.5", "-INF" })], ("to", 1)).Values<float>());
        Assert.Equal(["1.5"], Op.Run("Cast", [Op.Floats([1], 1.5f)], ("to", 8)).Values<string>());
        Assert.Equal([(byte)255], Op.Run("CastLike", [OnnxValue.Scalar(255), OnnxValue.Scalar((byte)0)]).Values<byte>());
        Assert.Throws<OnnxUnsupportedException>(() => Op.Run("Cast", [Op.Floats([1], 1)], ("to", 17)));
    }

    [Theory]
    [InlineData("nearest", "asymmetric", new[] { 1f, 1, 2, 2 })]
    [InlineData("linear", "half_pixel", new[] { 1f, 1.25f, 1.75f, 2 })]
    [InlineData("linear", "align_corners", new[] { 1f, 4 / 3f, 5 / 3f, 2 })]
    [InlineData("linear", "asymmetric", new[] { 1f, 1.5f, 2, 2 })]
    public void Axes_are_resized(string mode, string transformation, float[] expected)
    {
        OnnxValue x = Op.Floats([1, 2], 1, 2);
        (string, object)[] attributes = [("mode", mode), ("coordinate_transformation_mode", transformation), ("nearest_mode", "floor")];

        float[] byScale = Op.Run("Resize", [x, null, Op.Floats([2], 1, 2)], attributes).Values<float>().ToArray(), bySize = Op.Run("Resize", [x, null, null, Op.Longs(1, 4)], attributes).Values<float>().ToArray();
        Assert.Equal(expected, byScale, (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal(byScale, bySize);
    }

    [Fact]
    public void What_is_cropped_outside_is_filled() =>
        Assert.Equal(
            [9, 1.25f, 2],
            Op.Run("Resize", [Op.Floats([2], 1, 2), Op.Floats([2], -0.5f, 1), null, Op.Longs(3)], ("mode", "linear"), ("coordinate_transformation_mode", "tf_crop_and_resize"), ("extrapolation_value", 9f)).Values<float>());

    [Fact]
    public void Tensors_too_large_for_memory_are_refused_before_they_are_made()
    {
        Assert.Contains("larger than", Assert.Throws<OnnxException>(() => Op.Run("ConstantOfShape", [Op.Longs(1 << 20, 1 << 20)])).Message, StringComparison.Ordinal);
        Assert.Contains("larger than", Assert.Throws<OnnxException>(() => Op.Run("Expand", [Op.Floats([1], 1), Op.Longs(1 << 16, 1 << 16)])).Message, StringComparison.Ordinal);
        Assert.Contains("is not a size", Assert.Throws<OnnxException>(() => Op.Run("Tile", [Op.Floats([2], 1, 2), Op.Longs(int.MaxValue)])).Message, StringComparison.Ordinal);
    }
}
