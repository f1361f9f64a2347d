using Inkling.Language;
using Inkling.Mail;
using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Text;

namespace Inkling.Comparison;

/// <summary>
/// What 8 bits cost: bits per character on mail of people never seen, 32 bits over 8 (issue 3: a loss under 0.5 %). The shipped model is
/// stored in 8 bits, so its weights lie on their grid already; it is trained on in 32 bits for some steps, which takes them off it, and
/// then rounded.
/// </summary>
internal sealed class ByteQuality : IComparison
{
    private const double Bar = 0.995;

    public string Name => "int8-quality";

    public string Title => "bits per character of the mail model: in 32 bits, and the same weights in 8 bits (a ratio of 0.995 is a loss of 0.5 %)";

    public Result Run(Options options)
    {
        string data = Path.Combine(Repository.Folder, "..", "shared", "data", "mail"), folder = Path.Combine(Repository.Folder, "models", "default");
        string learn = Path.Combine(data, "train.jsonl.gz"), held = Path.Combine(data, "valid_author.jsonl.gz");
        if (!File.Exists(learn) || !File.Exists(held))
            throw new NotMeasurableException($"the mail is not there: {Path.GetFullPath(data)}");
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(folder, ModelFolder.Tokenizer));
        MailMessage[] mails = MailEvaluator.Draw(
            MailReader.Read([held], null, new MailReadReport()), new EvaluationOptions { Mails = options.Quick ? 16 : 200, MinCharacters = 80, MaxCharacters = 1500, Seed = 1 });
        var bits = new MailBits(tokenizer, mails);

        LstmWeights shipped = LstmWeights.Load(Path.Combine(folder, ModelFolder.Weights)), wide = TrainOn(folder, learn, tokenizer, options.Quick ? 8 : 100);
        double ours = bits.PerCharacter(new LstmDecoder(wide.Quantize())), peer = bits.PerCharacter(new LstmDecoder(wide));
        double shippedBits = bits.PerCharacter(new LstmDecoder(shipped)), shippedWide = bits.PerCharacter(new LstmDecoder(shipped.Widen()));
        return new Result("bits/char", ours, peer, peer / ours, Bar)
        {
            Against = "our decoder in 32 bits",
            Remark = FormattableString.Invariant($"less is better: a loss of {100 * ((ours / peer) - 1):F2} %; as shipped, activations alone: {100 * ((shippedBits / shippedWide) - 1):F3} %; {mails.Length} mails"),
            Details =
            {
                ["lossPercent"] = Math.Round(100 * ((ours / peer) - 1), 3),
                ["shipped8Bits"] = Math.Round(shippedBits, 5),
                ["shippedWidened"] = Math.Round(shippedWide, 5),
            },
        };
    }

    /// <summary>Weights of the shipped model after some more steps in 32 bits.</summary>
    private static LstmWeights TrainOn(string folder, string mail, Tokenizer tokenizer, int steps)
    {
        ModelArchitecture shape = ModelConfig.Load(folder).Architecture;
        LstmLanguageModel model = new LstmLanguageModel(new LstmLanguageModelConfig
        {
            VocabularySize = shape.VocabularySize,
            EmbeddingWidth = shape.EmbeddingWidth,
            HiddenWidth = shape.HiddenWidth,
            Layers = shape.Layers,
            Dropout = shape.Dropout,
        }).Build(seed: 1);
        QuantizedWeights.Load(Path.Combine(folder, ModelFolder.Weights), model.Parameters);
        using var task = new LanguageModelTask(model, Corpus(mail, tokenizer, tokens: 4096L * steps), new BatchOptions());
        var adam = new AdamW(model.Parameters) { LearningRate = 5e-4f };
        for (int step = 0; step < steps; step++)
        {
            task.Step(step);
            GradientClipping.ClipByGlobalNorm(model.Parameters, 1);
            adam.Step();
        }

        using var exchange = new ExchangeFolder();
        ModelCheckpoint.Save(exchange.In(ModelFolder.Weights), model.Parameters);
        return LstmWeights.Load(exchange.In(ModelFolder.Weights));
    }

    private static TokenCorpus Corpus(string mail, Tokenizer tokenizer, long tokens)
    {
        var prompt = new MailPrompt(tokenizer);
        var corpus = new TokenCorpusBuilder();
        foreach (MailMessage one in MailReader.Read([mail], null, new MailReadReport()))
        {
            List<int> ids = [];
            prompt.AppendHead(TextNormalizer.Normalize(one.Subject), TextNormalizer.Normalize(one.Previous), ids);
            int body = ids.Count;
            tokenizer.Encode(TextNormalizer.Normalize(one.Text), ids);
            ids.Add(prompt.End);
            corpus.Add([.. ids], body, one.Text.Length);
            if (corpus.TokenCount >= tokens)
                break;
        }

        return corpus.Build();
    }
}
