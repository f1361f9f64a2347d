using BenchmarkDotNet.Attributes;
using Inkling.Numerics;

namespace Inkling.Benchmarks;

/// <summary>What a training step does beside its matrix products.</summary>
public class ElementwiseBenchmarks
{
    private const int Parameters = 4_000_000;

    private readonly Slab _row = Data.Uniform(8192, 1);
    private readonly Slab _weights = Data.Uniform(Parameters, 2);
    private readonly Slab _gradients = Data.Uniform(Parameters, 3);
    private readonly Slab _first = new(Parameters);
    private readonly Slab _second = new(Parameters);

    [Benchmark]
    public float Cross_entropy_of_a_row_of_8192() => RowSoftmax.CrossEntropyInPlace(_row.Span, 7, 1);

    [Benchmark]
    public void Adam_4_million_parameters() => ParameterUpdate.Run(
        AdamRule.Of(1e-3f, 0.9f, 0.999f, 1e-8f, 0.01f, 0.5f, 0.5f), _weights.Span, _gradients.Span, _first.Span, _second.Span, default, 0, 0, Team.Shared);

    [Benchmark]
    public float Norm_of_4_million_gradients() => Reduce.SumOfSquares(_gradients.Span);

    [Benchmark]
    public void Dropout_mask_of_a_million() => CounterRandom.FillDropoutMask(_first.Span[..1_000_000], 1, 2, 0.2f);
}
