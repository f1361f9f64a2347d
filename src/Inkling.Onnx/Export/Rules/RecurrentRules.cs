namespace Inkling.Onnx.Export.Rules;

/// <summary>
/// Recurrent layers as the operators of ONNX, one for each layer and direction. Weights are laid out as ONNX wants them: gates in its order, both biases behind each other, an axis
/// for the direction in front.
/// </summary>
internal static class RecurrentRules
{
    private const int Int32 = 6;
    private const int X = 0, H0 = 1;

    /// <summary>Ours i, f, g, o; ONNX i, o, f, c. Coupled gates i, g, o have no forget gate; as <c>1 − σ(z) = σ(−z)</c>, its weights are those of the input gate with the sign changed.</summary>
    public static void Lstm(ExportCall call)
    {
        const int C0 = 2, Wx = 3, Wh = 4, Bias = 5, Peephole = 6;
        LstmSequence op = call.Operation<LstmSequence>();
        int[] gates = op.IsCoupled ? [0, 2, ~0, 1] : [0, 3, 1, 2], peepholes = op.IsCoupled ? [0, 1, ~0] : [0, 2, 1];
        Cell cell = Cell.Of<LstmSequence>(call, one => one.Order, Wh);
        string[] inputs =
        [
            call.Input(X), cell.Matrix(Wx, gates), cell.Matrix(Wh, gates), cell.Biases(Bias, gates, -1, []), cell.Lengths, cell.State(H0), cell.State(C0),
            call.InputCount > Peephole ? cell.Vector(Peephole, peepholes) : "",
        ];
        cell.Write("LSTM", inputs, results: 3);
    }

    /// <summary>Ours r, z, n; ONNX z, r, h.</summary>
    public static void Gru(ExportCall call)
    {
        const int Wx = 2, Wh = 3, InputBias = 4, RecurrentBias = 5;
        int[] gates = [1, 0, 2];
        Cell cell = Cell.Of<GruSequence>(call, one => one.Order, Wh);
        string[] inputs = [call.Input(X), cell.Matrix(Wx, gates), cell.Matrix(Wh, gates), cell.Biases(InputBias, gates, RecurrentBias, gates), cell.Lengths, cell.State(H0)];
        cell.Write("GRU", inputs, results: 2, ("linear_before_reset", 1));
    }

    public static void Rnn(ExportCall call)
    {
        const int Wx = 2, Wh = 3, Bias = 4;
        Cell cell = Cell.Of<RnnSequence>(call, one => one.Order, Wh);
        string[] inputs = [call.Input(X), cell.Matrix(Wx, [0]), cell.Matrix(Wh, [0]), cell.Biases(Bias, [0], -1, []), cell.Lengths, cell.State(H0)];
        cell.Write("RNN", inputs, results: 2, ("activations", (string[])[call.Operation<RnnSequence>().Nonlinearity.ToString()]));
    }

    /// <summary>What the three have in common.</summary>
    private readonly record struct Cell(ExportCall Call, SequenceOrder Order, int Hidden, string Lengths)
    {
        public static Cell Of<TOp>(ExportCall call, Func<TOp, SequenceOrder> orderOf, int recurrentWeight)
        {
            SequenceOrder order = orderOf(call.Operation<TOp>());
            if (order.Resets is not null)
                throw new OnnxUnsupportedException("resets within a sequence have no form in ONNX; leave them out, and let sequences begin with given states");
            string? lengths = call.Indices<TOp>(op => orderOf(op).Lengths);
            string lengths32 = lengths is null ? "" : call.Graph.Shared((nameof(Lengths), lengths), () => call.Node("Cast", [lengths], ("to", Int32)));
            return new Cell(call, order, call.Shape(recurrentWeight)[1].Constant, lengths32);
        }

        /// <summary>[gates · H, width] → [1, gates · H, width].</summary>
        public string Matrix(int input, int[] gates)
        {
            float[] values = Ordered(input, gates, Call.Shape(input)[1].Constant);
            return Call.Graph.Initializer(Call.ConstantName(input, "weight"), [1, gates.Length * Hidden, Call.Shape(input)[1].Constant], values);
        }

        /// <summary>[gates · H] → [1, gates · H].</summary>
        public string Vector(int input, int[] gates) => Call.Graph.Initializer(Call.ConstantName(input, "vector"), [1, gates.Length * Hidden], Ordered(input, gates, 1));

        /// <summary>The biases of the inputs and of the states behind each other; zeros where there are none of the states.</summary>
        public string Biases(int input, int[] gates, int recurrent, int[] recurrentGates)
        {
            float[] second = recurrent < 0 ? new float[gates.Length * Hidden] : Ordered(recurrent, recurrentGates, 1);
            return Call.Graph.Initializer(Call.ConstantName(input, "bias"), [1, 2 * gates.Length * Hidden], [.. Ordered(input, gates, 1), .. second]);
        }

        /// <summary>[B, H] → [1, B, H]; zeros are left out.</summary>
        public string State(int input) => Call.IsZero(input) ? "" : Call.Node("Unsqueeze", [Call.Input(input), Call.Graph.Integers(0)]);

        public void Write(string type, string[] inputs, int results, params ReadOnlySpan<(string Name, object Value)> attributes)
        {
            string[] outputs = new string[results];
            for (int i = 0; i < results; i++)
                outputs[i] = Call.IsUsed(i) ? Call.Graph.Unique($"{Call.Graph.Prefix}.{(i == 0 ? "Y" : i == 1 ? "Y_h" : "Y_c")}") : "";
            Call.Graph.NodeNamed(type, inputs, outputs, [("hidden_size", Hidden), ("direction", Order.Reverse ? "reverse" : "forward"), .. attributes]);
            for (int i = 0; i < results; i++)
            {
                if (outputs[i].Length > 0)
                    Call.ResultOf(i, "Squeeze", [outputs[i], Call.Graph.Integers(i == 0 ? 1 : 0)]);
            }
        }

        /// <summary>Blocks of H rows in another order; the complement of a number is that block with the sign changed.</summary>
        private float[] Ordered(int input, int[] gates, int width)
        {
            float[] from = Call.Constant(input, "a weight"), to = new float[gates.Length * Hidden * width];
            int block = Hidden * width;
            for (int g = 0; g < gates.Length; g++)
            {
                bool negative = gates[g] < 0;
                ReadOnlySpan<float> source = from.AsSpan((negative ? ~gates[g] : gates[g]) * block, block);
                for (int i = 0; i < block; i++)
                    to[(g * block) + i] = negative ? -source[i] : source[i];
            }

            return to;
        }
    }
}
