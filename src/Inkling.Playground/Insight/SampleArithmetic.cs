using static Inkling.Playground.SampleNotation;

namespace Inkling.Playground;

/// <summary>
/// The arithmetic of one sample, written out: the weighted sums and activations, the loss, back-propagation with every δ and gradient (Rumelhart, Hinton &amp; Williams 1986), and plain
/// gradient descent's new weights. The values are the tape's; formulas and numbers say how they come about. What stands between a weighted sum and its activation, such as batch
/// normalisation, is named and its values are shown. Leaves no trace in the run.
/// </summary>
public sealed class SampleArithmetic : IDisposable
{
    private readonly PlaygroundRun _run;
    private readonly NetworkMirror _mirror;
    private readonly string[] _inputs;

    /// <summary>Prepares to compute samples of a run.</summary>
    public SampleArithmetic(PlaygroundRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        _mirror = new NetworkMirror(run, recording: true);
        _inputs = run.Setup.ReadsColumns ? [.. run.Setup.Table!.Columns] : [.. InputFeatures.All.Where(feature => run.Setup.Inputs.Contains(feature.Name)).Select(feature => feature.Label)];
    }

    /// <summary>Computes a training point with the weights of now.</summary>
    /// <param name="at">Its place in <see cref="PointCloud.Training"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none at this place.</exception>
    public SampleSheet Compute(int at) => Compute(_run.Points.Training[at], _run.TrainingRows(at, 1));

    /// <summary>Computes a place of the plane with the weights of now; columns that the map does not show are at their mean.</summary>
    public SampleSheet Compute(LabelledPoint point) => Compute(point, _run.RowOf(point));

    private SampleSheet Compute(LabelledPoint point, (float[] Inputs, float[] Targets) row)
    {
        _mirror.Follow();
        SamplePass pass = SamplePass.Of(_run, _mirror, row.Inputs, row.Targets);
        List<SampleStep> steps =
        [
            new(SamplePhase.Forward, "What the network sees", "The inputs of this point.", -1, [.. _inputs.Select((label, i) => new SampleLine(label, FormulaOf(i), "", pass.Inputs[i]))]),
        ];
        for (int layer = 0; layer < pass.Layers.Length; layer++) Forward(steps, pass, layer);
        steps.Add(LossOf(pass));
        steps.Add(LossSlopes(pass));
        for (int layer = pass.Layers.Length - 1; layer >= 0; layer--) Backward(steps, pass, layer);
        for (int layer = 0; layer < pass.Layers.Length; layer++) steps.Add(Update(pass, layer));
        return new SampleSheet(point, pass.Loss, steps);
    }

    /// <summary>Frees the memory of its tape.</summary>
    public void Dispose() => _mirror.Dispose();

    private static string NameOf(SamplePass pass, int layer) => layer == pass.Layers.Length - 1 ? "the output" : $"hidden layer {layer + 1}";

    /// <summary>What a layer says: o at the output, a before.</summary>
    private static string Says(SamplePass pass, int layer, int unit) => Of(layer == pass.Layers.Length - 1 ? "o" : "a", unit, pass.Layers[layer].Units);

    /// <summary>What the activation is given: the weighted sum, or what was made of it.</summary>
    private static string Operand(LayerPass layer, int unit) => Of(layer.Operations.Length > 2 ? "n" : "z", unit, layer.Units);

    private string FormulaOf(int input) => _run.Setup.ReadsColumns ? "" : InputFeatures.All.First(feature => feature.Label == _inputs[input]).Formula.Replace("MathF.", "", StringComparison.Ordinal).Replace(" * ", "·", StringComparison.Ordinal).ToLowerInvariant();

    private string Seen(SamplePass pass, int layer, int from) => layer == 0 ? _inputs[from] : Says(pass, layer - 1, from);

    private void Forward(List<SampleStep> steps, SamplePass pass, int layer)
    {
        LayerPass here = pass.Layers[layer];
        bool last = layer == pass.Layers.Length - 1;
        int inputs = here.Inputs.Length;
        List<SampleLine> sums = [];
        for (int unit = 0; unit < here.Units; unit++)
        {
            int to = unit;
            string formula = string.Join(" + ", Enumerable.Range(0, inputs).Select(from => $"{Weight(to, from, here.Units, inputs)}·{Seen(pass, layer, from)}")) + " + " + Of("b", unit, here.Units);
            string numbers = string.Join(" + ", Enumerable.Range(0, inputs).Select(from => $"{Factor(here.Weights[(to * inputs) + from])}·{Factor(here.Inputs[from])}")) + " + " + Factor(here.Biases[unit]);
            sums.Add(new SampleLine(here.HasActivation ? Of("z", unit, here.Units) : Says(pass, layer, unit), formula, numbers, here.Values[0][unit]));
        }

        steps.Add(new SampleStep(SamplePhase.Forward, $"Weighted sums of {NameOf(pass, layer)}", "Each unit multiplies what it is given with its weights, and adds its bias.", layer, sums));
        for (int i = 1; i < here.Operations.Length - 1; i++)
        {
            string name = Operation(here.Operations[i]), before = i == 1 ? "z" : "n";
            steps.Add(new SampleStep(SamplePhase.Forward, $"{name}, {NameOf(pass, layer)}", $"Between sum and activation stands {name}; its values are shown, its arithmetic is not.", layer,
                [.. here.Values[i].Select((value, unit) => new SampleLine(Of("n", unit, here.Units), $"{name}({Of(before, unit, here.Units)})", $"{name}({Number(here.Values[i - 1][unit])})", value))]));
        }

        if (!here.HasActivation) return;
        string activation = Operation(here.Operations[^1]);
        steps.Add(new SampleStep(SamplePhase.Forward, last ? "What the network says" : $"Activations of {NameOf(pass, layer)}", $"{activation} of each sum is what the unit says.", layer,
            [.. here.Values[^1].Select((value, unit) => new SampleLine(Says(pass, layer, unit), $"{activation}({Operand(here, unit)})", $"{activation}({Number(here.Values[^2][unit])})", value))]));
    }

    private SampleStep LossOf(SamplePass pass)
    {
        (string formula, string numbers) = pass.Output.Length > 1 ? ("−ln softmax(o)ₜ", "")
            : _mirror.Network.ReturnsLogit ? ("−t·ln σ(o) − (1 − t)·ln(1 − σ(o))", $"t = {Number(pass.Target)}, σ(o) = {Number(Sigmoid(pass.Output[0]))}")
            : ("½·(o − t)²", $"½·({Number(pass.Output[0])} − {Factor(pass.Target)})²");
        return new SampleStep(SamplePhase.Loss, "The loss", "How far what it says is from what it shall say.", -1,
            [new SampleLine("t", "what it shall say", "", pass.Target), new SampleLine("L", formula, numbers, pass.Loss)]);
    }

    private SampleStep LossSlopes(SamplePass pass)
    {
        SampleLine[] lines = [.. pass.OutputGradient.Select((value, unit) =>
        {
            string says = Of("o", unit, pass.Output.Length);
            if (pass.Output.Length > 1) return new SampleLine($"∂L/∂{says}", unit == (int)pass.Target ? $"softmax(o){Below(unit + 1)} − 1" : $"softmax(o){Below(unit + 1)}", "", value);
            return _mirror.Network.ReturnsLogit
                ? new SampleLine("∂L/∂o", "σ(o) − t", $"{Number(Sigmoid(pass.Output[0]))} − {Number(pass.Target)}", value)
                : new SampleLine("∂L/∂o", "o − t", $"{Number(pass.Output[0])} − {Factor(pass.Target)}", value);
        })];
        return new SampleStep(SamplePhase.Backward, "How the loss changes with the output", "Back-propagation begins here: the derivative of the loss.", pass.Layers.Length - 1, lines);
    }

    private void Backward(List<SampleStep> steps, SamplePass pass, int layer)
    {
        LayerPass here = pass.Layers[layer];
        int inputs = here.Inputs.Length;
        steps.Add(Deltas(pass, layer));
        for (int i = here.Operations.Length - 2; i >= 1; i--)
        {
            string name = Operation(here.Operations[i]);
            steps.Add(new SampleStep(SamplePhase.Backward, $"Back through {name}, {NameOf(pass, layer)}", $"What {name} hands back to the weighted sums.", layer,
                [.. here.Gradients[i - 1].Select((value, unit) => new SampleLine(Of("δ", unit, here.Units), $"∂L/∂{Of(i == 1 ? "z" : "n", unit, here.Units)}", "", value))]));
        }

        List<SampleLine> gradients = [];
        for (int unit = 0; unit < here.Units; unit++)
        {
            string delta = Of("δ", unit, here.Units);
            for (int from = 0; from < inputs; from++)
                gradients.Add(new SampleLine($"∂L/∂{Weight(unit, from, here.Units, inputs)}", $"{delta}·{Seen(pass, layer, from)}", $"{Factor(here.Gradients[0][unit])}·{Factor(here.Inputs[from])}", here.WeightGradients[(unit * inputs) + from]));
            gradients.Add(new SampleLine($"∂L/∂{Of("b", unit, here.Units)}", delta, Number(here.Gradients[0][unit]), here.BiasGradients[unit]));
        }

        steps.Add(new SampleStep(SamplePhase.Backward, $"Gradients of the weights of {NameOf(pass, layer)}", "A weight's gradient is the δ of its unit times what came in through it.", layer, gradients));
        if (layer == 0) return;
        SampleLine[] handed = [.. pass.Layers[layer - 1].Gradients[^1].Select((value, from) => new SampleLine(
            $"∂L/∂{Seen(pass, layer, from)}",
            string.Join(" + ", Enumerable.Range(0, here.Units).Select(unit => $"{Weight(unit, from, here.Units, inputs)}·{Of("δ", unit, here.Units)}")),
            string.Join(" + ", Enumerable.Range(0, here.Units).Select(unit => $"{Factor(here.Weights[(unit * inputs) + from])}·{Factor(here.Gradients[0][unit])}")),
            value))];
        steps.Add(new SampleStep(SamplePhase.Backward, $"Handed back to {NameOf(pass, layer - 1)}", "Each unit gets its share of the blame from every unit that it feeds, by the weight between.", layer, handed));
    }

    private static SampleStep Deltas(SamplePass pass, int layer)
    {
        LayerPass here = pass.Layers[layer];
        bool between = here.Operations.Length > 2;
        float[] deltas = here.HasActivation ? here.Gradients[^2] : here.Gradients[0];
        SampleLine[] lines = [.. deltas.Select((value, unit) =>
        {
            string says = Says(pass, layer, unit), name = between ? $"∂L/∂{Operand(here, unit)}" : Of("δ", unit, here.Units);
            if (!here.HasActivation) return new SampleLine(name, $"∂L/∂{says}", Number(here.Gradients[0][unit]), value);
            return new SampleLine(name, $"∂L/∂{says}·{Slope(here.Operations[^1], Operand(here, unit), says)}", $"{Factor(here.Gradients[^1][unit])}·{Factor(here.Slopes[unit])}", value);
        })];
        string explains = here.HasActivation
            ? $"δ is how the loss changes with a unit's sum: what comes back, times the slope of {Operation(here.Operations[^1])} there. A flat slope lets little through."
            : "δ is how the loss changes with a unit's sum; nothing is between.";
        return new SampleStep(SamplePhase.Backward, $"δ of {NameOf(pass, layer)}", explains, layer, lines);
    }

    private SampleStep Update(SamplePass pass, int layer)
    {
        LayerPass here = pass.Layers[layer];
        int inputs = here.Inputs.Length;
        float rate = (float)_run.Setup.LearningRate;
        List<SampleLine> lines = [];
        for (int unit = 0; unit < here.Units; unit++)
        {
            for (int from = 0; from < inputs; from++)
            {
                int at = (unit * inputs) + from;
                lines.Add(Line(Weight(unit, from, here.Units, inputs), here.Weights[at], here.WeightGradients[at]));
            }

            lines.Add(Line(Of("b", unit, here.Units), here.Biases[unit], here.BiasGradients[unit]));
        }

        string others = _run.Setup.Optimizer == "sgd" ? "" : $" The optimizer that is chosen, {_run.Setup.Optimizer}, makes another step of the same gradient.";
        string penalty = _run.Setup.Penalty == PenaltyKind.None ? "" : " The penalty, which adds to the gradients, is left out.";
        return new SampleStep(SamplePhase.Update, $"New weights of {NameOf(pass, layer)}", $"Gradient descent: against the gradient, by the learning rate η. In a batch the gradients of its points are averaged first.{others}{penalty}", layer, lines);

        SampleLine Line(string name, float weight, float gradient) => new(name, $"{name} − η·∂L/∂{name}", $"{Number(weight)} − {Factor(rate)}·{Factor(gradient)}", weight - (rate * gradient));
    }

    private static float Sigmoid(float value) => 1 / (1 + MathF.Exp(-value));
}
