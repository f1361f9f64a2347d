using System.Globalization;
using Inkling.Recording;

namespace Inkling.Playground;

/// <summary>
/// Looks into the layers of a run: how large their gradients are, which units are dead or saturated, how their outputs lie. Slopes are found by going back through each activation alone,
/// so that every activation of the library is understood. Leaves no trace in the run.
/// </summary>
public sealed class LayerLook : IDisposable
{
    /// <summary>An activation whose slope is below this is saturated: a tanh beyond ±0.99, a sigmoid below 0.02 or above 0.98.</summary>
    public const float Flat = 0.02f;

    private const float NoSlope = 1e-6f;
    private const int MostRows = 500;

    private readonly PlaygroundRun _run;
    private readonly NetworkMirror _mirror;
    private readonly float[] _inputs;
    private readonly float[] _targets;

    /// <summary>Prepares to look into a run.</summary>
    public LayerLook(PlaygroundRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
        _mirror = new NetworkMirror(run, recording: true);
        (_inputs, _targets) = run.TrainingRows(0, MostRows);
    }

    /// <summary>All layers, the one beside the inputs first; the last is the output's.</summary>
    public IReadOnlyList<LayerReport> Look()
    {
        _mirror.Follow();
        int count = _mirror.Stages.Length;
        LayerReport[] reports = new LayerReport[count];
        for (int layer = 0; layer < count; layer++) reports[layer] = SlopesOf(layer);
        _mirror.Tape.Backward(_run.LossOn(_mirror.Forward(_inputs), _targets));
        for (int layer = 0; layer < count; layer++)
        {
            float[] gradients = [.. _mirror.Network.Layers[layer].Weight.Gradients, .. _mirror.Network.Layers[layer].Bias is { } bias ? bias.Gradients : []];
            double sum = 0;
            foreach (float gradient in gradients) sum += (double)gradient * gradient;
            LayerReport report = reports[layer] with { GradientNorm = (float)Math.Sqrt(sum), Gradients = Histogram.Of(gradients) };
            reports[layer] = report with { Words = WordsOf(report) };
        }

        _mirror.Network.Parameters.ConsumeGradients();
        return reports;
    }

    /// <summary>What the gradients of all layers together mean; empty where there is nothing to say.</summary>
    public static string GradientWords(IReadOnlyList<LayerReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        if (reports.Count < 2) return "";
        float first = reports[0].GradientNorm, last = reports[^1].GradientNorm;
        if (!float.IsFinite(first) || !float.IsFinite(last)) return "The gradients are no longer numbers: it has diverged.";
        if (last < 1e-6f && first < 1e-6f) return "All gradients are next to nothing: it stands still, in a minimum or on a plain.";
        if (first == 0) return "No gradient comes back to the first layer: it learns nothing any more.";
        if (first < last / 100) return $"Gradients vanish on their way back: {Written(last)} at the output, {Written(first)} in the first layer, which hardly learns.";
        return first > 100 * last ? $"Gradients grow on their way back: {Written(last)} at the output, {Written(first)} in the first layer." : "";
    }

    /// <summary>Frees the memory of its tape.</summary>
    public void Dispose() => _mirror.Dispose();

    private static string Written(float value) => value.ToString(Math.Abs(value) < 0.001 ? "0.#e0" : "0.###", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>The slopes of a layer's activation on every point, by the gradient of the sum of its outputs.</summary>
    private LayerReport SlopesOf(int layer)
    {
        _mirror.Forward(_inputs);
        Tensor says = _mirror.Stages[layer];
        int units = says.Shape[1];
        float[] outputs = says.ToArray(), slopes = new float[outputs.Length];
        IReadOnlyList<TapeRecord> operations = _mirror.OperationsOf(_mirror.Tape.Records(), layer);
        if (operations.Count > 1)
        {
            Tensor sum = operations[^1].Inputs[0];
            _mirror.Tape.RetainGradient(sum);
            _mirror.Tape.Backward(says.Sum());
            sum.Gradient.CopyTo(slopes);
            _mirror.Network.Parameters.ConsumeGradients();
        }
        else
        {
            slopes.AsSpan().Fill(1);
        }

        List<int> dead = [], stuck = [];
        int off = 0, saturated = 0;
        for (int unit = 0; unit < units; unit++)
        {
            int rows = 0, offHere = 0, flatHere = 0;
            for (int i = unit; i < outputs.Length; i += units, rows++)
            {
                bool isOff = outputs[i] == 0 && Math.Abs(slopes[i]) < NoSlope;
                if (isOff) offHere++;
                else if (Math.Abs(slopes[i]) < Flat) flatHere++;
            }

            if (offHere == rows) dead.Add(unit);
            else if (offHere + flatHere == rows) stuck.Add(unit);
            off += offHere;
            saturated += flatHere;
        }

        bool last = layer == _mirror.Stages.Length - 1;
        return new LayerReport
        {
            Title = last ? "Output" : string.Create(CultureInfo.InvariantCulture, $"Hidden layer {layer + 1}"),
            IsOutput = last,
            Units = units,
            GradientNorm = 0,
            Dead = dead,
            Stuck = stuck,
            Saturated = (float)saturated / outputs.Length,
            Off = (float)off / outputs.Length,
            Alike = AlikeIn(outputs, units, dead),
            Activations = Histogram.Of(outputs),
            Gradients = Histogram.Of([]),
            Words = "",
        };
    }

    private static int AlikeIn(float[] outputs, int units, List<int> dead)
    {
        int alike = 0;
        for (int unit = 1; unit < units; unit++)
        {
            if (dead.Contains(unit)) continue;
            for (int other = 0; other < unit; other++)
            {
                bool same = true;
                for (int row = 0; same && row < outputs.Length; row += units) same = outputs[row + unit] == outputs[row + other];
                if (!same) continue;
                alike++;
                break;
            }
        }

        return alike;
    }

    private static string WordsOf(LayerReport report)
    {
        List<string> words = [];
        string units = report.Units == 1 ? "unit" : "units";
        if (report.Dead.Count > 0) words.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Dead.Count} of {report.Units} {units} never fire{(report.Dead.Count == 1 ? "s" : "")}: 0 on every point, so nothing is learnt there."));
        if (report.Stuck.Count > 0) words.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Stuck.Count} of {report.Units} {units} {(report.Stuck.Count == 1 ? "is" : "are")} saturated on every point and hardly learn{(report.Stuck.Count == 1 ? "s" : "")}."));
        if (report.Saturated >= 0.3f && !report.IsOutput && report.Stuck.Count < report.Units) words.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Saturated * 100:0} % of the outputs are saturated: flat parts of the activation, through which little is learnt."));
        if (report.Alike > 0) words.Add(string.Create(CultureInfo.InvariantCulture, $"{report.Alike} of {report.Units} units only repeat{(report.Alike == 1 ? "s" : "")} what another one says: what begins alike stays alike."));
        if (words.Count == 0) words.Add(report.Units == 1 ? "It works." : string.Create(CultureInfo.InvariantCulture, $"All {report.Units} units work."));
        return string.Join(' ', words);
    }
}
