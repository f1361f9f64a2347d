using Inkling.Numerics;

namespace Inkling.Comparison;

/// <summary>How a graph keeps its large matrices: 32 bits, or bytes with a scale for each output and activations quantised at run time.</summary>
internal enum GraphWeights
{
    /// <summary>32 bits.</summary>
    Float,

    /// <summary>Signed bytes, ±127. Without VNNI instructions sums of two products overflow, and the result may be useless.</summary>
    Int8,

    /// <summary>Signed bytes, ±63 ("reduced range"), which ONNX Runtime advises for processors without VNNI.</summary>
    Int7,

    /// <summary>Unsigned bytes around 128.</summary>
    UInt8,
}

/// <summary>
/// One step of the <see cref="StreamModel"/> as an ONNX graph: <c>token, h, c → probabilities, h', c'</c>. In bytes it uses the operators
/// that ONNX Runtime's dynamic quantisation makes: <c>DynamicQuantizeLSTM</c> and <c>DynamicQuantizeMatMul</c>.
/// </summary>
internal sealed class StreamGraph
{
    private const string Microsoft = "com.microsoft";
    private const int V = StreamModel.Vocabulary, E = StreamModel.EmbeddingWidth, H = StreamModel.Hidden;

    private readonly OnnxModel _model = new();
    private readonly ParameterSet _parameters;
    private readonly GraphWeights _weights;

    private StreamGraph(ParameterSet parameters, GraphWeights weights) => (_parameters, _weights) = (parameters, weights);

    private bool IsSigned => _weights != GraphWeights.UInt8;

    /// <summary>Writes the graph with the model's weights.</summary>
    public static void Save(string path, ParameterSet parameters, GraphWeights weights)
    {
        var graph = new StreamGraph(parameters, weights);
        graph.Build();
        graph._model.Save(path);
    }

    private void Build()
    {
        _model.Input("token", [1], integers: true);
        _model.Input("h", [1, 1, H]);
        _model.Input("c", [1, 1, H]);
        _model.Constant("embedding", [V, E], Values("embedding.weight"));
        _model.Constant("sequence", [3], [1L, 1, E]);
        _model.Constant("vector", [2], [1L, H]);
        _model.Node("Gather", ["embedding", "token"], ["x"]);
        _model.Node("Reshape", ["x", "sequence"], ["xs"]);
        AddLstm();
        _model.Node("Reshape", ["h_next", "vector"], ["hidden"]);
        AddLinear("hidden", "projection.weight", Values("projection.bias"), H, E, "features");
        AddLinear("features", "embedding.weight", Values("output.bias"), E, V, "scores");
        _model.Node("Softmax", ["scores"], ["probabilities"], "", ("axis", -1));
        _model.Output("probabilities", [1, V]);
        _model.Output("h_next", [1, 1, H]);
        _model.Output("c_next", [1, 1, H]);
    }

    private void AddLstm()
    {
        float[] input = GateOrder(Values("lstm.weight_ih_l0"), E), hidden = GateOrder(Values("lstm.weight_hh_l0"), H);
        float[] bias = [.. GateOrder(Values("lstm.bias_l0"), 1), .. new float[4 * H]];
        _model.Constant("lstm_bias", [1, 8 * H], bias);
        if (_weights == GraphWeights.Float)
        {
            _model.Constant("w", [1, 4 * H, E], input);
            _model.Constant("r", [1, 4 * H, H], hidden);
            _model.Node("LSTM", ["xs", "w", "r", "lstm_bias", "", "h", "c"], ["", "h_next", "c_next"], "", ("hidden_size", H));
            return;
        }

        AddBytes("w", input, 4 * H, E, direction: true);
        AddBytes("r", hidden, 4 * H, H, direction: true);
        _model.Node(
            "DynamicQuantizeLSTM", ["xs", "w", "r", "lstm_bias", "", "h", "c", "", "w_scale", "w_zero", "r_scale", "r_zero"], ["", "h_next", "c_next"],
            Microsoft, ("hidden_size", H));
    }

    /// <summary><c>y = W x + b</c> with W of outputs × inputs.</summary>
    private void AddLinear(string x, string weight, float[] bias, int inputs, int outputs, string y)
    {
        _model.Constant(y + "_bias", [outputs], bias);
        if (_weights == GraphWeights.Float)
        {
            if (weight != "embedding.weight")
                _model.Constant(y + "_w", [outputs, inputs], Values(weight));
            _model.Node("Gemm", [x, weight == "embedding.weight" ? "embedding" : y + "_w", y + "_bias"], [y], "", ("transB", 1));
            return;
        }

        AddBytes(y + "_w", Values(weight), outputs, inputs, direction: false);
        _model.Node("DynamicQuantizeMatMul", [x, y + "_w", y + "_w_scale", y + "_w_zero", y + "_bias"], [y], Microsoft);
    }

    /// <summary>A matrix of outputs × inputs as bytes, transposed as these operators want it, with a scale for each output.</summary>
    private void AddBytes(string name, float[] values, int outputs, int inputs, bool direction)
    {
        float limit = _weights == GraphWeights.Int7 ? 63 : 127;
        float[] steps = new float[outputs];
        sbyte[] transposed = new sbyte[values.Length];
        for (int i = 0; i < outputs; i++)
        {
            ReadOnlySpan<float> row = values.AsSpan(i * inputs, inputs);
            steps[i] = Reduce.MaxMagnitude(row) / limit;
            for (int j = 0; j < inputs; j++)
                transposed[(j * outputs) + i] = (sbyte)MathF.Round(row[j] / steps[i]);
        }

        int[] shape = direction ? [1, inputs, outputs] : [inputs, outputs], scales = direction ? [1, outputs] : [outputs];
        _model.Constant(name + "_scale", scales, steps);
        if (IsSigned)
        {
            _model.Constant(name, shape, transposed);
            _model.Constant(name + "_zero", scales, new sbyte[outputs]);
        }
        else
        {
            _model.Constant(name, shape, [.. transposed.Select(value => (byte)(value + 128))]);
            _model.Constant(name + "_zero", scales, [.. Enumerable.Repeat((byte)128, outputs)]);
        }
    }

    private float[] Values(string name) => _parameters[name].Values.ToArray();

    /// <summary>From our order of gates, i f g o, to ONNX's, i o f g.</summary>
    private static float[] GateOrder(float[] values, int columns)
    {
        int block = H * columns;
        return [.. values[..block], .. values[(3 * block)..], .. values[block..(3 * block)]];
    }
}
