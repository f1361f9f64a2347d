namespace Inkling.Tests;

/// <summary>Gradients of recurrent layers by differences, in all their ways to go through a sequence.</summary>
public sealed class RecurrentOpTests
{
    private const int Time = 4, Batch = 3, Input = 2, Hidden = 3;

    // Sorted, not sorted, and rows that end at once.
    private static readonly int[][] Lengths = [[4, 2, 1], [1, 4, 3], [2, 2, 2]];

    public static TheoryData<int, bool, bool, double> Ways
    {
        get
        {
            TheoryData<int, bool, bool, double> ways = [];
            for (int lengths = -1; lengths < Lengths.Length; lengths++)
            {
                foreach (bool reverse in (bool[])[false, true])
                {
                    ways.Add(lengths, reverse, false, 0);
                    ways.Add(lengths, reverse, true, 0);
                    ways.Add(lengths, reverse, lengths == 0, 0.4);
                }
            }

            return ways;
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void Pooling_over_time(int lengths)
    {
        Gradients.Check(x => x[0].Tanh().MeanOverTime(Order(x[0].Tape, lengths, false, false, 0).Lengths), [[Time, Batch, Input]]);
        Gradients.Check(x => x[0].Tanh().MaxOverTime(Order(x[0].Tape, lengths, false, false, 0).Lengths), [[Time, Batch, Input]]);
    }

    [Fact]
    public void Pooling_counts_the_steps_of_a_row_only()
    {
        using Tape tape = new();
        Tensor x = tape.Input([3, 2, 2], [-1, -2, -5, 4, -3, -1, 9, 9, 7, 7, 9, 9]);
        Indices lengths = tape.Indices([2], [2, 1]);
        tape.Begin();
        Assert.Equal([-2, -1.5, -5, 4], x.MeanOverTime(lengths).ToArray());
        Assert.Equal([-1, -1, -5, 4], x.MaxOverTime(lengths).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => x.MaxOverTime(tape.Indices([2], [0, 1])));
        Assert.Throws<ArgumentException>(() => x.MeanOverTime(tape.Indices([1], [2])));
        Assert.Throws<ArgumentException>(() => tape.Input([2, 2], [1, 2, 3, 4]).MeanOverTime());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Rnn(int lengths, bool reverse, bool resets, double dropout)
    {
        foreach (int output in (int[])[0, 1])
            Gradients.Check(x => Run(new RnnSequence(RnnNonlinearity.Tanh, Order(x[0].Tape, lengths, reverse, resets, dropout)), x, output), Shapes(1, cells: false, biases: 1));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public void Rnn_with_rectifiers(int lengths, bool reverse)
        => Gradients.Check(x => Run(new RnnSequence(RnnNonlinearity.Relu, Order(x[0].Tape, lengths, reverse, true, 0)), x, 0), Shapes(1, cells: false, biases: 1));

    [Theory]
    [MemberData(nameof(Ways))]
    public void Gru(int lengths, bool reverse, bool resets, double dropout)
    {
        foreach (int output in (int[])[0, 1])
            Gradients.Check(x => Run(new GruSequence(Order(x[0].Tape, lengths, reverse, resets, dropout)), x, output), Shapes(3, cells: false, biases: 2));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Lstm(int lengths, bool reverse, bool resets, double dropout)
    {
        foreach (int output in (int[])[0, 1, 2])
            Gradients.Check(x => Run(new LstmSequence(Order(x[0].Tape, lengths, reverse, resets, dropout)), x, output), Shapes(4, cells: true, biases: 1));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Lstm_with_peepholes_and_coupled_gates(bool coupled, bool peephole)
    {
        int gates = coupled ? 3 : 4;
        Shape[] shapes = peephole ? [.. Shapes(gates, cells: true, biases: 1), [(gates - 1) * Hidden]] : Shapes(gates, cells: true, biases: 1);
        foreach (int lengths in (int[])[-1, 1])
        {
            foreach (bool reverse in (bool[])[false, true])
            {
                foreach (int output in (int[])[0, 1, 2])
                    Gradients.Check(x => Run(new LstmSequence(Order(x[0].Tape, lengths, reverse, reverse, 0), coupled), x, output), shapes);
            }
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Lstm_variants_follow_their_formulas(bool coupled, bool peephole)
    {
        using Tape tape = new();
        Random random = new(9);
        int gates = coupled ? 3 : 4;
        Shape[] shapes = peephole ? [.. Shapes(gates, cells: true, biases: 1), [(gates - 1) * Hidden]] : Shapes(gates, cells: true, biases: 1);
        double[][] v = [.. shapes.Select(s => Values(random, s.Length))];
        tape.Begin();
        double[] fused = Run(new LstmSequence(default(SequenceOrder), coupled), [.. shapes.Select((s, i) => tape.Input(s, v[i]))], 0).ToArray();
        static double Logistic(double s) => 1 / (1 + Math.Exp(-s));
        double Peep(int gate, int j, double c) => peephole ? v[6][(gate * Hidden) + j] * c : 0;
        for (int b = 0; b < Batch; b++)
        {
            double[] h = v[1][(b * Hidden)..((b + 1) * Hidden)], c = v[2][(b * Hidden)..((b + 1) * Hidden)];
            for (int t = 0; t < Time; t++)
            {
                double Sum(int gate, int j)
                {
                    int row = (gate * Hidden) + j;
                    double sum = v[5][row];
                    for (int i = 0; i < Input; i++) sum += v[3][(row * Input) + i] * v[0][(((t * Batch) + b) * Input) + i];
                    for (int i = 0; i < Hidden; i++) sum += v[4][(row * Hidden) + i] * h[i];
                    return sum;
                }

                double[] newH = new double[Hidden], newC = new double[Hidden];
                for (int j = 0; j < Hidden; j++)
                {
                    double i = Logistic(Sum(0, j) + Peep(0, j, c[j])), f = coupled ? 1 - i : Logistic(Sum(1, j) + Peep(1, j, c[j]));
                    newC[j] = (f * c[j]) + (i * Math.Tanh(Sum(gates - 2, j)));
                    newH[j] = Logistic(Sum(gates - 1, j) + Peep(gates - 2, j, newC[j])) * Math.Tanh(newC[j]);
                    Assert.Equal(newH[j], fused[(((t * Batch) + b) * Hidden) + j], 1e-12);
                }

                (h, c) = (newH, newC);
            }
        }
    }

    [Fact]
    public void Rows_of_different_lengths_are_as_if_alone()
    {
        using Tape tape = new();
        Random random = new(3);
        foreach (bool reverse in (bool[])[false, true])
        {
            double[][] values = [.. Shapes(3, cells: false, biases: 2).Select(s => Values(random, s.Length))];
            Tensor[] operands = [.. Shapes(3, cells: false, biases: 2).Select((s, i) => tape.Input(s, values[i]))];
            tape.Begin();
            double[] together = Run(new GruSequence(Order(tape, 1, reverse, false, 0)), operands, 0).ToArray(), last = Run(new GruSequence(Order(tape, 1, reverse, false, 0)), operands, 1).ToArray();
            for (int b = 0; b < Batch; b++)
            {
                int length = Lengths[1][b];
                double[] x = [.. Enumerable.Range(0, length).SelectMany(t => values[0].Skip(((t * Batch) + b) * Input).Take(Input))];
                Tensor[] own = [tape.Input([length, 1, Input], x), tape.Input([1, Hidden], values[1].AsSpan(b * Hidden, Hidden)), .. operands[2..]];
                double[] alone = Run(new GruSequence(new SequenceOrder { Reverse = reverse }), own, 0).ToArray();
                for (int t = 0; t < Time; t++)
                {
                    for (int j = 0; j < Hidden; j++) Assert.Equal(t < length ? alone[(t * Hidden) + j] : 0, together[(((t * Batch) + b) * Hidden) + j], 1e-14);
                }

                int end = reverse ? 0 : length - 1;
                for (int j = 0; j < Hidden; j++) Assert.Equal(alone[(end * Hidden) + j], last[(b * Hidden) + j], 1e-14);
            }
        }
    }

    [Fact]
    public void Directions_side_by_side_and_dropout_over_time()
    {
        Gradients.Check(x => Tape.Record(default(JoinDirections), x[0], x[1]), [[2, 3, 4], [2, 3, 4]]);
        Gradients.Check(x => x[0].VariationalDropout(0.4).Square(), [[5, 2, 3]]);
        using Tape tape = new();
        Tensor ones = tape.Input([6, 40], [.. Enumerable.Repeat(1.0, 240)]);
        tape.Begin();
        double[] dropped = ones.VariationalDropout(0.5).ToArray();
        for (int t = 1; t < 6; t++) Assert.Equal(dropped[..40], dropped[(t * 40)..((t + 1) * 40)]);
        Assert.InRange(dropped[..40].Count(v => v == 0), 8, 32);
    }

    private static Shape[] Shapes(int gates, bool cells, int biases)
    {
        Shape state = [Batch, Hidden], bias = [gates * Hidden];
        return [[Time, Batch, Input], .. Enumerable.Repeat(state, cells ? 2 : 1), [gates * Hidden, Input], [gates * Hidden, Hidden], .. Enumerable.Repeat(bias, biases)];
    }

    private static double[] Values(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (random.NextDouble() * 2) - 1)];

    private static SequenceOrder Order(Tape tape, int lengths, bool reverse, bool resets, double dropout) => new()
    {
        Lengths = lengths < 0 ? null : tape.Indices([Batch], Lengths[lengths]),
        Resets = resets ? tape.Indices([Time, Batch], [0, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1]) : null,
        Reverse = reverse,
        RecurrentDropout = dropout,
    };

    private static Tensor Run<TOp>(TOp op, Tensor[] x, int output)
        where TOp : struct, Recording.IOp
    {
        Tensor[] results = new Tensor[TOp.OutputCount];
        Tape.Record(op, results, x);
        return results[output];
    }
}
