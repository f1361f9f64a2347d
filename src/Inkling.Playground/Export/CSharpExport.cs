using System.Globalization;
using System.Text;
using Inkling.Nn;

namespace Inkling.Playground;

/// <summary>A trained network as a C# program that uses the library: it computes the same outputs, bit for bit.</summary>
public static class CSharpExport
{
    /// <summary>Writes the program: it reads x and y from its arguments, or shows a few points.</summary>
    public static string Write(PlaygroundRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        PlaygroundSetup setup = run.Setup;
        PlaygroundNetwork network = run.Network;
        StringBuilder code = new();
        string address = SetupText.Format(setup);
        code.Append(CultureInfo.InvariantCulture, $$"""
            // A network of Inkling's playground after {{run.Epoch:0.#}} epochs.
            // Open it again: /playground#{{address}}
            // For a project that references Inkling.Nn; its arguments are x and y.
            using System;
            using System.Globalization;
            using Inkling;
            using Inkling.Nn;

            var model = new Sequential({{Layers(setup, network)}}).Build(seed: 0);

            """);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            int place = setup.Activation == "linear" ? i : 2 * i;
            Assign(code, FormattableString.Invariant($"{place}.weight"), network.Layers[i].Weight);
            Assign(code, FormattableString.Invariant($"{place}.bias"), network.Layers[i].Bias!);
        }

        string inputs = string.Join(", ", InputFeatures.All.Where(feature => setup.Inputs.Contains(feature.Name)).Select(feature => feature.Formula));
        string output = network.Classes == 0 ? "output" : network.HasOutputOfEachClass ? "probabilities of the classes" : network.ReturnsLogit ? "output, the logit of class 1" : "output, above 0 for class 1 and below for class -1";
        return code.Append(CultureInfo.InvariantCulture, $$"""

            using var tape = new Tape(new TapeOptions { Recording = false });
            if (args.Length == 2) Show(float.Parse(args[0], CultureInfo.InvariantCulture), float.Parse(args[1], CultureInfo.InvariantCulture));
            else foreach ((float x, float y) in ((float, float)[])[(0, 0), (3, 3), (-3, 3), (-3, -3), (3, -3)]) Show(x, y);

            void Show(float x, float y) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{x:R} {y:R} {string.Join(' ', Predict(x, y))}"));

            // The {{output}}, of a point of the plane.
            float[] Predict(float x, float y)
            {
                tape.Begin();
                return model.Forward(tape.Constant([1, {{setup.Inputs.Count}}], [{{inputs}}])).ToArray();
            }

            """).ToString();
    }

    private static string Layers(PlaygroundSetup setup, PlaygroundNetwork network)
    {
        List<string> layers = [];
        for (int i = 0; i < network.Layers.Count; i++)
        {
            layers.Add(FormattableString.Invariant($"new Linear({network.Widths[i]}, {network.Widths[i + 1]})"));
            if (i < network.Layers.Count - 1 && setup.Activation != "linear") layers.Add($"ActivationCatalogue.Create(\"{setup.Activation}\")");
        }

        if (network.HasOutputOfEachClass) layers.Add("ActivationCatalogue.Create(\"softmax\")");
        else if (network.Classes == 2 && !network.ReturnsLogit) layers.Add("new Activation<Tanh>()");
        return string.Join(", ", layers);
    }

    private static void Assign(StringBuilder code, string name, Parameter parameter)
    {
        code.Append(CultureInfo.InvariantCulture, $"new float[] {{ ");
        foreach (float value in parameter.Values) code.Append(CultureInfo.InvariantCulture, $"{value:R}f, ");
        code.Length -= 2;
        code.Append(CultureInfo.InvariantCulture, $" }}.CopyTo(model.Parameters[\"{name}\"].Values);\n");
    }
}
