using Inkling.Nn;

namespace Inkling.Onnx.Tests.Export;

/// <summary>Every layer of the library with its options.</summary>
internal static class LayerCases
{
    private static readonly OnnxInput s_sequence = OnnxInput.Numbers("x", "time", "batch", 6), s_lengths = OnnxInput.Lengths("lengths", "batch");

    public static IEnumerable<ExportCase> All => Simple().Concat(Convolutions()).Concat(Normalizations()).Concat(Recurrent()).Concat(Attention()).Concat(Containers())
        .Select(one => one.Sizes.Count > 0 ? one : one.With(Usual(one, 1, 1)).With(Usual(one, 3, 6)));

    private static (string, int)[] Usual(ExportCase one, int batch, int other) =>
        [.. one.Inputs.SelectMany(input => input.Shape).Where(size => size.Size is null).Select(size => size.Name).Distinct().Select(name => (name, name == "batch" ? batch : other))];

    private static IEnumerable<ExportCase> Simple()
    {
        yield return ExportCase.Of("rows", () => new Linear(6, 5), "batch", 6);
        yield return ExportCase.Of("no bias", () => new Linear(6, 5, bias: false), "batch", 6);
        yield return ExportCase.Of("sequence", () => new Linear(6, 5), "time", "batch", 6);
        yield return ExportCase.Of("sequence, no bias", () => new Linear(6, 5, bias: false), "time", "batch", 6);
        yield return ExportCase.Of("vector", () => new Linear(6, 5), 6);
        yield return ExportCase.Of("logit", () => new LogisticRegression(4), "batch", 4);
        yield return ExportCase.Of("any shape", () => new Dropout(0.5), "batch", 4);
        yield return ExportCase.Of("channels", () => new SpatialDropout(0.5), "batch", 4, 3, 3);
        yield return ExportCase.Of("tokens", () => new Embedding(9, 5), (layer, run) => run.Output("y", layer.Forward(run.Integers("tokens"))), OnnxInput.Integers("tokens", "time", "batch")).Range("tokens", 0, 8);
        yield return ExportCase.Of("padding", () => new Embedding(9, 5, padding: 0), (layer, run) => run.Output("y", layer.Forward(run.Integers("tokens"))), OnnxInput.Integers("tokens", "batch")).Range("tokens", 0, 8);
        yield return ExportCase.Of("maps", () => new Flatten(), "batch", 3, 4, 2);
        yield return ExportCase.Of("maps of any size", () => new Flatten(), "batch", 3, "height", 2);
        yield return ExportCase.Of("one slope", () => new ParametricRelu(), "batch", 4);
        yield return ExportCase.Of("a slope a channel", () => new ParametricRelu(3), "batch", 3, 4, 2);
        yield return ExportCase.Of("a slope a column", () => new ParametricRelu(3), "batch", 3);
        yield return ExportCase.Of("mean slope", () => new RandomizedLeakyRelu(), "batch", 4);
        yield return ExportCase.Of("plain", () => new Activation<Tanh>(), "batch", 4);
        yield return ExportCase.Of("steep", () => new ParametricActivation<LeakyRelu>(new LeakyRelu(0.3f)), "batch", 4);
        foreach (bool bias in (bool[])[true, false])
        {
            yield return ExportCase.Of($"divisor 2, bias {bias}", () => new AdaptiveSoftmax(new AdaptiveClusters(new ClassOrder([4, 2, 0, 1, 3, 6, 5]), 8, [2, 4], 2, bias)),
                (layer, run) => run.Output("y", layer.LogProbabilities(run.Numbers("x"))), OnnxInput.Numbers("x", "time", "batch", 8));
        }

        yield return ExportCase.Of("no clusters", () => new AdaptiveSoftmax(new AdaptiveClusters(new ClassOrder([1, 2, 0]), 8, [])), (layer, run) => run.Output("y", layer.LogProbabilities(run.Numbers("x"))), OnnxInput.Numbers("x", "batch", 8));
    }

    private static IEnumerable<ExportCase> Convolutions()
    {
        yield return ExportCase.Of("plain", () => new Conv1D(4, 6, 3), "batch", 4, 9);
        yield return ExportCase.Of("all options", () => new Conv1D(4, 6, 3, stride: 2, padding: 2, dilation: 2, groups: 2, bias: false), "batch", 4, 9);
        yield return ExportCase.Of("any length", () => new Conv1D(4, 6, 3, padding: 1), "batch", 4, "length");
        yield return ExportCase.Of("plain", () => new Conv2D(3, 5, 3), "batch", 3, 8, 7);
        yield return ExportCase.Of("all options", () => new Conv2D(4, 6, (3, 2), stride: (2, 1), padding: (1, 2), dilation: (1, 2), groups: 2, bias: false), "batch", 4, 8, 7);
        yield return ExportCase.Of("any image", () => new Conv2D(3, 5, 3, stride: 2), "batch", 3, "height", "width").Tracing(("height", 8), ("width", 8)).With(("batch", 2), ("height", 11), ("width", 6));
        yield return ExportCase.Of("plain", () => new ConvTranspose1D(4, 6, 3), "batch", 4, 5);
        yield return ExportCase.Of("all options", () => new ConvTranspose1D(4, 6, 3, stride: 2, padding: 1, dilation: 2, groups: 2, extra: 1, bias: false), "batch", 4, 5);
        yield return ExportCase.Of("plain", () => new ConvTranspose2D(3, 5, 3), "batch", 3, 5, 4);
        yield return ExportCase.Of("all options", () => new ConvTranspose2D(4, 6, (3, 2), stride: (2, 3), padding: (1, 0), dilation: (1, 2), groups: 2, extra: (1, 0)), "batch", 4, 5, 4);
        yield return ExportCase.Of("plain", () => new MaxPool1D(2), "batch", 3, 9);
        yield return ExportCase.Of("all options", () => new MaxPool1D(3, stride: 2, padding: 1, dilation: 2), "batch", 3, 9);
        yield return ExportCase.Of("plain", () => new MaxPool2D(2), "batch", 3, 8, 7);
        yield return ExportCase.Of("all options", () => new MaxPool2D((3, 2), stride: (2, 1), padding: (1, 1), dilation: (2, 1)), "batch", 3, 8, 7);
        yield return ExportCase.Of("padding counts", () => new AveragePool1D(3, stride: 2, padding: 1), "batch", 3, 9);
        yield return ExportCase.Of("padding does not count", () => new AveragePool1D(3, stride: 2, padding: 1, countPadding: false), "batch", 3, 9);
        yield return ExportCase.Of("padding counts", () => new AveragePool2D((3, 2), stride: 2, padding: (1, 1)), "batch", 3, 8, 7);
        yield return ExportCase.Of("padding does not count", () => new AveragePool2D((3, 2), stride: 2, padding: (1, 1), countPadding: false), "batch", 3, 8, 7);
        foreach (Extent size in (Extent[])[1, (2, 4), (3, 5), (8, 1)])
        {
            yield return ExportCase.Of($"to {size}", () => new AdaptiveAveragePool(size), "batch", 3, 8, 12);
            yield return ExportCase.Of($"to {size}", () => new AdaptiveMaxPool(size), "batch", 3, 8, 12);
        }

        yield return ExportCase.Of("one dimension", () => new AdaptiveAveragePool(4), "batch", 3, 9);
        yield return ExportCase.Of("one dimension", () => new AdaptiveMaxPool(4), "batch", 3, 9);
        yield return ExportCase.Of("any image", () => new AdaptiveMaxPool(1), "batch", 3, "height", 5);
        yield return ExportCase.Of("any image", () => new GlobalAveragePool(), "batch", 3, "height", 5);
    }

    private static IEnumerable<ExportCase> Normalizations()
    {
        yield return ExportCase.Of("rows", () => new BatchNorm1D(4), "batch", 4);
        yield return ExportCase.Of("sequences", () => new BatchNorm1D(4, epsilon: 1e-2), "batch", 4, 5);
        yield return ExportCase.Of("images", () => new BatchNorm2D(4), "batch", 4, 5, 3);
        yield return ExportCase.Of("frozen", () => new BatchNorm2D(4) { Frozen = true }, "batch", 4, 5, 3);
        yield return ExportCase.Of("images", () => new GroupNorm(2, 4), "batch", 4, 5, 3);
        yield return ExportCase.Of("images of any height", () => new GroupNorm(2, 4), "batch", 4, "height", 3);
        yield return ExportCase.Of("rows", () => new GroupNorm(2, 6), "batch", 6);
        yield return ExportCase.Of("images", () => new InstanceNorm(4, epsilon: 1e-3), "batch", 4, 5, 3);
        yield return ExportCase.Of("lengths", () => new InstanceNorm(4), "batch", 4, 7);
        yield return ExportCase.Of("sequence", () => new LayerNorm(6, epsilon: 1e-3), "time", "batch", 6);
        yield return ExportCase.Of("sequence", () => new RmsNorm(6), "time", "batch", 6);
    }

    private static IEnumerable<ExportCase> Recurrent()
    {
        foreach (RecurrentOptions options in (RecurrentOptions[])[new(), new() { Layers = 2, Bidirectional = true, Dropout = 0.3, RecurrentDropout = 0.2 }, new() { Layers = 2, VariationalDropout = true, Dropout = 0.2 }])
        {
            string what = $"{options.Layers} layers{(options.Bidirectional ? ", bidirectional" : "")}";
            RnnOptions rnn = new() { Layers = options.Layers, Bidirectional = options.Bidirectional, Nonlinearity = options.Layers == 1 ? RnnNonlinearity.Relu : RnnNonlinearity.Tanh };
            yield return ExportCase.Of(what, () => new Gru(6, 5, options), (layer, run) => Write(run, layer.Forward(run.Numbers("x"))), s_sequence);
            yield return ExportCase.Of($"{what}, lengths", () => new Gru(6, 5, options), (layer, run) => Write(run, layer.Forward(run.Numbers("x"), lengths: run.Integers("lengths"))), s_sequence, s_lengths).Range("lengths", 1, "time");
            yield return ExportCase.Of(what, () => new Rnn(6, 5, rnn), (layer, run) => Write(run, layer.Forward(run.Numbers("x"))), s_sequence);
            yield return ExportCase.Of($"{what}, lengths", () => new Rnn(6, 5, rnn), (layer, run) => Write(run, layer.Forward(run.Numbers("x"), lengths: run.Integers("lengths"))), s_sequence, s_lengths).Range("lengths", 1, "time");
        }

        foreach (bool bidirectional in (bool[])[false, true])
        {
            foreach (bool peephole in (bool[])[false, true])
            {
                foreach (bool coupled in (bool[])[false, true])
                {
                    LstmOptions options = new() { Layers = 2, Bidirectional = bidirectional, Peephole = peephole, Coupled = coupled, SeparateBiases = peephole };
                    string what = $"{(bidirectional ? "bidirectional, " : "")}{(peephole ? "peephole, two biases, " : "")}{(coupled ? "coupled, " : "")}lengths";
                    yield return ExportCase.Of(what, () => new Lstm(6, 5, options), (layer, run) => Write(run, layer.Forward(run.Numbers("x"), lengths: run.Integers("lengths"))), s_sequence, s_lengths).Range("lengths", 1, "time");
                }
            }
        }

        OnnxInput[] states = [.. ((string[])["h0", "h1", "c0", "c1"]).Select(name => OnnxInput.Numbers(name, "batch", 5))];
        yield return ExportCase.Of("states go in and out", () => new Lstm(6, 5, 2), (layer, run) =>
            Write(run, layer.Forward(run.Numbers("x"), [run.Numbers("h0"), run.Numbers("h1")], [run.Numbers("c0"), run.Numbers("c1")])), [s_sequence, .. states]);
        yield return ExportCase.Of("output alone", () => new Lstm(6, 5, 1), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x")).Output), s_sequence);
    }

    private static void Write(OnnxTrace run, RecurrentOutput output)
    {
        run.Output("y", output.Output);
        for (int i = 0; i < output.Hidden.Length; i++) run.Output($"last_h{i}", output.Hidden[i]);
    }

    private static void Write(OnnxTrace run, LstmOutput output)
    {
        Write(run, new RecurrentOutput(output.Output, output.Hidden));
        for (int i = 0; i < output.Cell.Length; i++) run.Output($"last_c{i}", output.Cell[i]);
    }

    private static IEnumerable<ExportCase> Attention()
    {
        OnnxInput x = OnnxInput.Numbers("x", "time", "batch", 8), memory = OnnxInput.Numbers("memory", "source", "batch", 8), lengths = OnnxInput.Lengths("lengths", "batch");
        RotaryTable rotary = new(4, 32), neighbours = new(4, 32, interleaved: true);
        yield return ExportCase.Of("self", () => new MultiHeadAttention(8, 2), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"))), x);
        yield return ExportCase.Of("causal, rotary, lengths", () => new MultiHeadAttention(8, 2, rotary: rotary), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), new AttentionRule { Causal = true, Lengths = run.Integers("lengths") })), x, lengths).Range("lengths", 1, "time");
        yield return ExportCase.Of("causal, fixed time", () => new MultiHeadAttention(8, 2, bias: false, rotary: neighbours), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), new AttentionRule { Causal = true })), OnnxInput.Numbers("x", 5, "batch", 8));
        yield return ExportCase.Of("memory, lengths", () => new MultiHeadAttention(8, 2, dropout: 0.1), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), run.Numbers("memory"), new AttentionRule { Lengths = run.Integers("lengths") })), x, memory, lengths).Range("lengths", 1, "source");
        yield return ExportCase.Of("keys and values", () => new MultiHeadAttention(8, 4), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), run.Numbers("memory"), run.Numbers("values"))), x, memory, OnnxInput.Numbers("values", "source", "batch", 8));
        yield return ExportCase.Of("mask", () => new MultiHeadAttention(8, 2), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), mask: run.Numbers("mask"))), x, OnnxInput.Numbers("mask", "time", "time"));
        yield return ExportCase.Of("mask of rows", () => new MultiHeadAttention(8, 2), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), mask: run.Numbers("mask").Relu().Log())), x, OnnxInput.Numbers("mask", "batch", "time", "time"));
        yield return ExportCase.Of("plain", () => new DotAttention(), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), run.Numbers("memory"))), x, memory);
        yield return ExportCase.Of("key weights", () => new DotAttention(8, 8), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), run.Numbers("memory"), run.Integers("lengths"))), x, memory, lengths).Range("lengths", 1, "source");
        yield return ExportCase.Of("contexts and weights", () => new AdditiveAttention(8, 8, 5), (layer, run) =>
        {
            (Tensor contexts, Tensor weights) = layer.Forward(run.Numbers("x"), run.Numbers("memory"), run.Integers("lengths"));
            run.Output("contexts", contexts);
            run.Output("weights", weights);
        }, x, memory, lengths).Range("lengths", 1, "source");
        yield return ExportCase.Of("weights alone", () => new AdditiveAttention(8, 8, 5), (layer, run) => run.Output("weights", layer.Forward(run.Numbers("x"), run.Numbers("memory")).Weights), x, memory);
        yield return ExportCase.Of("sequence", () => new SinusoidalPositions(8), "time", "batch", 8);
        yield return ExportCase.Of("sequence", () => new LearnedPositions(8, 16), "time", "batch", 8);
        yield return ExportCase.Of("all of the table", () => new LearnedPositions(8, 5), 5, "batch", 8);
        yield return ExportCase.Of("plain", () => new TransformerEncoderLayer(8, 2), "time", "batch", 8);
        yield return ExportCase.Of("norm first, rotary", () => new TransformerEncoderLayer(8, 2, new TransformerOptions { NormFirst = true, Rotary = neighbours, Activation = new Activation<Gelu>() }), "time", "batch", 8);
        yield return ExportCase.Of("causal", () => new TransformerEncoder(8, 2, 2, new TransformerOptions { NormFirst = true }), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), new AttentionRule { Causal = true })), x);
        yield return ExportCase.Of("lengths", () => new TransformerDecoderLayer(8, 2), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), run.Numbers("memory"), memoryLengths: run.Integers("lengths"))), x, memory, lengths).Range("lengths", 1, "source");
        yield return ExportCase.Of("norm first", () => new TransformerDecoder(8, 2, 2, new TransformerOptions { NormFirst = true }), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), run.Numbers("memory"))), x, memory);
        yield return ExportCase.Of("plain", () => new GptBlock(8, 2), "time", "batch", 8);
        yield return ExportCase.Of("rotary, lengths", () => new GptBlock(8, 2, rotary: rotary), (layer, run) => run.Output("y", layer.Forward(run.Numbers("x"), run.Integers("lengths"))), x, lengths).Range("lengths", 1, "time");
    }

    private static IEnumerable<ExportCase> Containers()
    {
        yield return ExportCase.Of("plain", () => new Sequential(new Linear(6, 5), new Activation<Relu>(), new Linear(5, 3)), "batch", 6);
        yield return ExportCase.Of("square root", () => new Lambda("root", x => x.Square().Sqrt()), "batch", 6);
        yield return ExportCase.Of("plain", () => new Residual(new Linear(6, 6)), "batch", 6);
        yield return ExportCase.Of("shortcut", () => new Residual(new Conv2D(3, 4, 3, padding: 1), new Conv2D(3, 4, 1)), "batch", 3, 5, 5);
        yield return ExportCase.Of("images", () => new TimeDistributed(new Sequential(new Conv2D(2, 3, 3), new Flatten(), new Linear(27, 4))), "time", "batch", 2, 5, 5);
    }
}
