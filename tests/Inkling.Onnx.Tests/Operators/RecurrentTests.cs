using CsCheck;

namespace Inkling.Onnx.Tests.Operators;

/// <summary>RNN, GRU and LSTM against a cell written unit by unit, in both directions, with lengths, biases, peepholes and bounds.</summary>
public sealed class RecurrentTests
{
    private static readonly Gen<Setup> s_setup = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, 255], Gen.Const(0))
        .Select((steps, batch, inputs, units, options, _) => new Setup(steps, batch, inputs, units, options));

    [Theory]
    [InlineData("RNN", 1)]
    [InlineData("GRU", 3)]
    [InlineData("LSTM", 4)]
    public void A_recurrent_operator_does_what_its_equations_say(string operation, int gates) => s_setup.Sample(setup =>
    {
        (OnnxValue?[] operands, (string, object)[] attributes) = setup.Operands(operation, gates);
        OnnxValue[] results = Op.All(operation, operands, operation == "LSTM" ? 3 : 2, 22, attributes);
        (float[] all, float[] last) = new Reference(setup, operation, gates, operands).Run();

        Assert.Equal([setup.Steps, setup.Directions, setup.Batch, setup.Units], results[0].Shape);
        Close(all, results[0]);
        Close(last, results[1]);
    }, iter: 150);

    [Theory]
    [InlineData("RNN", 1)]
    [InlineData("GRU", 3)]
    [InlineData("LSTM", 4)]
    public void The_batch_may_come_first(string operation, int gates)
    {
        var setup = new Setup(3, 2, 2, 3, 0b101);
        (OnnxValue?[] operands, (string, object)[] attributes) = setup.Operands(operation, gates);
        OnnxValue timeFirst = Op.All(operation, operands, 2, 22, attributes)[0];
        operands[0] = operands[0]!.Transpose(1, 0, 2);
        operands[5] = operands[5]?.Transpose(1, 0, 2);
        OnnxValue[] batchFirst = Op.All(operation, operands, 2, 22, [.. attributes, ("layout", 1)]);

        Assert.Equal([2, 3, 1, 3], batchFirst[0].Shape);
        Assert.Equal([2, 1, 3], batchFirst[1].Shape);
        Assert.Equal(timeFirst.Values<float>(), batchFirst[0].Transpose(1, 2, 0, 3).Values<float>());
    }

    [Theory]
    [InlineData("Relu", 0.5f, 0.5f)]
    [InlineData("LeakyRelu", -0.5f, -0.15f)]
    [InlineData("ThresholdedRelu", 0.5f, 0.5f)]
    [InlineData("Affine", 0.5f, 0.35f)]
    [InlineData("ScaledTanh", 0.5f, 0.02990040f)]
    [InlineData("HardSigmoid", 0.5f, 0.35f)]
    [InlineData("Elu", -0.5f, -0.11804080f)]
    [InlineData("Softsign", 0.5f, 0.33333333f)]
    [InlineData("Softplus", 0.5f, 0.97407698f)]
    [InlineData("Sigmoid", 0.5f, 0.62245933f)]
    public void Activations_go_by_name_with_their_parameters(string activation, float x, float expected)
    {
        OnnxValue y = Op.All("RNN", [Op.Floats([1, 1, 1], x), Op.Floats([1, 1, 1], 1), Op.Floats([1, 1, 1], 0)], 1, 22,
            ("activations", new[] { activation }), ("activation_alpha", new[] { 0.3f }), ("activation_beta", new[] { 0.2f }))[0];

        Assert.Equal(expected, y.Values<float>()[0], 1e-6f);
    }

    [Fact]
    public void Operands_that_do_not_fit_are_told()
    {
        OnnxValue x = Op.Random(new Random(1), 2, 1, 3);

        Assert.Contains("input 1 must be [1, 8, 3]", Assert.Throws<OnnxException>(() => Op.Run("LSTM", [x, Op.Random(new Random(1), 1, 8, 4), Op.Random(new Random(1), 1, 8, 2)])).Message, StringComparison.Ordinal);
        Assert.Contains("1 lengths of 2 at most", Assert.Throws<OnnxException>(() => Op.Run("RNN", [x, Op.Random(new Random(1), 1, 2, 3), Op.Random(new Random(1), 1, 2, 2), null, OnnxValue.Create([1], new[] { 3 })])).Message, StringComparison.Ordinal);
        Assert.Contains("'sideways'", Assert.Throws<OnnxException>(() => Op.Run("GRU", [x, x, x], ("direction", "sideways"))).Message, StringComparison.Ordinal);
    }

    private static void Close(float[] expected, OnnxValue actual)
    {
        float[] values = actual.Values<float>().ToArray();
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], values[i], 1e-4f);
    }

    private sealed record Setup(int Steps, int Batch, int Inputs, int Units, int Options)
    {
        public string Direction => (Options & 3) switch { 0 => "forward", 1 => "forward", 2 => "reverse", _ => "bidirectional" };

        public int Directions => Direction == "bidirectional" ? 2 : 1;

        public bool Has(int option) => (Options >> option & 1) == 1;

        public (OnnxValue?[] Operands, (string, object)[] Attributes) Operands(string operation, int gates)
        {
            var random = new Random(Options);
            List<OnnxValue?> operands =
            [
                Op.Random(random, Steps, Batch, Inputs), Op.Random(random, Directions, gates * Units, Inputs), Op.Random(random, Directions, gates * Units, Units),
                Has(2) ? Op.Random(random, Directions, 2 * gates * Units) : null,
                Has(3) ? OnnxValue.Create([Batch], [.. Enumerable.Range(0, Batch).Select(_ => random.Next(1, Steps + 1))]) : null,
                Has(4) ? Op.Random(random, Directions, Batch, Units) : null,
            ];
            List<(string, object)> attributes = [("hidden_size", Units), ("direction", Direction)];
            if (Has(5))
                attributes.Add(("clip", 0.7f));
            if (operation == "LSTM")
                operands.AddRange([Has(4) ? Op.Random(random, Directions, Batch, Units) : null, Has(6) ? Op.Random(random, Directions, 3 * Units) : null]);
            if (Has(7) && operation != "RNN")
                attributes.Add((operation == "LSTM" ? "input_forget" : "linear_before_reset", 1));
            return ([.. operands], [.. attributes]);
        }
    }

    /// <summary>One unit of one sequence at a time.</summary>
    private sealed class Reference(Setup setup, string operation, int gates, OnnxValue?[] operands)
    {
        private readonly int _units = setup.Units;

        public (float[] All, float[] Last) Run()
        {
            float[] all = new float[setup.Steps * setup.Directions * setup.Batch * _units], last = new float[setup.Directions * setup.Batch * _units];
            for (int direction = 0; direction < setup.Directions; direction++)
            {
                for (int b = 0; b < setup.Batch; b++)
                {
                    float[] h = Row(5, ((direction * setup.Batch) + b) * _units, _units), c = Row(6, ((direction * setup.Batch) + b) * _units, _units);
                    int length = operands[4] is null ? setup.Steps : operands[4]!.Values<int>()[b];
                    for (int i = 0; i < length; i++)
                    {
                        int t = direction == 1 || setup.Direction == "reverse" ? length - 1 - i : i;
                        (h, c) = Step(direction, Row(0, ((t * setup.Batch) + b) * setup.Inputs, setup.Inputs), h, c);
                        h.CopyTo(all, ((((t * setup.Directions) + direction) * setup.Batch) + b) * _units);
                    }

                    h.CopyTo(last, ((direction * setup.Batch) + b) * _units);
                }
            }

            return (all, last);
        }

        private (float[] H, float[] C) Step(int direction, float[] x, float[] h, float[] c)
        {
            float[] nextH = new float[_units], nextC = new float[_units];
            for (int j = 0; j < _units; j++)
            {
                if (operation == "RNN")
                {
                    nextH[j] = MathF.Tanh(Bound(Input(direction, 0, j, x) + Hidden(direction, 0, j, h)));
                }
                else if (operation == "GRU")
                {
                    float z = Gate(direction, 0, j, x, h);
                    float[] r = [.. Enumerable.Range(0, _units).Select(k => Gate(direction, 1, k, x, h))];
                    float recurrent = setup.Has(7) ? r[j] * Hidden(direction, 2, j, h) : Hidden(direction, 2, j, [.. h.Zip(r, (a, b) => a * b)]);
                    nextH[j] = ((1 - z) * MathF.Tanh(Bound(Input(direction, 2, j, x) + recurrent))) + (z * h[j]);
                }
                else
                {
                    float i = Sigmoid(Bound(Input(direction, 0, j, x) + Hidden(direction, 0, j, h) + (Peephole(direction, 0, j) * c[j])));
                    float f = setup.Has(7) ? 1 - i : Sigmoid(Bound(Input(direction, 2, j, x) + Hidden(direction, 2, j, h) + (Peephole(direction, 2, j) * c[j])));
                    nextC[j] = (f * c[j]) + (i * MathF.Tanh(Bound(Input(direction, 3, j, x) + Hidden(direction, 3, j, h))));
                    nextH[j] = Sigmoid(Bound(Input(direction, 1, j, x) + Hidden(direction, 1, j, h) + (Peephole(direction, 1, j) * nextC[j]))) * MathF.Tanh(nextC[j]);
                }
            }

            return (nextH, nextC);
        }

        private float Gate(int direction, int gate, int j, float[] x, float[] h) => Sigmoid(Bound(Input(direction, gate, j, x) + Hidden(direction, gate, j, h)));

        private float Input(int direction, int gate, int j, float[] x) =>
            Bias(direction, gate, j) + Dot(Row(1, ((direction * gates * _units) + (gate * _units) + j) * setup.Inputs, setup.Inputs), x);

        private float Hidden(int direction, int gate, int j, float[] h) =>
            Bias(direction, gates + gate, j) + Dot(Row(2, ((direction * gates * _units) + (gate * _units) + j) * _units, _units), h);

        private float Bias(int direction, int row, int j) => Row(3, (direction * 2 * gates * _units) + (row * _units) + j, 1)[0];

        private float Peephole(int direction, int row, int j) => Row(7, (direction * 3 * _units) + (row * _units) + j, 1)[0];

        private float[] Row(int operand, int start, int length) =>
            operand < operands.Length && operands[operand] is { } value ? value.Values<float>().Slice(start, length).ToArray() : new float[length];

        private float Bound(float x) => setup.Has(5) ? Math.Clamp(x, -0.7f, 0.7f) : x;

        private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

        private static float Dot(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();
    }
}
