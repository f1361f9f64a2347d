using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>What a trace shows is what the cells did.</summary>
public sealed class RecurrentTraceTests
{
    private const int Steps = 9, Input = 3, Hidden = 5;

    private static readonly float[] s_x = [.. Enumerable.Range(0, Steps * Input).Select(i => MathF.Sin(1.7f * i))];

    public static TheoryData<string> Kinds => ["lstm", "separate", "coupled", "peephole", "both", "gru", "tanh", "relu"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Hidden_states_are_those_of_the_layer(string kind)
    {
        foreach (bool bidirectional in (bool[])[false, true])
        {
            RecurrentLayer layer = Make(kind, layers: 2, bidirectional);
            RecurrentTrace trace = layer.Trace(s_x);
            using Tape tape = new();
            tape.Begin();
            Tensor x = tape.Constant([Steps, 1, Input], s_x);
            float[] output = ((ILayer)layer).Forward(x).ToArray();
            int directions = bidirectional ? 2 : 1;
            Assert.Equal((Steps, 2 * directions, Hidden), (trace.Steps, trace.States, trace.Width));
            for (int t = 0; t < Steps; t++)
            {
                for (int d = 0; d < directions; d++) Same(output.AsSpan(((t * directions) + d) * Hidden, Hidden), trace.Hidden(directions + d, t));
            }
        }
    }

    [Fact]
    public void Gates_of_an_LSTM_are_those_of_a_step_written_out()
    {
        Lstm lstm = (Lstm)Make("lstm", layers: 1, bidirectional: false);
        RecurrentTrace trace = lstm.Trace(s_x);
        Assert.Equal(["input", "forget", "candidate", "output"], trace.GateNames);
        float[] wx = lstm.Parameters["weight_ih_l0"].Values.ToArray(), wh = lstm.Parameters["weight_hh_l0"].Values.ToArray(), bias = lstm.Parameters["bias_l0"].Values.ToArray();
        double[] h = new double[Hidden], c = new double[Hidden];
        for (int t = 0; t < Steps; t++)
        {
            double[] sums = [.. Enumerable.Range(0, 4 * Hidden).Select(row => Sum(wx, wh, bias, row, t, h))];
            for (int u = 0; u < Hidden; u++)
            {
                double i = Logistic(sums[u]), f = Logistic(sums[Hidden + u]), g = Math.Tanh(sums[(2 * Hidden) + u]), o = Logistic(sums[(3 * Hidden) + u]);
                c[u] = (f * c[u]) + (i * g);
                h[u] = o * Math.Tanh(c[u]);
                Assert.Equal(i, trace.Gate(0, 0, t)[u], 1e-6);
                Assert.Equal(f, trace.Gate(0, 1, t)[u], 1e-6);
                Assert.Equal(g, trace.Gate(0, 2, t)[u], 1e-6);
                Assert.Equal(o, trace.Gate(0, 3, t)[u], 1e-6);
                Assert.Equal(c[u], trace.Cell(0, t)[u], 1e-6);
                Assert.Equal(h[u], trace.Hidden(0, t)[u], 1e-6);
            }
        }
    }

    [Fact]
    public void Gates_of_a_GRU_are_those_of_a_step_written_out()
    {
        Gru gru = (Gru)Make("gru", layers: 1, bidirectional: false);
        RecurrentTrace trace = gru.Trace(s_x);
        Assert.Equal(["reset", "update", "candidate"], trace.GateNames);
        Assert.False(trace.HasCells);
        Assert.True(trace.Cell(0, 0).IsEmpty);
        float[] wx = gru.Parameters["weight_ih_l0"].Values.ToArray(), wh = gru.Parameters["weight_hh_l0"].Values.ToArray();
        float[] bx = gru.Parameters["bias_ih_l0"].Values.ToArray(), bh = gru.Parameters["bias_hh_l0"].Values.ToArray();
        double[] h = new double[Hidden];
        for (int t = 0; t < Steps; t++)
        {
            double[] before = [.. h], nothing = new double[Hidden];
            for (int u = 0; u < Hidden; u++)
            {
                double r = Logistic(Sum(wx, wh, bx, u, t, before) + bh[u]), z = Logistic(Sum(wx, wh, bx, Hidden + u, t, before) + bh[Hidden + u]);
                int row = (2 * Hidden) + u;
                double fromInput = Sum(wx, wh, bx, row, t, nothing), recurrent = Sum(wx, wh, bx, row, t, before) - fromInput + bh[row];
                double n = Math.Tanh(fromInput + (r * recurrent));
                h[u] = ((1 - z) * n) + (z * before[u]);
                Assert.Equal(r, trace.Gate(0, 0, t)[u], 1e-6);
                Assert.Equal(z, trace.Gate(0, 1, t)[u], 1e-6);
                Assert.Equal(n, trace.Gate(0, 2, t)[u], 1e-6);
                Assert.Equal(h[u], trace.Hidden(0, t)[u], 1e-6);
            }
        }
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Lstm lstm = new Lstm(Input, Hidden).Build(seed: 1);
        Assert.Contains("7 numbers are no rows of 3", Assert.Throws<ArgumentException>(() => lstm.Trace(new float[7])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => lstm.Trace([]));
        RecurrentTrace trace = lstm.Trace(s_x);
        Assert.Throws<ArgumentOutOfRangeException>(() => trace.Hidden(1, 0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => trace.Hidden(0, Steps).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => trace.Gate(0, 4, 0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => trace.Gate(0, -1, 0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gru(Input, Hidden).Build(seed: 1).Trace(s_x).Cell(0, -1).Length);
    }

    private static double Sum(float[] wx, float[] wh, float[] bias, int row, int t, double[] h)
    {
        double sum = bias[row];
        for (int i = 0; i < Input; i++) sum += (double)wx[(row * Input) + i] * s_x[(t * Input) + i];
        for (int i = 0; i < Hidden; i++) sum += wh[(row * Hidden) + i] * h[i];
        return sum;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-6f);
    }

    private static RecurrentLayer Make(string kind, int layers, bool bidirectional)
    {
        LstmOptions lstm = new() { Layers = layers, Bidirectional = bidirectional, Dropout = 0 };
        RecurrentLayer layer = kind switch
        {
            "lstm" => new Lstm(Input, Hidden, lstm),
            "separate" => new Lstm(Input, Hidden, lstm with { SeparateBiases = true }),
            "coupled" => new Lstm(Input, Hidden, lstm with { Coupled = true }),
            "peephole" => new Lstm(Input, Hidden, lstm with { Peephole = true }),
            "both" => new Lstm(Input, Hidden, lstm with { Coupled = true, Peephole = true }),
            "gru" => new Gru(Input, Hidden, new RecurrentOptions { Layers = layers, Bidirectional = bidirectional }),
            _ => new Rnn(Input, Hidden, new RnnOptions { Layers = layers, Bidirectional = bidirectional, Nonlinearity = kind == "tanh" ? RnnNonlinearity.Tanh : RnnNonlinearity.Relu }),
        };
        layer.Build(seed: 7);
        // Biases and peepholes that begin at 0 would hide a mistake.
        int place = 0;
        foreach (Parameter parameter in layer.Parameters)
        {
            foreach (ref float value in parameter.Values) value += 0.1f * MathF.Cos(place++);
        }

        return layer;
    }
}
