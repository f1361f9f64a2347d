using CsCheck;

namespace Inkling.Onnx.Tests.Operators;

/// <summary>Matrix products, against three loops.</summary>
public sealed class LinearTests
{
    [Fact]
    public void Matrices_are_multiplied_with_their_leading_axes_broadcast() => Gen.Select(Gen.Int[0, 5].Array[3], Gen.Int[1, 3].Array[0, 3], Gen.Int[0, 63]).Sample((sizes, batch, ones) =>
    {
        (int m, int k, int n) = (sizes[0], sizes[1], sizes[2]);
        int[] left = [.. batch.Select((size, axis) => (ones >> axis & 1) == 1 ? 1 : size)], right = [.. batch.Select((size, axis) => (ones >> (axis + 3) & 1) == 1 ? 1 : size)];
        var random = new Random(ones);
        OnnxValue<float> a = Op.Random(random, [.. left, m, k]), b = Op.Random(random, [.. right, k, n]);
        OnnxValue<float> y = (OnnxValue<float>)Op.Run("MatMul", [a, b]);
        int[] shape = [.. Dimensions.Broadcast(left, right)!, m, n];

        Assert.Equal(shape, y.Sizes);
        float[] wideA = [.. ElementwiseTests.At(a, [.. shape[..^2], m, k])], wideB = [.. ElementwiseTests.At(b, [.. shape[..^2], k, n])];
        for (int i = 0; i < y.Length; i++)
        {
            int matrix = i / (m * n), row = i / n % m, column = i % n;
            double sum = Enumerable.Range(0, k).Sum(p => (double)wideA[(((matrix * m) + row) * k) + p] * wideB[(((matrix * k) + p) * n) + column]);
            Assert.Equal(sum, y.Data[i], 1e-4);
        }
    }, iter: 200);

    [Fact]
    public void Vectors_count_as_rows_and_columns()
    {
        OnnxValue v = Op.Floats([2], 1, 2), m = Op.Floats([2, 3], 1, 2, 3, 4, 5, 6);

        Assert.Equal([9, 12, 15], Op.Run("MatMul", [v, m]).Values<float>());
        Assert.Empty(Op.Run("MatMul", [v, v]).Shape.ToArray());
        Assert.Equal([5f], Op.Run("MatMul", [v, v]).Values<float>());
        Assert.Equal([9L, 12, 15], Op.Run("MatMul", [Op.Longs(1, 2), OnnxValue.Create([2, 3], new[] { 1L, 2, 3, 4, 5, 6 })]).Values<long>());
        Assert.Contains("inner sizes differ, [2, 3] · [2, 3] (3 ≠ 2)", Assert.Throws<OnnxException>(() => Op.Run("MatMul", [m, m])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_general_product_transposes_scales_and_adds() => Gen.Select(Gen.Int[1, 4].Array[3], Gen.Bool, Gen.Bool, Gen.Int[0, 4]).Sample((sizes, transposeA, transposeB, kind) =>
    {
        (int m, int k, int n) = (sizes[0], sizes[1], sizes[2]);
        var random = new Random(m);
        OnnxValue<float> a = transposeA ? Op.Random(random, k, m) : Op.Random(random, m, k), b = transposeB ? Op.Random(random, n, k) : Op.Random(random, k, n);
        OnnxValue<float>? c = kind switch { 0 => null, 1 => Op.Random(random, n), 2 => Op.Random(random, m, 1), 3 => Op.Random(random), _ => Op.Random(random, m, n) };
        float[] y = Op.Run("Gemm", [a, b, c], ("alpha", 0.5f), ("beta", 3f), ("transA", transposeA), ("transB", transposeB)).Values<float>().ToArray();
        float[] addend = c is null ? new float[m * n] : [.. ElementwiseTests.At(c, [m, n])];
        for (int i = 0; i < y.Length; i++)
        {
            (int row, int column) = (i / n, i % n);
            double sum = Enumerable.Range(0, k).Sum(p => (double)a.Data[transposeA ? (p * m) + row : (row * k) + p] * b.Data[transposeB ? (column * k) + p : (p * n) + column]);
            Assert.Equal((0.5 * sum) + (3 * addend[i]), y[i], 1e-4);
        }
    }, iter: 100);

    [Theory]
    [InlineData("ij,jk->ik", new[] { 9f, 12, 15, 19, 26, 33, 29, 40, 51 }, 3, 2)]
    [InlineData("ij,jk", new[] { 9f, 12, 15, 19, 26, 33, 29, 40, 51 }, 3, 2)]
    [InlineData("...j, jk -> k...", new[] { 9f, 19, 29, 12, 26, 40, 15, 33, 51 }, 3, 2)]
    [InlineData("ij,kl->", new[] { 441f }, 3, 2)]
    [InlineData("ij,jk->j", new[] { 54f, 180 }, 3, 2)]
    public void Equations_say_what_is_multiplied_and_summed(string equation, float[] expected, int rows, int columns)
    {
        OnnxValue a = Op.Floats([rows, columns], 1, 2, 3, 4, 5, 6), b = Op.Floats([2, 3], 1, 2, 3, 4, 5, 6);

        Assert.Equal(expected, Op.Run("Einsum", [a, b], ("equation", equation)).Values<float>());
    }

    [Fact]
    public void Equations_take_diagonals_and_many_operands()
    {
        OnnxValue square = Op.Floats([2, 2], 1, 2, 3, 4);

        Assert.Equal([1, 4], Op.Run("Einsum", [square], ("equation", "ii->i")).Values<float>());
        Assert.Equal([5f], Op.Run("Einsum", [square], ("equation", "ii")).Values<float>());
        Assert.Equal([37, 54, 81, 118], Op.Run("Einsum", [square, square, square], ("equation", "ab,bc,cd->ad")).Values<float>());
        Assert.Contains("does not name the 2 axes of operand 0", Assert.Throws<OnnxException>(() => Op.Run("Einsum", [square], ("equation", "i->i"))).Message, StringComparison.Ordinal);
        Assert.Contains("names an axis twice, or one that no operand has", Assert.Throws<OnnxException>(() => Op.Run("Einsum", [square], ("equation", "ij->k"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Determinants()
    {
        OnnxValue x = Op.Floats([2, 2, 2], 0, 2, 3, 4, 1, 2, 2, 4);

        Assert.Equal([-6, 0], Op.Run("Det", [x]).Values<float>());
    }
}
