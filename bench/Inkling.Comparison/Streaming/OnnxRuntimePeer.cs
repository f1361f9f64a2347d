using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Inkling.Comparison;

/// <summary>
/// ONNX Runtime as a peer, one thread: <c>start FOLDER</c>, <c>load FILE</c>, <c>predict N</c> (writes the distribution after N tokens),
/// <c>run SECONDS</c> (steps a second).
/// </summary>
internal sealed class OnnxRuntimePeer : IDisposable
{
    public const string Role = "onnxruntime";

    private static readonly string[] s_inputs = ["token", "h", "c"];
    private static readonly string[] s_outputs = ["probabilities", "h_next", "c_next"];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly long[] _token = new long[1];
    private readonly float[] _probabilities = new float[StreamModel.Vocabulary];
    private readonly float[][] _states = [.. Enumerable.Range(0, 4).Select(_ => new float[StreamModel.Hidden])];
    private readonly OrtValue[][] _in;
    private readonly OrtValue[][] _out;
    private readonly int[] _tokens;
    private int _turn;

    private OnnxRuntimePeer(string file, int[] tokens)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(file, options);
        _tokens = tokens;
        // Inputs and outputs stay where they are; the states of one step are the inputs of the next.
        OrtValue token = OrtValue.CreateTensorValueFromMemory(_token, [1]);
        OrtValue probabilities = OrtValue.CreateTensorValueFromMemory(_probabilities, [1, StreamModel.Vocabulary]);
        OrtValue[] states = [.. _states.Select(state => OrtValue.CreateTensorValueFromMemory(state, [1, 1, StreamModel.Hidden]))];
        _in = [[token, states[0], states[1]], [token, states[2], states[3]]];
        _out = [[probabilities, states[2], states[3]], [probabilities, states[0], states[1]]];
    }

    /// <summary>Answers until standard input ends.</summary>
    public static void Serve()
    {
        Console.WriteLine($"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, 1 thread");
        OnnxRuntimePeer? peer = null;
        string folder = "";
        int[] tokens = [];
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', 2);
            switch (words[0])
            {
                case "start":
                    folder = words[1];
                    tokens = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(Path.Combine(folder, "tokens.i32"))).ToArray();
                    Console.WriteLine("ready");
                    break;
                case "load":
                    peer?.Dispose();
                    peer = new OnnxRuntimePeer(Path.Combine(folder, words[1]), tokens);
                    Speed.WarmUp(peer.Step, 0.1);
                    Console.WriteLine("ready");
                    break;
                case "predict":
                    peer!.Predict(int.Parse(words[1], CultureInfo.InvariantCulture));
                    File.WriteAllBytes(Path.Combine(folder, "probabilities.f32"), MemoryMarshal.AsBytes<float>(peer._probabilities));
                    Console.WriteLine("ready");
                    break;
                case "run":
                    double speed = Speed.Of(peer!.Step, double.Parse(words[1], CultureInfo.InvariantCulture), Clock.Thread);
                    Console.WriteLine(speed.ToString("R", CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new ArgumentException($"unknown line: {line}");
            }
        }

        peer?.Dispose();
    }

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }

    private void Predict(int count)
    {
        foreach (float[] state in _states)
            Array.Clear(state);
        _turn = 0;
        for (int i = 0; i < count; i++)
            Step();
    }

    private void Step()
    {
        _token[0] = _tokens[_turn % _tokens.Length];
        _session.Run(_run, s_inputs, _in[_turn % 2], s_outputs, _out[_turn % 2]);
        _turn++;
    }
}
