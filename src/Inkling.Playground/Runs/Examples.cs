namespace Inkling.Playground;

/// <summary>Points as a network reads them, on the tape on which it is looked at: all that are learnt from, or all that test.</summary>
internal sealed class Examples
{
    private readonly PlaygroundNetwork _network;
    private readonly float[] _labels;
    private readonly Tensor _targets;
    private readonly Indices? _classes;

    public Examples(Tape tape, PlaygroundNetwork network, float[] inputs, float[] labels)
    {
        (_network, _labels) = (network, labels);
        Inputs = tape.Input([labels.Length, network.Widths[0]], inputs);
        if (network.HasOutputOfEachClass) _classes = tape.Indices([labels.Length], [.. labels.Select(label => (int)label)]);
        else _targets = tape.Input([labels.Length, 1], [.. labels.Select(network.TargetOf)]);
    }

    /// <summary>What the network reads, <c>[n, inputs]</c>.</summary>
    public Tensor Inputs { get; }

    /// <summary>The mean loss, and the share of points whose class is right; 0 where a number is asked for.</summary>
    public (float Loss, float Accuracy) Measure()
    {
        Tensor output = _network.Forward(Inputs);
        Tensor loss = _classes is null ? _network.LossOf(output, _targets) : Nn.Losses.CrossEntropy(output, _classes);
        return (loss.Item(), _network.Classes == 0 ? 0 : (float)Right(output.Values) / _labels.Length);
    }

    private int Right(ReadOnlySpan<float> outputs)
    {
        int right = 0, width = _network.Widths[^1];
        for (int i = 0; i < _labels.Length; i++)
        {
            if (_network.ClassOf(outputs.Slice(i * width, width)) == _network.ClassOf(_labels[i])) right++;
        }

        return right;
    }
}
