using BenchmarkDotNet.Attributes;
using Inkling.Numerics;

namespace Inkling.Benchmarks;

/// <summary>
/// Products of streaming inference with 512 inputs, in 8 bits and in float32: the gates of an LSTM (2048) and the logits of a
/// vocabulary (8192), for one draft and for beams.
/// </summary>
public class QuantizedMatrixBenchmarks
{
    private const int Columns = 512;

    private readonly Slab _x = Data.Uniform(8 * Columns, 1);
    private Slab _weights = null!;
    private Slab _y = null!;
    private QuantizedMatrix _matrix = null!;

    /// <summary>Outputs.</summary>
    [Params(2048, 8192)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _weights = Data.Uniform(Rows * Columns, 2);
        _y = new Slab(8 * Rows);
        _matrix = QuantizedMatrix.Quantize(_weights.Span, Rows, Columns);
    }

    [Benchmark(Baseline = true)]
    public void Float32() => Gemv.Multiply(Rows, Columns, _weights.Span, _x.Span[..Columns], _y.Span[..Rows], accumulate: false);

    [Benchmark]
    public void Int8() => Batch(1);

    [Benchmark]
    public void Int8_beam_of_4() => Batch(4);

    [Benchmark]
    public void Int8_beam_of_8() => Batch(8);

    private void Batch(int size) =>
        _matrix.MultiplyBatch(_x.Span[..(size * Columns)], size, _y.Span[..(size * Rows)], accumulate: false, Team.Single);
}
