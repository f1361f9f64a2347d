using BenchmarkDotNet.Attributes;
using Inkling.Numerics;

namespace Inkling.Benchmarks;

/// <summary>The pointwise part of an LSTM step for one row of a batch: five transcendentals a unit forward, none backward.</summary>
public class LstmGatesBenchmarks
{
    private Slab _gates = null!;
    private Slab _state = null!;

    /// <summary>Units.</summary>
    [Params(256, 512, 1024)]
    public int Units { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _gates = Data.Uniform(8 * Units, 1);
        _state = Data.Uniform(6 * Units, 2);
    }

    [Benchmark]
    public void Forward() => LstmGates.Forward(_gates.Span[..(4 * Units)], Row(0), Row(1), Row(2), Row(3));

    [Benchmark]
    public void Backward() => LstmGates.Backward(_gates.Span[..(4 * Units)], Row(0), Row(2), Row(4), Row(5), _gates.Span[(4 * Units)..]);

    private Span<float> Row(int row) => _state.Span.Slice(row * Units, Units);
}
