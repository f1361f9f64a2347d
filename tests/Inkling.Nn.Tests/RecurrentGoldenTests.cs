using Inkling.Golden;
using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Recurrent layers compute what PyTorch computes, with its weights under its names: results and all gradients.</summary>
public sealed class RecurrentGoldenTests
{
    public static TheoryData<string> Cases
    {
        get
        {
            using GoldenFamily golden = GoldenFamily.Open("recurrent");
            return [.. golden.Cases];
        }
    }

    [Fact]
    public void There_are_cases_of_all_kinds() => Assert.Equal(16, Cases.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_PyTorch(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("recurrent");
        using Tape tape = new();
        int[] x = golden.Shape(name, "in.x"), states = golden.Shape(name, "in.h");
        bool both = name.Contains("x2", StringComparison.Ordinal);
        (int input, int hidden, int layers) = (x[2], states[2], both ? states[0] / 2 : states[0]);
        Tensor operand = GoldenModules.Input(golden, tape, name, "x");
        Tensor[] h = States(golden, tape, name, "h"), lastH = new Tensor[states[0]], lastC = new Tensor[states[0]];
        Indices? lengths = GoldenModules.Lengths(golden, tape, name);
        tape.Begin();
        if (name.StartsWith("lstm", StringComparison.Ordinal))
        {
            Lstm lstm = GoldenModules.Load(golden, name, new Lstm(input, hidden, new LstmOptions { Layers = layers, Bidirectional = both, SeparateBiases = true }));
            Tensor[] c = States(golden, tape, name, "c");
            Tensor output = lstm.Forward(operand, h, c, lastH, lastC, lengths: lengths);
            Check(golden, tape, name, lstm.Parameters, operand, output, h, lastH, c, lastC);
            return;
        }

        RecurrentLayer layer = name.StartsWith("gru", StringComparison.Ordinal)
            ? GoldenModules.Load(golden, name, new Gru(input, hidden, new RecurrentOptions { Layers = layers, Bidirectional = both }))
            : GoldenModules.Load(golden, name, new Rnn(input, hidden, new RnnOptions { Layers = layers, Bidirectional = both, Nonlinearity = name.Contains("relu", StringComparison.Ordinal) ? RnnNonlinearity.Relu : RnnNonlinearity.Tanh }));
        Tensor states1 = layer is Gru gru ? gru.Forward(operand, h, lastH, lengths) : ((Rnn)layer).Forward(operand, h, lastH, lengths);
        Check(golden, tape, name, layer.Parameters, operand, states1, h, lastH, [], []);
    }

    private static void Check(GoldenFamily golden, Tape tape, string name, ParameterSet parameters, Tensor x, Tensor output, Tensor[] h, Tensor[] lastH, Tensor[] c, Tensor[] lastC)
    {
        Tensor total = (output * tape.Input(output.Shape, golden.Values(name, "seed.0"))).Sum();
        golden.AssertClose(name, "out.0", output.Values);
        foreach ((Tensor[] last, int result) in ((Tensor[], int)[])[(lastH, 1), (lastC, 2)])
        {
            if (last.Length == 0 || (result == 2 && c.Length == 0)) continue;
            golden.AssertClose(name, "out." + result, [.. last.SelectMany(one => one.ToArray())]);
            float[] seeds = golden.Values(name, "seed." + result);
            for (int i = 0; i < last.Length; i++) total += (last[i] * tape.Input(last[i].Shape, seeds.AsSpan(i * last[i].Length, last[i].Length))).Sum();
        }

        tape.Backward(total);
        golden.AssertClose(name, "grad.x", x.Gradient);
        golden.AssertClose(name, "grad.h", [.. h.SelectMany(one => one.Gradient.ToArray())]);
        if (c.Length > 0) golden.AssertClose(name, "grad.c", [.. c.SelectMany(one => one.Gradient.ToArray())]);
        foreach (Parameter parameter in parameters) golden.AssertClose(name, "grad." + parameter.Name, parameter.Gradients);
    }

    private static Tensor[] States(GoldenFamily golden, Tape tape, string name, string which)
    {
        int[] shape = golden.Shape(name, "in." + which);
        float[] values = golden.Values(name, "in." + which);
        int length = shape[1] * shape[2];
        return [.. Enumerable.Range(0, shape[0]).Select(i => tape.Input([shape[1], shape[2]], values.AsSpan(i * length, length), requiresGradient: true))];
    }
}
