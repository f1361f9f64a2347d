using System.Globalization;
using System.Text;
using Inkling.Nn;

namespace Inkling.Playground;

/// <summary>A trained network as a C# program that uses the library: it computes the same outputs, bit for bit.</summary>
public static class CSharpExport
{
    /// <summary>Writes the program: it reads a point from its arguments, x and y or a value for each column, or shows a few points.</summary>
    public static string Write(PlaygroundRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        (PlaygroundSetup setup, PlaygroundNetwork network) = (run.Setup, run.Network);
        StringBuilder code = new(), values = new();
        string layers = Layers(setup, network, values);
        code.Append(CultureInfo.InvariantCulture, $$"""
            // A network of Inkling's playground after {{run.Epoch:0.#}} epochs.
            // Open it again: /playground#{{SetupText.Format(setup)}}
            // To run it: dotnet new console -o Network; save this as Network/Program.cs;
            // dotnet add Network reference PATH-TO-INKLING/src/Inkling.Nn/Inkling.Nn.csproj; dotnet run --project Network -- {{string.Join(' ', Enumerable.Repeat("0.5", setup.ReadsColumns ? setup.InputCount : 2))}}

            """);
        foreach (string note in setup.Table?.Notes ?? []) code.Append("// ").Append(note.ReplaceLineEndings(" ")).Append('\n');
        code.Append(CultureInfo.InvariantCulture, $$"""
            using System;
            using System.Globalization;
            using System.Linq;
            using Inkling;
            using Inkling.Nn;

            var model = new Sequential({{layers}}).Build(seed: 0);
            {{values}}
            using var tape = new Tape(new TapeOptions { Recording = false });
            {{Main(setup)}}

            // The {{Says(network)}}.
            {{Predict(setup)}}
            """);
        return code.Append('\n').ToString();
    }

    private static string Main(PlaygroundSetup setup)
    {
        if (setup.ReadsColumns)
        {
            int width = setup.InputCount;
            return $$"""
                Show(args.Length == {{width}} ? [.. args.Select(one => float.Parse(one, CultureInfo.InvariantCulture))] : new float[{{width}}]);

                void Show(float[] columns) => Console.WriteLine(string.Join(' ', columns.Concat(Predict(columns)).Select(number => number.ToString("R", CultureInfo.InvariantCulture))));
                """;
        }

        return """
            if (args.Length == 2) Show(float.Parse(args[0], CultureInfo.InvariantCulture), float.Parse(args[1], CultureInfo.InvariantCulture));
            else foreach ((float x, float y) in ((float, float)[])[(0, 0), (3, 3), (-3, 3), (-3, -3), (3, -3)]) Show(x, y);

            void Show(float x, float y) => Console.WriteLine(string.Join(' ', new[] { x, y }.Concat(Predict(x, y)).Select(number => number.ToString("R", CultureInfo.InvariantCulture))));
            """;
    }

    private static string Predict(PlaygroundSetup setup)
    {
        string inputs = setup.ReadsColumns ? "columns" : $"[{string.Join(", ", InputFeatures.All.Where(feature => setup.Inputs.Contains(feature.Name)).Select(feature => feature.Formula))}]";
        return $$"""
            float[] Predict({{(setup.ReadsColumns ? "float[] columns" : "float x, float y")}})
            {
                tape.Begin();
                return model.Forward(tape.Constant([1, {{setup.InputCount}}], {{inputs}})).ToArray();
            }
            """;
    }

    private static string Says(PlaygroundNetwork network) => network switch
    {
        { Classes: 0 } => "output",
        { HasOutputOfEachClass: true } => "probabilities of the classes",
        { ReturnsLogit: true } => "output, the logit of class 1",
        { OutputActivation: "tanh" } => "output, above 0 for class 1 and below for class -1",
        _ => "output, near 1 for class 1 and near 0 for class -1",
    };

    /// <summary>The layers in order, and the numbers of those that have some; a place counts every layer.</summary>
    private static string Layers(PlaygroundSetup setup, PlaygroundNetwork network, StringBuilder values)
    {
        List<string> layers = [];
        for (int i = 0; i < network.Layers.Count; i++)
        {
            Assign(values, layers.Count, "weight", network.Layers[i].Weight);
            Assign(values, layers.Count, "bias", network.Layers[i].Bias!);
            layers.Add(FormattableString.Invariant($"new Linear({network.Widths[i]}, {network.Widths[i + 1]})"));
            if (i == network.Layers.Count - 1) break;
            if (network.Norms[i] is { } norm)
            {
                Assign(values, layers.Count, "weight", norm.Gain);
                Assign(values, layers.Count, "bias", norm.Bias);
                Assign(values, layers.Count, "running_mean", norm.RunningMean);
                Assign(values, layers.Count, "running_var", norm.RunningVariance);
                layers.Add(FormattableString.Invariant($"new BatchNorm1D({network.Widths[i + 1]})"));
            }

            if (Activation(setup.ActivationOf(i)) is { } activation) layers.Add(activation);
        }

        if (network.HasOutputOfEachClass) layers.Add("ActivationCatalogue.Create(\"softmax\")");
        else if (Activation(network.OutputActivation) is { } output) layers.Add(output);
        return string.Join(", ", layers);
    }

    private static string? Activation(string name) => name switch
    {
        "linear" => null,
        "step" => "new Lambda(\"Step\", x => x.Tape.Constant(x.Shape, [.. x.ToArray().Select(value => value > 0 ? 1f : 0f)]))",
        _ => $"ActivationCatalogue.Create(\"{name}\")",
    };

    // A run that diverged may have numbers that no literal says.
    private static string Spelt(float value) =>
        float.IsNaN(value) ? "float.NaN" : float.IsInfinity(value) ? value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity" : string.Create(CultureInfo.InvariantCulture, $"{value:R}f");

    private static void Assign(StringBuilder code, int place, string name, Parameter parameter)
    {
        code.Append(CultureInfo.InvariantCulture, $"new float[] {{ ");
        foreach (float value in parameter.Values) code.Append(Spelt(value)).Append(", ");
        code.Length -= 2;
        code.Append(CultureInfo.InvariantCulture, $" }}.CopyTo(model.Parameters[\"{place}.{name}\"].Values);\n");
    }
}
