using System.Globalization;
using Inkling.App.Running;
using Inkling.Mail;
using Spectre.Console;
using Spectre.Console.Rendering;
using Label = Spectre.Console.Text;

namespace Inkling.App.Training;

/// <summary>A panel on the terminal that is redrawn a few times a second.</summary>
internal sealed class LiveTrainingView : LiveView, ITrainingView
{
    private const int CurveWidth = 40;

    private readonly List<double> _validation = [];
    private readonly List<double> _losses = [];
    private readonly List<string> _said = [];
    private TrainingReport? _report;

    /// <summary>Starts drawing.</summary>
    public LiveTrainingView() => Start();

    /// <inheritdoc/>
    public void Report(TrainingReport value)
    {
        lock (Drawn)
        {
            if (value.ValidationLoss is { } loss && (_validation.Count == 0 || _validation[^1] != loss))
            {
                _validation.Add(loss);
            }

            if (value.Stage == TrainingStage.Training && value.Step > 0 && value.Step != _report?.Step)
            {
                _losses.Add(value.Loss);
            }

            _report = value;
        }
    }

    /// <inheritdoc/>
    public void Say(string line)
    {
        lock (Drawn)
        {
            _said.Add(line);
        }
    }

    protected override IRenderable Render()
    {
        List<IRenderable> rows = [.. _said.Select(line => new Label(line))];
        if (_report is { } report)
        {
            rows.Add(new Panel(Figures(report)).Header(IsStopping ? "stopping: keeping the best model" : TrainingWords.Stage(report.Stage)).RoundedBorder());
        }

        return new Rows(rows);
    }

    private Grid Figures(TrainingReport report)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        void Row(string name, string value) => grid.AddRow(new Label(name, new Style(decoration: Decoration.Dim)), new Label(value));

        string of = report.Steps > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {report.Steps:#,0}") : "";
        Row("step", string.Create(CultureInfo.InvariantCulture, $"{report.Step:#,0}{of}   {Bar(report)}"));
        if (report.Stage is TrainingStage.Training or TrainingStage.Validating)
        {
            Row("epoch", report.Epoch.ToString("0.00", CultureInfo.InvariantCulture));
            Row("loss", string.Create(CultureInfo.InvariantCulture, $"{report.Loss:0.000}   perplexity {TrainingWords.Perplexity(report.Perplexity)}"));
            Row("", Sparkline.Draw(_losses, CurveWidth));
            string best = report.BestValidationLoss is { } lowest ? string.Create(CultureInfo.InvariantCulture, $"{report.ValidationLoss:0.000}   best {lowest:0.000}") : "not yet";
            Row("validation", report.BitsPerCharacter is { } bits ? string.Create(CultureInfo.InvariantCulture, $"{best}   {bits:0.000} bits/character") : best);
            Row("", Sparkline.Draw(_validation, CurveWidth));
            Row("speed", string.Create(CultureInfo.InvariantCulture, $"{report.TokensPerSecond:#,0} tokens/s"));
        }

        Row("time", TrainingWords.Time(report.Elapsed) + (report.Remaining is { } left ? $" gone, {TrainingWords.Time(left)} left" : " gone"));
        Row("", IsStopping ? "" : "Ctrl+C stops and keeps the best");
        return grid;
    }

    private static string Bar(TrainingReport report)
    {
        if (report.Steps <= 0)
        {
            return "";
        }

        int full = (int)Math.Clamp(report.Step * CurveWidth / report.Steps, 0, CurveWidth);
        return new string('━', full) + new string('─', CurveWidth - full);
    }
}
