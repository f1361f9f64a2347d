namespace Inkling.Numerics.Tests;

public sealed class GemmTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 4, 8, 2 }, { 10, 1, 8 }, { 3, 64, 512 }, { 3, 200, 40 }, { 1, 2048, 64 }, { 2, 33, 700 }, { 4, 70, 300 }, { 16, 64, 512 },
        { 15, 31, 513 }, { 29, 65, 1030 }, { 64, 100, 40 }, { 169, 33, 97 }, { 200, 1030, 20 }, { 340, 7, 60 }, { 5, 5, 0 }, { 32, 2048, 32 },
        { 6, 600, 70 }, { 12, 530, 33 }, { 13, 530, 33 }, { 40, 300, 16 }, { 20, 70, 90 }, { 64, 10, 128 }, { 7, 1000, 9 }, { 31, 32, 45 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_form_agrees_with_the_reference(int m, int n, int k)
    {
        foreach (bool transposeA in new[] { false, true })
        {
            foreach (bool transposeB in new[] { false, true })
            {
                foreach (bool accumulate in new[] { false, true })
                    Compare(transposeA, transposeB, m, n, k, accumulate);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Packed_agrees_in_every_bit_with_the_chain_of_multiply_adds(int m, int n, int k)
    {
        float[] a = Given.Values(m * k, 1), b = Given.Values(k * n, 2), c = Given.Values(m * n, 3);
        var expected = new float[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
                expected[(i * n) + j] = Chain(a, i * k, b, j, n, k, c[(i * n) + j]);
        }

        var packed = new float[Gemm.PackedLength(k, n)];
        Gemm.Pack(false, k, n, b, n, packed);
        Gemm.MultiplyPacked(m, n, k, a, k, packed, c, n, true, Team.Shared);
        Assert.Equal(expected, c);
    }

    [Theory]
    [InlineData(512, 512, 512)]
    [InlineData(64, 2048, 300)]
    [InlineData(1000, 96, 200)]
    public void One_thread_and_two_give_the_same_bits(int m, int n, int k)
    {
        float[] a = Given.Values(m * k, 1), b = Given.Values(k * n, 2);
        var one = new float[m * n];
        var two = new float[m * n];
        using var team = new Team(2);
        foreach (bool transpose in new[] { false, true })
        {
            Gemm.Multiply(false, transpose, m, n, k, a, k, b, transpose ? k : n, one, n, false, Team.Single);
            Gemm.Multiply(false, transpose, m, n, k, a, k, b, transpose ? k : n, two, n, false, team);
            Assert.Equal(one, two);
        }
    }

    private static float Chain(float[] a, int row, float[] b, int column, int n, int k, float sum)
    {
        for (int p = 0; p < k; p++)
        {
            sum = Inkling.Numerics.Lanes.HasFusedMultiplyAdd
                ? float.FusedMultiplyAdd(a[row + p], b[(p * n) + column], sum)
                : (a[row + p] * b[(p * n) + column]) + sum;
        }

        return sum;
    }

    private static void Compare(bool transposeA, bool transposeB, int m, int n, int k, bool accumulate)
    {
        // Row strides larger than the rows: nothing between them may be read or written.
        int lda = (transposeA ? m : k) + 3, ldb = (transposeB ? k : n) + 1, ldc = n + 2;
        float[] a = Given.Values((transposeA ? k : m) * lda, 1), b = Given.Values((transposeB ? n : k) * ldb, 2);
        float[] before = Given.Values(m * ldc, 3), c = (float[])before.Clone();
        Gemm.Multiply(transposeA, transposeB, m, n, k, a, lda, b, ldb, c, ldc, accumulate, Team.Shared);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < ldc; j++)
            {
                if (j >= n)
                {
                    Assert.Equal(before[(i * ldc) + j], c[(i * ldc) + j]);
                    continue;
                }

                double sum = accumulate ? before[(i * ldc) + j] : 0;
                for (int p = 0; p < k; p++)
                    sum += (double)(transposeA ? a[(p * lda) + i] : a[(i * lda) + p]) * (transposeB ? b[(j * ldb) + p] : b[(p * ldb) + j]);
                if (!(Math.Abs(sum - c[(i * ldc) + j]) < 2e-6 * (k + 4)))
                    Assert.Fail($"tA {transposeA} tB {transposeB} {m}x{n}x{k} add {accumulate} at [{i}, {j}]: {c[(i * ldc) + j]} for {sum}");
            }
        }
    }
}
