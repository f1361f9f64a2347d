using Inkling.Nn.Checkpoints;
using Inkling.Onnx;

namespace Inkling.Playground.Tests;

/// <summary>The network as files.</summary>
public sealed class NetworkFilesTests
{
    public static TheoryData<string> Addresses => CSharpExportTests.Addresses;

    public static TheoryData<string> Activations => [.. PlaygroundChoices.Activations];

    [Theory]
    [MemberData(nameof(Addresses))]
    public void The_weights_come_back_bit_for_bit(string address)
    {
        using PlaygroundRun run = Trained(address);
        string path = Path.Combine(Path.GetTempPath(), $"inkling-playground-{Guid.NewGuid():N}.safetensors");
        try
        {
            File.WriteAllBytes(path, NetworkFiles.Safetensors(run));
            PlaygroundNetwork again = new(run.Setup with { Seed = "another", StartingWeights = [] });
            Assert.NotEqual(run.Network.Parameters.Values.ToArray(), again.Parameters.Values.ToArray());
            ModelCheckpoint.Load(path, again.Parameters);
            Assert.Equal(run.Network.Parameters.Values.ToArray(), again.Parameters.Values.ToArray());
            using SafetensorsFile file = SafetensorsFile.Open(path);
            Assert.Equal(run.Setup, SetupText.Parse(file.Metadata["playground"]).Setup);
            Assert.Equal(string.Join(',', run.Setup.Inputs), file.Metadata["inputs"]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void The_ONNX_file_says_the_same_in_our_evaluator(string address) => Same(address);

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_has_a_form_in_ONNX(string activation) => Same($"activation={activation}&learningRate=0.001&networkShape=5,3");

    private static void Same(string address)
    {
        using PlaygroundRun run = Trained(address);
        OnnxModel model = OnnxModel.Load(NetworkFiles.Onnx(run), "playground.onnx");
        float[] places = [.. Enumerable.Range(0, 40).Select(i => 5 * MathF.Sin(1.3f * i))], inputs = InputFeatures.Read(run.Setup.Inputs, places);
        int count = places.Length / 2;
        OnnxValue output = model.Run(new Dictionary<string, OnnxValue> { [NetworkFiles.Input] = OnnxValue.Create([count, run.Setup.Inputs.Count], inputs) })[NetworkFiles.Output];

        using Tape tape = new(new TapeOptions { Recording = false });
        tape.Begin();
        float[] expected = run.Network.Forward(tape.Constant([count, run.Setup.Inputs.Count], inputs)).ToArray();
        ReadOnlySpan<float> actual = output.Values<float>();
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f * Math.Max(1, Math.Abs(expected[i])));
    }

    private static PlaygroundRun Trained(string address)
    {
        PlaygroundRun run = new(SetupText.Parse(address).Setup);
        for (int i = 0; i < 100; i++) run.Train();
        return run;
    }
}
