using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Recording;

namespace Inkling.Playground;

/// <summary>
/// A second network with the weights of a run's, on a tape of its own: what is asked of it, gradients included, leaves no trace in the run. Nothing is dropped out, and normalisation uses
/// its running statistics.
/// </summary>
internal sealed class NetworkMirror : IDisposable
{
    private readonly PlaygroundRun _run;

    public NetworkMirror(PlaygroundRun run, bool recording)
    {
        _run = run;
        Network = new PlaygroundNetwork(run.Setup with { Dropout = 0, LayerDropout = [] }) { UsesRunningStatistics = true };
        Tape = new Tape(new TapeOptions { Team = Team.Single, Recording = recording, Name = "mirror" });
        Stages = new Tensor[Network.Layers.Count];
    }

    public PlaygroundNetwork Network { get; }

    public Tape Tape { get; }

    /// <summary>What each layer said in the last pass, its activation included: hidden layers, then the output.</summary>
    public Tensor[] Stages { get; }

    /// <summary>Takes the run's weights.</summary>
    public void Follow() => _run.Network.Parameters.Values.CopyTo(Network.Parameters.Values);

    /// <summary>A pass over rows, as a step of its own.</summary>
    /// <returns>The output.</returns>
    public Tensor Forward(ReadOnlySpan<float> inputs)
    {
        int width = _run.Setup.InputCount;
        Tape.Step = 0; // activations that draw lots draw the same ones in every pass
        Tape.Begin();
        return Stages[^1] = Network.Forward(Tape.Constant([inputs.Length / width, width], inputs), Stages.AsSpan(0, Stages.Length - 1));
    }

    /// <summary>The operations of the last pass from a layer's weighted sum to what it says; the first is the weighted sum, the last its activation, or the same.</summary>
    public IReadOnlyList<TapeRecord> OperationsOf(IReadOnlyList<TapeRecord> records, int layer)
    {
        int first = 0, last;
        while (!records[first].Parameters.Contains(Network.Layers[layer].Weight)) first++;
        for (last = first; !records[last].Outputs[0].Equals(Stages[layer]);) last++;
        return [.. records.Skip(first).Take(last - first + 1)];
    }

    public void Dispose() => Tape.Dispose();
}
