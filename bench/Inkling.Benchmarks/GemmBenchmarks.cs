using BenchmarkDotNet.Attributes;
using Inkling.Numerics;

namespace Inkling.Benchmarks;

/// <summary>
/// Matrix products of a language model with 512 units, batch 32, 64 steps: a recurrent step, the input product of all steps, a weight
/// gradient; and the cube that everybody measures. Divide 2 m n k by the time for FLOP/s.
/// </summary>
public class GemmBenchmarks
{
    private readonly Slab _a = Data.Uniform(2048 * 2048, 1);
    private readonly Slab _b = Data.Uniform(2048 * 2048, 2);
    private readonly Slab _c = new(2048 * 2048);
    private readonly Slab _packed = new(Gemm.PackedLength(512, 2048));

    /// <summary>1, or 0 for all processors.</summary>
    [Params(1, 0)]
    public int Threads { get; set; }

    private Team Team => Threads == 1 ? Team.Single : Team.Shared;

    [GlobalSetup]
    public void Pack() => Gemm.Pack(true, 512, 2048, _b.Span, 512, _packed.Span);

    [Benchmark]
    public void Cube_1024() => Gemm.Multiply(false, false, 1024, 1024, 1024, _a.Span, 1024, _b.Span, 1024, _c.Span, 1024, false, Team);

    [Benchmark]
    public void Plain_64x2048x512() => Gemm.Multiply(false, false, 64, 2048, 512, _a.Span, 512, _b.Span, 2048, _c.Span, 2048, false, Team);

    [Benchmark]
    public void Recurrent_step_32x2048x512() => Gemm.MultiplyPacked(32, 2048, 512, _a.Span, 512, _packed.Span, _c.Span, 2048, true, Team);

    [Benchmark]
    public void Input_of_all_steps_2048x2048x512() =>
        Gemm.Multiply(false, true, 2048, 2048, 512, _a.Span, 512, _b.Span, 512, _c.Span, 2048, false, Team);

    [Benchmark]
    public void Weight_gradient_2048x512x2048() =>
        Gemm.Multiply(true, false, 2048, 512, 2048, _a.Span, 2048, _b.Span, 512, _c.Span, 512, true, Team);
}
