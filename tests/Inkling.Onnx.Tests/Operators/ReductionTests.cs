using CsCheck;

namespace Inkling.Onnx.Tests.Operators;

/// <summary>Reductions and what happens along an axis, against plain loops in double precision.</summary>
public sealed class ReductionTests
{
    public static TheoryData<string, Func<double[], double>> Reductions => new()
    {
        { "ReduceSum", row => row.Sum() }, { "ReduceMean", row => row.Length == 0 ? double.NaN : row.Average() },
        { "ReduceMax", row => row.Aggregate(double.NegativeInfinity, Math.Max) }, { "ReduceMin", row => row.Aggregate(double.PositiveInfinity, Math.Min) },
        { "ReduceProd", row => row.Aggregate(1.0, (a, b) => a * b) }, { "ReduceL1", row => row.Sum(Math.Abs) }, { "ReduceL2", row => Math.Sqrt(row.Sum(x => x * x)) },
        { "ReduceSumSquare", row => row.Sum(x => x * x) }, { "ReduceLogSum", row => Math.Log(row.Sum()) }, { "ReduceLogSumExp", row => Math.Log(row.Sum(Math.Exp)) },
    };

    [Theory]
    [MemberData(nameof(Reductions))]
    public void Any_axes_are_reduced(string operation, Func<double[], double> reduce) => Gen.Select(Gen.Int[0, 3].Array[0, 4], Gen.Int[0, 15], Gen.Bool).Sample((shape, mask, keep) =>
    {
        int[] axes = [.. Enumerable.Range(0, shape.Length).Where(axis => (mask >> axis & 1) == 1)];
        OnnxValue<float> x = Op.Random(new Random(mask), shape);
        OnnxValue y = Op.Run(operation, [x, Op.Longs([.. axes.Select(axis => (long)axis - shape.Length)])], ("keepdims", keep), ("noop_with_empty_axes", 1));
        OnnxValue older = Op.Run(operation, 11, [x], axes.Length > 0 ? [("keepdims", keep), ("axes", axes)] : [("keepdims", keep)]);

        Assert.Equal([.. shape.Select((size, axis) => axes.Contains(axis) ? 1 : size).Where((_, axis) => keep || !axes.Contains(axis))], y.Shape);
        double[] expected = [.. Rows(x, axes).Select(reduce)];
        float[] actual = y.Values<float>().ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.True(((float)expected[i]).Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= 1e-5 * (1 + Math.Abs(expected[i])), $"{operation}: {actual[i]} where {expected[i]} is expected");
        if (axes.Length > 0)
            Assert.Equal(actual, older.Values<float>().ToArray());
    }, iter: 100);

    [Fact]
    public void Whole_numbers_and_truth_values_are_reduced_too()
    {
        OnnxValue x = OnnxValue.Create([2, 2], new[] { 1, 2, 3, 5 });

        Assert.Equal([4, 7], Op.Run("ReduceSum", [x, Op.Longs(0)], ("keepdims", 0)).Values<int>());
        Assert.Equal([2, 3], Op.Run("ReduceMean", [x, Op.Longs(0)], ("keepdims", 0)).Values<int>());
        Assert.Equal([false, true], Op.Run("ReduceMin", [OnnxValue.Create([2, 2], new[] { true, false, true, true }), Op.Longs(1)], ("keepdims", 0)).Values<bool>());
        Assert.Equal([int.MinValue], Op.Run("ReduceMax", [OnnxValue.Create([0], Array.Empty<int>())]).Values<int>());
    }

    [Fact]
    public void Extremes_have_a_place()
    {
        OnnxValue x = Op.Floats([2, 3], 1, 5, 5, 2, 2, 0);

        Assert.Equal([1L, 0], Op.Run("ArgMax", [x], ("axis", 1), ("keepdims", 0)).Values<long>());
        Assert.Equal([2L, 1], Op.Run("ArgMax", [x], ("axis", -1), ("keepdims", 0), ("select_last_index", 1)).Values<long>());
        Assert.Equal([0L, 1, 1], Op.Run("ArgMin", [x]).Values<long>());
        Assert.Contains("an empty axis", Assert.Throws<OnnxException>(() => Op.Run("ArgMax", [Op.Floats([0])])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, new[] { 1f, 3, 6 }, new[] { 1f, 2, 6 })]
    [InlineData(true, false, new[] { 0f, 1, 3 }, new[] { 1f, 1, 2 })]
    [InlineData(false, true, new[] { 6f, 5, 3 }, new[] { 6f, 6, 3 })]
    [InlineData(true, true, new[] { 5f, 3, 0 }, new[] { 6f, 3, 1 })]
    public void Totals_run_either_way_with_or_without_the_element(bool exclusive, bool reverse, float[] sums, float[] products)
    {
        OnnxValue x = Op.Floats([3, 1], 1, 2, 3), axis = OnnxValue.Scalar(0);

        Assert.Equal(sums, Op.Run("CumSum", [x, axis], ("exclusive", exclusive), ("reverse", reverse)).Values<float>());
        Assert.Equal(products, Op.Run("CumProd", [x, axis], ("exclusive", exclusive), ("reverse", reverse)).Values<float>());
    }

    [Fact]
    public void Softmax_meant_all_trailing_axes_before_operator_set_13()
    {
        OnnxValue x = Op.Floats([1, 2, 2], 0, 0, 0, 0);

        Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f], Op.Run("Softmax", 13, [x]).Values<float>());
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], Op.Run("Softmax", 11, [x]).Values<float>());
        Assert.Equal([1, 0, 0, 0], Op.Run("Hardmax", 11, [x]).Values<float>());
        Assert.Equal([-MathF.Log(4)], Op.Run("LogSoftmax", 11, [x]).Values<float>()[..1].ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Softmax_does_not_overflow_and_gives_nothing_to_what_is_closed() =>
        Assert.Equal([0, 1, 0], Op.Run("Softmax", [Op.Floats([3], float.NegativeInfinity, 10000, 0)]).Values<float>());

    /// <summary>What is reduced to one element, for each element of the result.</summary>
    private static IEnumerable<double[]> Rows(OnnxValue<float> x, int[] axes)
    {
        int[] steps = Dimensions.Strides(x.Sizes);
        int[] kept = [.. Enumerable.Range(0, x.Rank).Where(axis => !axes.Contains(axis))];
        int count = kept.Aggregate(1, (product, axis) => product * x.Sizes[axis]);
        for (int i = 0; i < count; i++)
        {
            int[] coordinates = new int[x.Rank];
            for (int place = kept.Length - 1, rest = i; place >= 0; rest /= x.Sizes[kept[place--]])
                coordinates[kept[place]] = rest % x.Sizes[kept[place]];
            yield return [.. Enumerable.Range(0, x.Length).Where(at => kept.All(axis => at / steps[axis] % x.Sizes[axis] == coordinates[axis])).Select(at => (double)x.Data[at])];
        }
    }
}
