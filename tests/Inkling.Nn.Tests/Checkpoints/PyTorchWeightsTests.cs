using System.Diagnostics;
using System.Text.Json;
using Inkling.Nn.Checkpoints;

namespace Inkling.Nn.Tests.Checkpoints;

/// <summary>Weights move between PyTorch and this library under PyTorch's names, and networks compute the same on both sides.</summary>
[Trait("Speed", "Slow")]
public sealed class PyTorchWeightsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-pytorch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_state_dict_loads_computes_the_same_and_goes_back_as_it_came()
    {
        string theirs = Path.Combine(_folder, "theirs.safetensors"), ours = Path.Combine(_folder, "ours.safetensors");
        Python("make", theirs);
        Net net = new Net(separateBiases: true).Build(seed: 1);
        ModelCheckpoint.Load(theirs, net.Parameters);
        using SafetensorsFile file = SafetensorsFile.Open(theirs);
        float[] x = file.ReadSingles("x"), y = file.ReadSingles("y");
        Close(y, net.Run(x));

        // The names are all of PyTorch's, none left over on either side.
        Assert.Equal(file.Entries.Select(entry => entry.Name).Except(["x", "y"]).Order(), net.Parameters.Select(parameter => parameter.Name).Order());
        Perturb(net);
        SafetensorsWriter writer = new();
        foreach (Parameter parameter in net.Parameters) writer.Add(parameter.Name, parameter.Shape.ToArray(), () => parameter.Values);
        writer.Add("x", [2, 2, 7, 9], x);
        writer.Save(ours);
        using JsonDocument answer = JsonDocument.Parse(Python("run", ours));
        Close(net.Run(x), [.. answer.RootElement.EnumerateArray().Select(one => one.GetSingle())]);
    }

    [Fact]
    public void The_two_biases_of_an_LSTM_become_one_where_it_has_one()
    {
        string theirs = Path.Combine(_folder, "theirs.safetensors");
        Python("make", theirs);
        Net net = new Net(separateBiases: false).Build(seed: 1);
        ModelCheckpoint.Load(theirs, net.Parameters);
        using SafetensorsFile file = SafetensorsFile.Open(theirs);
        Close(file.ReadSingles("y"), net.Run(file.ReadSingles("x")));
    }

    private static void Perturb(Net net)
    {
        Random random = new(3);
        foreach (Parameter parameter in net.Parameters)
        {
            foreach (ref float value in parameter.Values) value += (float)random.NextDouble() * 0.1f;
        }
    }

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 2e-5f);
    }

    private static string Python(string action, string file)
    {
        string script = Path.Combine(Root(), "tests", "peers", "pytorch_layers.py");
        ProcessStartInfo start = new("/usr/bin/python3", [script, action, file]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string said = errors.GetAwaiter().GetResult();
            Assert.SkipWhen(said.Contains("No module named 'torch'", StringComparison.Ordinal), "python3-torch is not installed.");
            Assert.True(process.ExitCode == 0, said);
            return output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed.");
            throw;
        }
    }

    private static string Root()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "Inkling.slnx"))) at = Path.GetDirectoryName(at);
        return at ?? throw new InvalidOperationException("The repository root was not found above the tests.");
    }

    private sealed class Net : Module
    {
        private readonly Conv2D _conv;
        private readonly BatchNorm2D _norm;
        private readonly ConvTranspose2D _up;
        private readonly Conv1D _line;
        private readonly ConvTranspose1D _back;
        private readonly Linear _linear;
        private readonly Lstm _lstm;
        private readonly Gru _gru;
        private readonly Rnn _rnn;
        private readonly LayerNorm _scale;

        public Net(bool separateBiases)
        {
            _conv = AddChild("conv", new Conv2D(2, 4, (3, 2), stride: (2, 1), padding: (1, 0), groups: 2));
            _norm = AddChild("norm", new BatchNorm2D(4));
            _up = AddChild("up", new ConvTranspose2D(4, 3, 3, stride: 2, padding: 1, extra: 1));
            _line = AddChild("line", new Conv1D(3, 5, 3, dilation: 2));
            _back = AddChild("back", new ConvTranspose1D(5, 4, 2, bias: false));
            _linear = AddChild("linear", new Linear(4, 6));
            _lstm = AddChild("lstm", new Lstm(6, 4, new LstmOptions { Layers = 2, Bidirectional = true, SeparateBiases = separateBiases }));
            _gru = AddChild("gru", new Gru(8, 3, new RecurrentOptions { Bidirectional = true }));
            _rnn = AddChild("rnn", new Rnn(6, 3, new RnnOptions { Nonlinearity = RnnNonlinearity.Relu }));
            _scale = AddChild("scale", new LayerNorm(3));
        }

        public float[] Run(float[] values)
        {
            using Tape tape = new(new TapeOptions { Recording = false });
            tape.Begin();
            Tensor x = _up.Forward(_norm.Forward(_conv.Forward(tape.Input([2, 2, 7, 9], values))).Tanh()).Mean(2);
            x = _linear.Forward(_back.Forward(_line.Forward(x)).Permute(2, 0, 1));
            return _scale.Forward(_rnn.Forward(_gru.Forward(_lstm.Forward(x).Output).Output).Output).ToArray();
        }
    }
}
