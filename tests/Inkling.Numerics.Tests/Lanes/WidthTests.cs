namespace Inkling.Numerics.Tests;

/// <summary>Every kernel gives the same bits at every width, for every length of tail.</summary>
public sealed unsafe class WidthTests
{
    [Fact]
    public void Elementary_functions() => ForEveryLength((length, values) =>
    {
        Ranges<Map.ForwardKernel<ExpOp>>(length, values, (x, y) => new(x, y));
        Ranges<Map.ForwardKernel<LogOp>>(length, values, (x, y) => new(x, y));
        Ranges<Map.ForwardKernel<TanhOp>>(length, values, (x, y) => new(x, y));
        Ranges<Map.BackwardKernel<TanhOp>>(length, values, (x, y) => new(x, x + 3, x + 5, y, true));
        Ranges<Map.BackwardKernel<LogOp>>(length, values, (x, y) => new(x, x + 3, x + 5, y, true));
    });

    [Fact]
    public void Special_values_and_all_magnitudes()
    {
        float[] values = new float[4096];
        for (int i = 0; i < values.Length; i++)
            values[i] = BitConverter.UInt32BitsToSingle((uint)i * 1048583u);
        Ranges<Map.ForwardKernel<ExpOp>>(4000, values, (x, y) => new(x, y));
        Ranges<Map.ForwardKernel<LogOp>>(4000, values, (x, y) => new(x, y));
        Ranges<Map.ForwardKernel<TanhOp>>(4000, values, (x, y) => new(x, y));
        Ranges<Map.ForwardKernel<ComparisonsOp>>(4000, values, (x, y) => new(x, y));
    }

    [Fact]
    public void Pairs() => ForEveryLength((length, values) =>
    {
        Ranges<Zip.ForwardKernel<QuotientOp>>(length, values, (x, y) => new(new(x, length, length), new(x + 2, length, length), y));
        Ranges<Zip.ForwardKernel<QuotientOp>>(length, values, (x, y) => new(new(x, 1, length), new(x + 2, length, length), y));
        Ranges<Zip.BackwardKernel<QuotientOp, Zip.Right>>(
            length, values, (x, y) => new(new(x, length, length), new(x + 2, 1, length), x + 3, x + 4, y, true));
        Result(values, x => new Zip.SumKernel<ProductOp, Zip.Left>(new(x, 1, length), new(x + 2, length, length), x, x + 3, length), kernel => kernel.Result);
    });

    [Fact]
    public void Reductions() => ForEveryLength((length, values) =>
    {
        Result(values, x => new Reduce.BlockKernel<Reduce.Identity>(x, x, length), kernel => kernel.Result);
        Result(values, x => new Reduce.BlockKernel<Reduce.Product>(x, x + 1, length), kernel => kernel.Result);
        Result(values, x => new Reduce.MaxKernel(x, length), kernel => kernel.Result);
        Result(values, x => new Reduce.MaxMagnitudeKernel(x, length), kernel => kernel.Result);
        Result(values, x => new RowSoftmax.ExponentialsKernel(x, null, length, 0.5f), kernel => kernel.Total);
        Result(values, x => new LayerNormKernel.SquaresKernel(x, length, 0.1f), kernel => kernel.Result);
        Ranges<Reduce.ColumnSumsKernel>(length, values, (x, y) => new(x, 3, length, y, true));
    });

    [Fact]
    public void Layers_and_optimizer() => ForEveryLength((length, values) =>
    {
        Kernel<RowSoftmax.ExponentialsKernel>(values, (x, y) => new(x, y, length, 0.5f));
        Ranges<LayerNormKernel.ForwardKernel>(length, values, (x, y) => new(x, x + 1, x + 2, 0.1f, 1.3f, y));
        Ranges<LayerNormKernel.BackwardKernel>(length, values, (x, y) => new(x, x + 1, x + 2, 0.1f, 1.3f, 0.2f, 0.3f, y));
        Kernel<LayerNormKernel.BackwardSumsKernel>(values, (x, y) => new(x, x + 1, x + 2, y, y + 100, length, 0.1f, 1.3f));
        Ranges<LstmGates.ForwardKernel>(length, values, (x, y) => new(y, x, y + 300, y + 400, y + 500, length));
        Ranges<LstmGates.BackwardKernel>(length, values, (x, y) => new(x, x + 1, x + 2, x + 3, y, y + 100, length));
        AdamRule adam = AdamRule.Of(0.1f, 0.9f, 0.99f, 1e-3f, 0.1f, 0.9f, 0.8f);
        Ranges<ParameterUpdate.Kernel<AdamRule>>(length, values, (x, y) => new(adam, y, x, y + 100, y + 200, null, 0, 0));
        Ranges<ParameterUpdate.Kernel<AdamRule>>(length, values, (x, y) => new(adam, y, x, y + 100, y + 200, null, 0.1f, 0.2f));
        Ranges<PairLosses.SlopeKernel<WeightedSquareLoss>>(length, values, (x, y) => new(default, x, x + 3, x + 7, 1, 0.3f, y, true, false));
        Ranges<PairLosses.SlopeKernel<WeightedSquareLoss>>(length, values, (x, y) => new(default, x, x + 3, null, 0.7f, 0.3f, y, false, true));
        Result(values, x => new PairLosses.SumKernel<WeightedSquareLoss>(default, x, x + 3, x + 7, 1, length), kernel => kernel.Result);
        Ranges<LogSums.OfThreeKernel>(length, values, (x, y) => new(x + 2, -1, x + 100, x + 200, y));
        Ranges<LogSums.ExpOfSumKernel>(length, values, (x, y) => new(x, x + 1, -0.5f, y));
        Ranges<Elementwise.AddScaledKernel>(length, values, (x, y) => new(x, 0.3f, y, true));
        Ranges<Elementwise.MultiplyKernel>(length, values, (x, y) => new(x, x + 1, y, true));
        Ranges<Elementwise.ScaleKernel>(length, values, (x, y) => new(y, 0.3f));
        Ranges<RowSoftmax.ShiftKernel>(length, values, (x, y) => new(y, 0.3f));
    });

    private delegate T Make<T>(float* x, float* y);

    private delegate T MakeOfOne<T>(float* x);

    private static void ForEveryLength(Action<int, float[]> check)
    {
        for (int length = 0; length <= 67; length++)
        {
            // Positive, so that the second moments and logarithms are defined.
            float[] values = Given.Values(1024, length);
            for (int i = 0; i < values.Length; i++)
                values[i] = MathF.Abs(values[i]) + 0.01f;
            check(length, values);
        }
    }

    private static void Ranges<T>(int length, float[] values, Make<T> make)
        where T : struct, IRangeKernel
    {
        float[] scalar = Run(values, make, kernel => kernel.Run<ScalarLane>(0, length));
        AssertBits(scalar, Run(values, make, kernel => kernel.Run<Lane128>(0, length)), length, typeof(T));
        AssertBits(scalar, Run(values, make, kernel => kernel.Run<Lane256>(0, length)), length, typeof(T));
        AssertBits(scalar, Run(values, make, kernel => kernel.Run<Lane512>(0, length)), length, typeof(T));
    }

    private static void Kernel<T>(float[] values, Make<T> make)
        where T : struct, ILaneKernel
    {
        float[] scalar = Run(values, make, kernel => kernel.Run<ScalarLane>());
        AssertBits(scalar, Run(values, make, kernel => kernel.Run<Lane128>()), 0, typeof(T));
        AssertBits(scalar, Run(values, make, kernel => kernel.Run<Lane256>()), 0, typeof(T));
        AssertBits(scalar, Run(values, make, kernel => kernel.Run<Lane512>()), 0, typeof(T));
    }

    private static float[] Run<T>(float[] values, Make<T> make, Action<T> run)
    {
        float[] from = (float[])values.Clone();
        var to = new float[Math.Max(1024, values.Length)];
        for (int i = 0; i < to.Length; i++)
            to[i] = (i % 37 * 0.03f) + 0.01f;
        fixed (float* x = from, y = to)
            run(make(x, y));
        return to;
    }

    private static void Result<T>(float[] values, MakeOfOne<T> make, Func<T, float> result)
        where T : struct, ILaneKernel
    {
        fixed (float* x = values)
        {
            T scalar = make(x), l128 = make(x), l256 = make(x), l512 = make(x);
            scalar.Run<ScalarLane>();
            l128.Run<Lane128>();
            l256.Run<Lane256>();
            l512.Run<Lane512>();
            AssertBits([result(scalar)], [result(l128)], 0, typeof(T));
            AssertBits([result(scalar)], [result(l256)], 0, typeof(T));
            AssertBits([result(scalar)], [result(l512)], 0, typeof(T));
        }
    }

    private static void AssertBits(float[] expected, float[] actual, int length, Type kernel)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]);
            // Which NaN it is, is not promised.
            if (!same && !(float.IsNaN(expected[i]) && float.IsNaN(actual[i])))
                Assert.Fail($"{kernel.Name}, length {length}, element {i}: {actual[i]:R} for {expected[i]:R}");
        }
    }
}
