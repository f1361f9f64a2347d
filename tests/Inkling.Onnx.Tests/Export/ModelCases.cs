using Inkling.Language;
using Inkling.Nn;

namespace Inkling.Onnx.Tests.Export;

/// <summary>Whole models.</summary>
internal static class ModelCases
{
    public static IEnumerable<ExportCase> All
    {
        get
        {
            yield return ExportCase.Of("LeNet", () => new Sequential(
                new Conv2D(1, 6, 5, padding: 2), new Activation<Tanh>(), new AveragePool2D(2), new Conv2D(6, 16, 5), new Activation<Tanh>(), new AveragePool2D(2),
                new Flatten(), new Linear(400, 120), new Activation<Tanh>(), new Linear(120, 84), new Activation<Tanh>(), new Linear(84, 10)), "batch", 1, 28, 28).With(("batch", 1)).With(("batch", 3));
            yield return ExportCase.Of("MLP", () => new Sequential(new Linear(784, 256), new Activation<Relu>(), new Dropout(0.3), new Linear(256, 128), new BatchNorm1D(128), new Activation<Relu>(), new Linear(128, 10)),
                "batch", 784).With(("batch", 1)).With(("batch", 17));
            yield return ExportCase.Of("residual network", () => new Sequential(
                new Conv2D(3, 8, 3, padding: 1, bias: false), new BatchNorm2D(8), new Activation<Relu>(),
                new Residual(new Sequential(new Conv2D(8, 16, 3, stride: 2, padding: 1), new BatchNorm2D(16), new Activation<Relu>(), new Conv2D(16, 16, 3, padding: 1)), new Conv2D(8, 16, 1, stride: 2)),
                new GlobalAveragePool(), new Linear(16, 10)), "batch", 3, 16, 16).With(("batch", 1)).With(("batch", 3));
            yield return ExportCase.Of("sentences", () => new BiLstmClassifier(50, 12, 10, 3), (model, run) => run.Output("scores", model.Forward(run.Integers("tokens"), run.Integers("lengths"))),
                OnnxInput.Integers("tokens", "time", "batch"), OnnxInput.Lengths("lengths", "batch")).Range("tokens", 0, 49).Range("lengths", 1, "time").With(("time", 1), ("batch", 1)).With(("time", 13), ("batch", 6));
            yield return ExportCase.Of("GPT", () => new Gpt(40, 24, 4, 3, 32), (model, run) => run.Output("logits", model.Forward(run.Integers("tokens"))),
                OnnxInput.Integers("tokens", "time", "batch")).Range("tokens", 0, 39).With(("time", 1), ("batch", 1)).With(("time", 32), ("batch", 3));
            yield return ExportCase.Of("translation", () => new Translator(30, 16), (model, run) => run.Output("logits", model.Forward(run.Integers("source"), run.Integers("lengths"), run.Integers("target"))),
                OnnxInput.Integers("source", "from", "batch"), OnnxInput.Lengths("lengths", "batch"), OnnxInput.Integers("target", "to", "batch"))
                .Range("source", 0, 29).Range("target", 0, 29).Range("lengths", 1, "from").With(("from", 5), ("to", 1), ("batch", 1)).With(("from", 3), ("to", 9), ("batch", 4));
            yield return LanguageModel();
        }
    }

    private static ExportCase LanguageModel()
    {
        LstmLanguageModelConfig config = new() { VocabularySize = 60, EmbeddingWidth = 12, HiddenWidth = 20, Layers = 2, Dropout = 0.2 };
        OnnxInput[] states = [.. ((string[])["h0", "h1", "c0", "c1"]).Select(name => OnnxInput.Numbers(name, "batch", 20))];
        return ExportCase.Of("mail", () => new LstmLanguageModel(config), (model, run) =>
        {
            Tensor[] hidden = new Tensor[2], cell = new Tensor[2];
            Tensor features = model.Forward(run.Integers("tokens"), [run.Numbers("h0"), run.Numbers("h1")], [run.Numbers("c0"), run.Numbers("c1")], hidden, cell);
            run.Output("log_probabilities", features.Affine(model.EmbeddingWeight, model.OutputBias).LogSoftmax());
            for (int i = 0; i < 2; i++)
            {
                run.Output($"next_h{i}", hidden[i]);
                run.Output($"next_c{i}", cell[i]);
            }
        }, [OnnxInput.Integers("tokens", "time", "batch"), .. states]).Range("tokens", 0, 59).With(("time", 1), ("batch", 1)).With(("time", 7), ("batch", 3));
    }

    private sealed class BiLstmClassifier : Module
    {
        private readonly Embedding _embedding;
        private readonly Lstm _lstm;
        private readonly Linear _output;

        public BiLstmClassifier(int words, int width, int hidden, int classes)
        {
            _embedding = AddChild("embedding", new Embedding(words, width));
            _lstm = AddChild("lstm", new Lstm(width, hidden, new LstmOptions { Bidirectional = true, Dropout = 0.3 }));
            _output = AddChild("output", new Linear(2 * hidden, classes));
        }

        public Tensor Forward(Indices tokens, Indices lengths)
        {
            LstmOutput output = _lstm.Forward(_embedding.Forward(tokens).Dropout(0.5f), lengths: lengths);
            return _output.Forward(Tensor.Concat(^1, output.Hidden[0], output.Hidden[1]));
        }
    }

    private sealed class Gpt : Module
    {
        private readonly Embedding _tokens;
        private readonly LearnedPositions _positions;
        private readonly GptBlock[] _blocks;
        private readonly LayerNorm _norm;

        public Gpt(int words, int width, int heads, int layers, int context)
        {
            _tokens = AddChild("wte", new Embedding(words, width));
            _positions = AddChild("wpe", new LearnedPositions(width, context));
            _blocks = [.. Enumerable.Range(0, layers).Select(k => AddChild($"h.{k}", new GptBlock(width, heads, layers, 0.1)))];
            _norm = AddChild("ln_f", new LayerNorm(width));
        }

        public Tensor Forward(Indices tokens)
        {
            Tensor x = _positions.Forward(_tokens.Forward(tokens)).Dropout(0.1f);
            foreach (GptBlock block in _blocks) x = block.Forward(x);
            return _norm.Forward(x).Affine(_tokens.Weight);
        }
    }

    private sealed class Translator : Module
    {
        private readonly Embedding _words;
        private readonly TransformerEncoder _encoder;
        private readonly TransformerDecoder _decoder;
        private readonly SinusoidalPositions _positions;

        public Translator(int words, int width)
        {
            _words = AddChild("words", new Embedding(words, width));
            _encoder = AddChild("encoder", new TransformerEncoder(width, 2, 2));
            _decoder = AddChild("decoder", new TransformerDecoder(width, 2, 2));
            _positions = new SinusoidalPositions(width);
        }

        public Tensor Forward(Indices source, Indices lengths, Indices target)
        {
            Tensor memory = _encoder.Forward(_positions.Forward(_words.Forward(source)), new AttentionRule { Lengths = lengths });
            return _decoder.Forward(_positions.Forward(_words.Forward(target)), memory, memoryLengths: lengths).Affine(_words.Weight);
        }
    }
}
