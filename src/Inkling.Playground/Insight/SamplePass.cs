using Inkling.Recording;

namespace Inkling.Playground;

/// <summary>The numbers of one sample's way through a network and back, copied from the tape.</summary>
internal sealed class SamplePass
{
    private SamplePass(float[] inputs, float target, LayerPass[] layers, float[] output, float[] outputGradient, float loss) =>
        (Inputs, Target, Layers, Output, OutputGradient, Loss) = (inputs, target, layers, output, outputGradient, loss);

    public float[] Inputs { get; }

    public float Target { get; }

    public LayerPass[] Layers { get; }

    public float[] Output { get; }

    /// <summary>∂L/∂o.</summary>
    public float[] OutputGradient { get; }

    public float Loss { get; }

    public static SamplePass Of(PlaygroundRun run, NetworkMirror mirror, float[] inputs, float[] targets)
    {
        float[][] slopes = [.. Enumerable.Range(0, mirror.Stages.Length).Select(layer => SlopesOf(mirror, inputs, layer))];
        Tensor output = mirror.Forward(inputs), loss = run.LossOn(output, targets);
        IReadOnlyList<TapeRecord> records = mirror.Tape.Records();
        IReadOnlyList<TapeRecord>[] operations = [.. Enumerable.Range(0, mirror.Stages.Length).Select(layer => mirror.OperationsOf(records, layer))];
        foreach (TapeRecord operation in operations.SelectMany(one => one)) mirror.Tape.RetainGradient(operation.Outputs[0]);
        mirror.Tape.Backward(loss);
        LayerPass[] layers = [.. operations.Select((one, layer) => LayerOf(mirror, layer, one, slopes[layer], layer == 0 ? inputs : mirror.Stages[layer - 1].ToArray()))];
        SamplePass pass = new(inputs, targets[0], layers, output.ToArray(), output.Gradient.ToArray(), loss.Item());
        mirror.Network.Parameters.ConsumeGradients();
        return pass;
    }

    private static LayerPass LayerOf(NetworkMirror mirror, int layer, IReadOnlyList<TapeRecord> operations, float[] slopes, float[] inputs)
    {
        Parameter weight = mirror.Network.Layers[layer].Weight;
        Parameter? bias = mirror.Network.Layers[layer].Bias;
        int units = weight.Shape[0];
        return new LayerPass
        {
            Inputs = inputs,
            Weights = weight.Values.ToArray(),
            Biases = bias is null ? new float[units] : bias.Values.ToArray(),
            WeightGradients = weight.Gradients.ToArray(),
            BiasGradients = bias is null ? new float[units] : bias.Gradients.ToArray(),
            Operations = [.. operations.Select(one => one.Name)],
            Values = [.. operations.Select(one => one.Outputs[0].ToArray())],
            Gradients = [.. operations.Select(one => one.Outputs[0].Gradient.ToArray())],
            Slopes = slopes,
        };
    }

    /// <summary>The slope of the last operation of a layer, by the gradient of the sum of what it says; 1 where there is none but the weighted sum.</summary>
    private static float[] SlopesOf(NetworkMirror mirror, float[] inputs, int layer)
    {
        mirror.Forward(inputs);
        Tensor says = mirror.Stages[layer];
        IReadOnlyList<TapeRecord> operations = mirror.OperationsOf(mirror.Tape.Records(), layer);
        float[] slopes = new float[says.Length];
        Array.Fill(slopes, 1);
        if (operations.Count == 1) return slopes;
        Tensor operand = operations[^1].Inputs[0];
        mirror.Tape.RetainGradient(operand);
        mirror.Tape.Backward(says.Sum());
        operand.Gradient.CopyTo(slopes);
        mirror.Network.Parameters.ConsumeGradients();
        return slopes;
    }
}

/// <summary>One layer of it.</summary>
internal sealed class LayerPass
{
    public required float[] Inputs { get; init; }

    /// <summary>Row-major by unit.</summary>
    public required float[] Weights { get; init; }

    public required float[] Biases { get; init; }

    public required float[] WeightGradients { get; init; }

    public required float[] BiasGradients { get; init; }

    /// <summary>The weighted sum first, what is between, the activation last; the sum alone where there is none.</summary>
    public required string[] Operations { get; init; }

    /// <summary>What each operation returned.</summary>
    public required float[][] Values { get; init; }

    /// <summary>∂L/∂ of what each operation returned.</summary>
    public required float[][] Gradients { get; init; }

    /// <summary>The slope of the activation.</summary>
    public required float[] Slopes { get; init; }

    public int Units => Biases.Length;

    public bool HasActivation => Operations.Length > 1;
}
