namespace Inkling.Tests;

/// <summary>Gradients of the operations that are more than a formula per element.</summary>
public sealed class StructuralOpTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Matrix_product(bool left, bool right)
        => Gradients.Check(x => x[0].MatMul(x[1], left, right), [left ? [4, 3] : [3, 4], right ? [5, 4] : [4, 5]]);

    [Fact]
    public void Affine_with_and_without_bias()
    {
        Gradients.Check(x => Tape.Record(default(Affine), x[0], x[1], x[2]), [[2, 3, 4], [5, 4], [5]]);
        Gradients.Check(x => Tape.Record(default(Affine), x[0], x[1]), [[3, 4], [5, 4]]);
    }

    [Fact]
    public void Sum_and_mean()
    {
        Gradients.Check(x => x[0].Square().Sum(), [[3, 4]]);
        Gradients.Check(x => x[0].Square().Mean(), [[3, 4]]);
    }

    [Fact]
    public void Views_pass_gradients_into_their_source()
    {
        Gradients.Check(x => x[0].Square().Reshape([4, 3]).MatMul(x[1]), [[3, 4], [3, 2]]);
        Gradients.Check(x => x[0].Tanh().Slice(1, 2) * x[0].Slice(0, 2), [[3, 4]]);
        Gradients.Check(x => x[0].Tanh().Select(2) + (x[0].Select(0) * x[0].Select(2).Exp()), [[3, 4]]);
        Gradients.Check(x => x[0].Tanh().Reshape([2, 6]).Slice(1, 1).Reshape([3, 2]).Square(), [[3, 4]]);
    }

    [Fact]
    public void A_value_used_twice_gets_both_gradients() => Gradients.Check(x => { Tensor t = x[0].Tanh(); return (t * t) + (t * x[0]); }, [[5]]);

    [Fact]
    public void Lookup_adds_rows_that_repeat()
        => Gradients.Check(x => Tape.Record(new Lookup(x[0].Tape.Indices([2, 3], [0, 2, 2, 1, 0, 2])), x[0]), [[3, 4]]);

    [Fact]
    public void Dropout_masks_forward_and_backward_alike() => Gradients.Check(x => x[0].Dropout(0.4).Square(), [[6, 7]]);

    [Fact]
    public void Layer_norm() => Gradients.Check(x => Tape.Record(new Normalize(1e-5), x[0], x[1], x[2]), [[2, 3, 5], [5], [5]]);

    [Fact]
    public void Losses_against_targets()
    {
        Gradients.Check(x => Tape.Record(default(MeanSquaredError), x[0], x[1]), [[3, 4], [3, 4]]);
        Gradients.Check(x => Tape.Record(default(BinaryCrossEntropy), x[0], x[0].Tape.Input([6], [0, 1, 0.3, 1, 0, 0.9])), [[6]]);
        Gradients.Check(x => Tape.Record(new SoftmaxCrossEntropy(x[0].Tape.Indices([4], [0, 2, -1, 4]), -1), x[0]), [[4, 5]]);
    }

    [Theory]
    [InlineData(new[] { 0, 2, 4, 1 })]
    [InlineData(new[] { 0, -1, 4, -1 })]
    [InlineData(new[] { -1, -1, 3, 1 })]
    [InlineData(new[] { -1, -1, -1, -1 })]
    public void Linear_cross_entropy(int[] targets)
    {
        Gradients.Check(x => Tape.Record(new LinearCrossEntropy(x[0].Tape.Indices([4], targets), -1), x[0], x[1], x[2]), [[2, 2, 3], [5, 3], [5]]);
        Gradients.Check(x => Tape.Record(new LinearCrossEntropy(x[0].Tape.Indices([4], targets), -1), x[0], x[1]), [[4, 3], [5, 3]]);
    }

    [Theory]
    [InlineData(new[] { 0, 2, 4, 1 }, 0.1)]
    [InlineData(new[] { 0, -1, 4, -1 }, 0.6)]
    [InlineData(new[] { 3, 1, -1, 0 }, 1)]
    public void Linear_cross_entropy_with_smoothed_labels(int[] targets, double smoothing)
    {
        Gradients.Check(x => Tape.Record(new LinearCrossEntropy(x[0].Tape.Indices([4], targets), -1, smoothing), x[0], x[1], x[2]), [[2, 2, 3], [5, 3], [5]]);
        Gradients.Check(x => Tape.Record(new LinearCrossEntropy(x[0].Tape.Indices([4], targets), -1, smoothing), x[0], x[1]), [[4, 3], [5, 3]]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Linear_cross_entropy_equals_its_parts(double smoothing)
    {
        using Tape tape = new();
        Random random = new(3);
        double[] Values(int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
        Tensor x = tape.Input([40, 6], Values(240)), w = tape.Input([11, 6], Values(66)), b = tape.Input([11], Values(11));
        Indices targets = tape.Indices([40], [.. Enumerable.Range(0, 40).Select(i => i % 5 == 0 ? -1 : i % 11)]);
        tape.Begin();
        double fused = Tape.Record(new LinearCrossEntropy(targets, -1, smoothing), x, w, b).Item();
        double parts = Tape.Record(new WeightedCrossEntropy(targets, -1, smoothing), Tape.Record(default(Affine), x, w, b)).Item();
        Assert.Equal(parts, fused, 1e-12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lstm_over_a_sequence(bool resets)
        => Gradients.Check(x => Lstm(x, resets, output: 0), LstmShapes);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Lstm_last_states(int output) => Gradients.Check(x => Lstm(x, true, output), LstmShapes);

    [Fact]
    public void Lstm_equals_the_cell_composed_of_single_operations()
    {
        using Tape tape = new();
        Random random = new(9);
        Tensor[] x = [.. LstmShapes.Select(s => tape.Input(s, [.. Enumerable.Range(0, s.Length).Select(_ => random.NextDouble() - 0.5)]))];
        tape.Begin();
        double[] fused = Lstm(x, false, 0).ToArray();
        List<double> composed = [];
        Tensor h = x[1], c = x[2];
        for (int t = 0; t < 3; t++)
        {
            Tensor gates = x[0].Select(t).MatMul(x[3], transposeRight: true) + h.MatMul(x[4], transposeRight: true) + x[5];
            double[][] g = [.. Enumerable.Range(0, 2).Select(b => gates.ToArray().Skip(b * 16).Take(16).ToArray())];
            Tensor Gate(int k) => tape.Input([2, 4], [.. g.SelectMany(row => row.Skip(k * 4).Take(4))]);
            c = (Gate(1).Sigmoid() * c) + (Gate(0).Sigmoid() * Gate(2).Tanh());
            h = Gate(3).Sigmoid() * c.Tanh();
            composed.AddRange(h.ToArray());
        }

        for (int i = 0; i < fused.Length; i++) Assert.Equal(composed[i], fused[i], 1e-12);
    }

    // T = 3, B = 2, I = 3, H = 4
    private static Shape[] LstmShapes => [[3, 2, 3], [2, 4], [2, 4], [16, 3], [16, 4], [16]];

    private static Tensor Lstm(Tensor[] x, bool withResets, int output)
    {
        Indices? resets = withResets ? x[0].Tape.Indices([3, 2], [0, 1, 0, 0, 1, 0]) : null;
        Span<Tensor> results = new Tensor[3];
        Tape.Record(new LstmSequence(resets), results, x);
        return results[output];
    }
}
