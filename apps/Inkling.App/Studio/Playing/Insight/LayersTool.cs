using System.Text.Json;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing;

/// <summary>What goes on in the layers, told while the run goes on.</summary>
internal sealed class LayersTool(IPlayingDesk desk) : InsightTool(desk)
{
    private LayerLook? _look;

    /// <inheritdoc/>
    public override string Name => "layers";

    /// <inheritdoc/>
    protected override bool FollowsRun => true;

    /// <inheritdoc/>
    public override void Begin()
    {
        Forget();
        Progress();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Forget();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override bool Ask(string verb, JsonElement? body) => false;

    /// <inheritdoc/>
    protected override void TellAll()
    {
        _look ??= new LayerLook(Desk.Run);
        IReadOnlyList<LayerReport> reports = _look.Look();
        LayersAnswer answer = new(
            [.. reports.Select(report => new LayerAnswer(report.Title, report.Units, InsightBody.Drawn(report.GradientNorm), report.Dead.Count, report.Stuck.Count, InsightBody.Drawn(report.Saturated), InsightBody.Drawn(report.Off), Of(report.Activations), Of(report.Gradients), report.Words))],
            LayerLook.GradientWords(reports));
        Desk.Tell(Name, JsonSerializer.SerializeToElement(answer, InsightJson.Default.LayersAnswer));

        static HistogramAnswer Of(Histogram histogram) => new(InsightBody.Drawn(histogram.Low), InsightBody.Drawn(histogram.High), histogram.Counts);
    }

    private void Forget()
    {
        _look?.Dispose();
        _look = null;
    }
}
