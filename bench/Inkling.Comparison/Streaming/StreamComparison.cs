using Inkling.Language;

namespace Inkling.Comparison;

/// <summary>
/// One step of a language model with the distribution of the next token, batch 1, one thread: our decoder in 8 bits and a peer with the
/// same graph and weights. Peers in 32 bits must give our 32-bit decoder's distribution.
/// </summary>
internal abstract class StreamComparison(string name, double bar) : IComparison
{
    private const double Tolerance = 1e-4;

    public string Name => name;

    public string Title => $"one streaming step of an LSTM with softmax over 8,192 tokens, our 8 bits against {Peer}; 1 thread";

    /// <summary>Name of the peer in the title.</summary>
    protected abstract string Peer { get; }

    /// <summary>Whether the peer computes in 32 bits.</summary>
    protected abstract bool PeerIsFloat { get; }

    public Result Run(Options options)
    {
        using var model = new StreamModel();
        using PeerProcess peer = Start(model);
        var decoder = new LstmDecoder(model.Weights.Quantize());
        float[] reference = model.Predict(new LstmDecoder(model.Weights));
        double ours = StreamModel.Deviation(reference, model.Predict(decoder)), theirs = StreamModel.Deviation(reference, model.Predict(peer));
        if (PeerIsFloat && !(theirs <= Tolerance))
            throw new DisagreementException($"the peer's distribution differs from our 32-bit decoder's by {theirs:G3} of the largest probability");
        Action step = Steps(decoder, model.Tokens);
        Speed.WarmUp(step, 0.5);
        double seconds = options.Quick ? 0.12 : 0.5;
        Turns turns = Turns.Take(options.Turns(9, 21), () => Speed.Of(step, seconds, Clock.Thread), () => peer.AskNumber($"run {seconds}"));
        Result result = turns.ToResult("steps/s", bar) with
        {
            Against = peer.Description,
            Remark = FormattableString.Invariant($"{1e6 / turns.Ours:F0} µs and {1e6 / turns.Peer:F0} µs a step{Remark}"),
        };
        result.Details["ourDeviation"] = Math.Round(ours, 6);
        result.Details["peerDeviation"] = Math.Round(theirs, 6);
        return result;
    }

    /// <summary>Starts the peer and gives it the model.</summary>
    protected abstract PeerProcess Start(StreamModel model);

    /// <summary>What else is to be said of the peer.</summary>
    protected virtual string Remark => "";

    private static Action Steps(LstmDecoder decoder, int[] tokens)
    {
        PredictorState state = decoder.NewState();
        float[] probabilities = new float[decoder.VocabularySize];
        int turn = 0;
        return () =>
        {
            decoder.Step(state, tokens[turn++ % tokens.Length]);
            decoder.Predict(state, probabilities);
        };
    }
}

/// <summary>Against libtorch, 32 bits.</summary>
internal sealed class TorchStream() : StreamComparison("stream-torch", 20)
{
    private double _plain;

    protected override string Peer => "libtorch";

    protected override bool PeerIsFloat => true;

    protected override string Remark => FormattableString.Invariant($"; with a linear layer 512 → 8,192 instead of the projection the peer takes {1e6 / _plain:F0} µs");

    protected override PeerProcess Start(StreamModel model)
    {
        PeerProcess peer = PeerProcess.Python("stream.py", threads: 1);
        peer.Ask("start " + model.Folder.Path);
        _plain = peer.AskNumber($"plain {0.5}");
        return peer;
    }
}

/// <summary>Against ONNX Runtime, 32 bits.</summary>
internal sealed class OnnxRuntimeStream() : StreamComparison("stream-ort", 4)
{
    protected override string Peer => "ONNX Runtime in 32 bits";

    protected override bool PeerIsFloat => true;

    protected override PeerProcess Start(StreamModel model)
    {
        StreamGraph.Save(model.Folder.In("step.onnx"), model.Parameters, GraphWeights.Float);
        PeerProcess peer = PeerProcess.Role(OnnxRuntimePeer.Role, threads: 1);
        peer.Ask("start " + model.Folder.Path);
        peer.Ask("load step.onnx");
        return peer;
    }
}

/// <summary>Against ONNX Runtime in 8 bits: the fastest on this processor of the ways that give a usable result.</summary>
internal sealed class OnnxRuntimeBytesStream() : StreamComparison("stream-ort-int8", 1.2)
{
    /// <summary>Share of the largest probability by which the distribution may be off; ours is off by 0.03.</summary>
    private const double Useless = 0.3;

    private string _ways = "";

    protected override string Peer => "ONNX Runtime in 8 bits, dynamic quantisation, scales for each output";

    protected override bool PeerIsFloat => false;

    protected override string Remark => $"; the peer's ways: {_ways}";

    protected override PeerProcess Start(StreamModel model)
    {
        PeerProcess peer = PeerProcess.Role(OnnxRuntimePeer.Role, threads: 1);
        peer.Ask("start " + model.Folder.Path);
        var ways = new List<(GraphWeights Weights, double Speed, double Deviation)>();
        float[] reference = model.Predict(new LstmDecoder(model.Weights));
        foreach (GraphWeights weights in new[] { GraphWeights.Int8, GraphWeights.Int7, GraphWeights.UInt8 })
        {
            StreamGraph.Save(model.Folder.In($"{weights}.onnx"), model.Parameters, weights);
            peer.Ask($"load {weights}.onnx");
            ways.Add((weights, peer.AskNumber($"run {0.3}"), StreamModel.Deviation(reference, model.Predict(peer))));
        }

        GraphWeights best = ways.Where(one => one.Deviation <= Useless).MaxBy(one => one.Speed).Weights;
        peer.Ask($"load {best}.onnx");
        _ways = string.Join(", ", ways.Select(one => FormattableString.Invariant($"{one.Weights} {1e6 / one.Speed:F0} µs (deviation {one.Deviation:F3})")));
        return peer;
    }
}
