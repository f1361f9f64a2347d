using Inkling.Language;
using Inkling.Nn;
using Inkling.Nn.Checkpoints;

namespace Inkling.Comparison;

/// <summary>
/// The model of the streaming comparisons: 8,192 tokens, embedding 256, LSTM 512, projection to 256, scores by the tied embedding, softmax.
/// Random weights, made larger than untrained ones so that the distribution is not flat and a mistake would show.
/// </summary>
internal sealed class StreamModel : IDisposable
{
    public const int Vocabulary = 8192, EmbeddingWidth = 256, Hidden = 512;

    /// <summary>Tokens after which the distributions of ours and the peer are compared.</summary>
    public const int TokensThatAgree = 48;

    /// <summary>Makes the model and writes weights and tokens where peers find them.</summary>
    public StreamModel()
    {
        LstmLanguageModel model = new LstmLanguageModel(new LstmLanguageModelConfig
        {
            VocabularySize = Vocabulary,
            EmbeddingWidth = EmbeddingWidth,
            HiddenWidth = Hidden,
        }).Build(seed: 3);
        Scale(model.Parameters["embedding.weight"], 5);
        Scale(model.Parameters["projection.weight"], 10);
        RandomNumbers.Floats(Vocabulary, 1, -1, 1).CopyTo(model.OutputBias.Values);
        RandomNumbers.Floats(EmbeddingWidth, 2, -0.5f, 0.5f).CopyTo(model.Parameters["projection.bias"].Values);
        Parameters = model.Parameters;
        ModelCheckpoint.Save(Folder.In("weights.safetensors"), Parameters);
        Weights = LstmWeights.Load(Folder.In("weights.safetensors"));
        Folder.Write(Parameters);
        Folder.Write("tokens", Tokens);
    }

    /// <summary>Where the peers read.</summary>
    public ExchangeFolder Folder { get; } = new();

    /// <summary>The weights by name.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>The weights for our decoder, in 32 bits.</summary>
    public LstmWeights Weights { get; }

    /// <summary>Tokens to step through, over and over.</summary>
    public int[] Tokens { get; } = RandomNumbers.Integers(1024, 3, Vocabulary);

    /// <summary>The distribution after the first tokens by one of our decoders.</summary>
    public float[] Predict(LstmDecoder decoder)
    {
        PredictorState state = decoder.NewState();
        foreach (int token in Tokens.AsSpan(0, TokensThatAgree))
            decoder.Step(state, token);
        float[] probabilities = new float[Vocabulary];
        decoder.Predict(state, probabilities);
        return probabilities;
    }

    /// <summary>The same by a peer, which writes it into the folder.</summary>
    public float[] Predict(PeerProcess peer)
    {
        peer.Ask($"predict {TokensThatAgree}");
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Folder.In("probabilities.f32"))).ToArray();
    }

    /// <summary>The largest difference of two distributions, as a share of the largest probability.</summary>
    public static double Deviation(float[] reference, float[] other) =>
        reference.Zip(other, (a, b) => Math.Abs((double)a - b)).Max() / reference.Max();

    public void Dispose() => Folder.Dispose();

    private static void Scale(Parameter parameter, float factor)
    {
        foreach (ref float value in parameter.Values)
            value *= factor;
    }
}
