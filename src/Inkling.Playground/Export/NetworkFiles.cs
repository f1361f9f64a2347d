using Inkling.Nn;
using Inkling.Nn.Checkpoints;
using Inkling.Onnx;

namespace Inkling.Playground;

/// <summary>A trained network as files for other programs: its weights as safetensors, and all of it as ONNX.</summary>
public static class NetworkFiles
{
    /// <summary>The name of the input in an ONNX file, <c>[points, inputs]</c>: the features of the setup, in the order of <see cref="InputFeatures.All"/>.</summary>
    public const string Input = "inputs";

    /// <summary>The name of the output in an ONNX file, <c>[points, outputs]</c>: what <see cref="PlaygroundNetwork.Forward(Tensor)"/> says.</summary>
    public const string Output = "output";

    /// <summary>
    /// The weights: <c>0.weight</c> <c>[width, inputs]</c> and <c>0.bias</c> <c>[width]</c> of the first hidden layer, and so on to the output's. The address of the set-up and the names of
    /// the inputs stand in the file's metadata, as <c>playground</c> and <c>inputs</c>.
    /// </summary>
    public static byte[] Safetensors(PlaygroundRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        SafetensorsWriter writer = new();
        writer.Metadata["playground"] = SetupText.Format(run.Setup);
        writer.Metadata["inputs"] = string.Join(',', run.Setup.ReadsColumns ? run.Setup.Table!.Columns : run.Setup.Inputs);
        foreach (Parameter parameter in run.Network.Parameters) writer.Add(parameter.Name, parameter.Shape.ToArray(), () => parameter.Values);
        using MemoryStream stream = new();
        writer.Write(stream);
        return stream.ToArray();
    }

    /// <summary>The network, as it answers in use.</summary>
    public static byte[] Onnx(PlaygroundRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        PlaygroundNetwork network = new(run.Setup, learns: false);
        run.Network.Parameters.Values.CopyTo(network.Parameters.Values);
        return OnnxExport.ToBytes(
            [OnnxInput.Numbers(Input, "points", run.Setup.InputCount)], trace => trace.Output(Output, network.Forward(trace.Numbers(Input))), new OnnxExportOptions { Name = "playground" });
    }
}
