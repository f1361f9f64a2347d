namespace Inkling.Tests;

/// <summary>Gradients of attention and positions by differences, and what a query may not see.</summary>
public sealed class AttentionOpTests
{
    // More than one block of 32 queries where it matters.
    private const int Queries = 3, Keys = 4, Batch = 2, Heads = 2, Width = 4;

    public static TheoryData<bool, bool, double, int> Rules
    {
        get
        {
            TheoryData<bool, bool, double, int> rules = [];
            foreach (int mask in (int[])[0, 2, 3, 4])
            {
                rules.Add(false, false, 0, mask);
                rules.Add(true, true, 0.3, mask);
            }

            rules.Add(true, false, 0, 0);
            rules.Add(false, true, 0, 0);
            rules.Add(false, false, 0.3, 0);
            return rules;
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Three_operands(bool causal, bool lengths, double dropout, int mask)
        => Gradients.Check(x => x[0].Attention(x[1], x[2], Heads, Rule(x[0].Tape, causal, lengths, dropout), Mask(x[0].Tape, mask, Queries)), [[Queries, Batch, Width], [Keys, Batch, Width], [Keys, Batch, 6]]);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Keys_and_values_in_one_operand(bool causal, bool lengths, double dropout, int mask)
        => Gradients.Check(x => x[0].Attention(x[1], Heads, Rule(x[0].Tape, causal, lengths, dropout), Mask(x[0].Tape, mask, Queries)), [[Queries, Batch, Width], [Keys, Batch, 2 * Width]]);

    [Theory]
    [MemberData(nameof(Rules))]
    public void All_in_one_operand(bool causal, bool lengths, double dropout, int mask)
        => Gradients.Check(x => x[0].SelfAttention(Heads, Rule(x[0].Tape, causal, lengths, dropout), Mask(x[0].Tape, mask, Keys)), [[Keys, Batch, 3 * Width]]);

    [Fact]
    public void The_same_tensor_as_keys_and_values_gets_both_gradients()
    {
        Gradients.Check(x => x[0].Attention(x[1], x[1], Heads, new AttentionRule { Scale = 1 }), [[Queries, Batch, Width], [Keys, Batch, Width]]);
        Gradients.Check(x => x[0].Tanh().Attention(x[0], x[0], Heads), [[Keys, Batch, Width]]);
        Gradients.Check(x => x[0].Attention(x[0], x[0], Heads), [[Keys, Batch, Width]]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_queries_go_through_in_blocks(bool causal)
    {
        const int Time = 70, Head = 3;
        using Tape tape = new();
        Random random = new(2);
        double[] Values(int n) => [.. Enumerable.Range(0, n).Select(_ => (random.NextDouble() * 4) - 2)];
        Tensor x = tape.Input([Time, 1, 3 * Head], Values(Time * 3 * Head), requiresGradient: true), weights = tape.Input([Time, Head], Values(Time * Head));
        Indices lengths = tape.Indices([1], [61]);
        tape.Begin();
        Tensor y = x.SelfAttention(1, new AttentionRule { Causal = causal, Lengths = lengths });
        tape.Backward((y.Reshape([Time, Head]) * weights).Sum());
        double[] fused = y.ToArray(), gradient = x.Gradient.ToArray();

        // Step by step: scores, exponentials, quotient, one query after the other.
        Tensor loss = tape.Constant(0);
        double[] parts = new double[Time * Head];
        Tensor[] rows = [.. Enumerable.Range(0, 3).Select(part => Columns(tape, x, part, Head))];
        for (int i = 0; i < Time; i++)
        {
            int seen = causal ? Math.Min(i + 1, 61) : 61;
            Tensor e = (rows[0].Slice(i, 1).MatMul(rows[1].Slice(0, seen), transposeRight: true) * (1 / Math.Sqrt(Head))).Exp();
            Tensor row = e.MatMul(rows[2].Slice(0, seen)) / e.Sum();
            row.ToArray().CopyTo(parts, i * Head);
            loss += (row * weights.Slice(i, 1)).Sum();
        }

        for (int i = 0; i < parts.Length; i++) Assert.Equal(parts[i], fused[i], 1e-12);
        tape.Backward(loss);
        for (int i = 0; i < gradient.Length; i++) Assert.Equal(x.Gradient[i], gradient[i], 1e-11);
    }

    [Fact]
    public void A_query_to_which_all_is_hidden_gets_zeros()
    {
        using Tape tape = new();
        Tensor x = tape.Input([2, 1, 6], [.. Enumerable.Range(0, 12).Select(i => i * 0.1)], requiresGradient: true);
        Tensor mask = tape.Input([2, 2], [double.NegativeInfinity, double.NegativeInfinity, 0, double.NegativeInfinity]);
        tape.Begin();
        Tensor y = x.SelfAttention(1, default, mask);
        Assert.Equal([0, 0, 0.4, 0.5], y.ToArray());
        tape.Backward(y.Sum());
        Assert.Equal([0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0], x.Gradient.ToArray());
    }

    [Fact]
    public void Additive_attention()
    {
        Shape[] shapes = [[3, 2, 5], [4, 2, 5], [5], [4, 2, 3]];
        foreach (bool lengths in (bool[])[false, true])
        {
            foreach (int output in (int[])[0, 1])
                Gradients.Check(x => Additive(x, lengths, output), shapes);
        }

        Gradients.Check(x => Additive(x, true, 0) + Additive(x, true, 1).MatMulRows(), shapes);
    }

    [Fact]
    public void Rotary_embedding_and_its_way_back()
    {
        foreach (bool interleaved in (bool[])[false, true])
        {
            RotaryTable table = new(4, 6, interleaved: interleaved);
            Gradients.Check(x => x[0].Rotate(table), [[3, 2, 8]]);
            Gradients.Check(x => Tape.Record(new Rotate(table, 4, 2), x[0]) * x[0], [[3, 2, 8]]);
        }
    }

    [Fact]
    public void Products_of_turned_vectors_depend_on_the_distance_alone()
    {
        using Tape tape = new();
        RotaryTable table = new(8, 40);
        Tensor x = tape.Input([1, 2, 8], [.. Enumerable.Range(0, 16).Select(i => Math.Sin(i + 1.0))]);
        tape.Begin();
        double Product(int query, int key)
        {
            double[] q = x.Rotate(table, query).ToArray()[..8], k = x.Rotate(table, key).ToArray()[8..];
            return q.Zip(k, (a, b) => a * b).Sum();
        }

        Assert.Equal(Product(3, 1), Product(37, 35), 1e-12);
        Assert.NotEqual(Product(3, 1), Product(4, 1), 1e-3);
    }

    [Fact]
    public void Positions() => Gradients.Check(x => Tape.Record(new AddPositions(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 3, 1), x[0]).Square(), [[2, 2, 3]]);

    private static Tensor Columns(Tape tape, Tensor x, int part, int width)
    {
        // Columns as a product with a matrix of ones and zeros.
        double[] pick = new double[width * 3 * width];
        for (int j = 0; j < width; j++) pick[(((part * width) + j) * width) + j] = 1;
        return x.Reshape([x.Shape[0], 3 * width]).MatMul(tape.Input([3 * width, width], pick));
    }

    private static AttentionRule Rule(Tape tape, bool causal, bool lengths, double dropout)
        => new() { Causal = causal, Lengths = lengths ? tape.Indices([Batch], [2, 4]) : null, Dropout = dropout };

    private static Tensor? Mask(Tape tape, int rank, int queries)
    {
        Shape shape = rank == 2 ? [queries, Keys] : rank == 3 ? [Batch, queries, Keys] : [Batch, Heads, queries, Keys];
        return rank == 0 ? null : tape.Input(shape, [.. Enumerable.Range(0, shape.Length).Select(i => i % 7 == 3 ? double.NegativeInfinity : Math.Cos(i))]);
    }

    private static Tensor Additive(Tensor[] x, bool lengths, int output)
    {
        Tensor[] results = new Tensor[2];
        Tape.Record(new AttendAdditively(lengths ? x[0].Tape.Indices([2], [4, 2]) : null), results, x);
        return results[output];
    }
}

/// <summary>Makes one number of weights, so that contexts and weights flow back together.</summary>
internal static class WeightSum
{
    public static Tensor MatMulRows(this Tensor weights) => weights.Square().Sum();
}
