using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Inkling.App.Evaluating;
using Inkling.App.Running;
using Inkling.Mail;

namespace Inkling.App.Commands;

/// <summary><c>evaluate</c>: a simulated typist types mail that the model has not seen, and counts what was saved.</summary>
internal sealed class EvaluateCommand : AppCommand
{
    private readonly Option<string?> _model = new("--model") { Description = "The model folder; by default the one in use.", HelpName = "DIR" };

    private readonly Option<string[]> _mail = new("--mail")
    {
        Description = "Mail the model has not learnt from: .eml, .mbox, a Maildir, a folder of any of these, .jsonl or .jsonl.gz.",
        HelpName = "PATH...",
        AllowMultipleArgumentsPerToken = true,
        Required = true,
    };

    private readonly Option<string?> _me = new("--me") { Description = "Your address, to tell your own mail from others'.", HelpName = "ADDRESS" };
    private readonly Option<int> _mails = new("--mails") { Description = "Mails to type.", DefaultValueFactory = _ => new EvaluationOptions().Mails, HelpName = "N" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Decides which mails are drawn.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the figures as one JSON document." };

    public EvaluateCommand() : base("evaluate", "Measure a model: keystrokes saved, precision, calibration, latency.")
    {
        foreach (Option option in (Option[])[_model, _mail, _me, _mails, _seed, _json])
        {
            Add(option);
        }
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling evaluate --model ./mine --mail newest.mbox --me ann@example.org", "what would it have saved on the newest mail?"),
        ("inkling evaluate --model models/default --mail held-out.jsonl.gz --mails 200 --json", "figures for a script"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        int mails = given.GetValue(_mails);
        if (mails < 1)
        {
            throw FailureException.Usage($"--mails {mails}: give 1 or more");
        }

        string[] paths = MailPaths.Existing("--mail", given.GetValue(_mail)!);
        using Completer completer = Completer.Load(ModelChoice.Resolve(given.GetValue(_model), DataFolder.OfUser()));
        var report = new MailReadReport();
        // The text as it was typed, so that the figures compare with those of other judges.
        var reading = new MailReadOptions { Me = given.GetValue(_me), CleanDataSets = false };
        EvaluationResult result = MailEvaluator.Evaluate(
            completer,
            MailReader.Read(paths, reading, report, stop),
            new EvaluationOptions { Mails = mails, Seed = given.GetValue(_seed) },
            new EvaluationProgressLine(Console.Error),
            stop);
        if (given.GetValue(_json))
        {
            StandardOutput.WriteLine(JsonSerializer.Serialize(result, AppJson.Readable.EvaluationResult));
        }
        else
        {
            Print(result, completer.Info);
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static void Print(EvaluationResult result, ModelInfo model)
    {
        StandardOutput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name}: {result.Mails} mails, {result.Characters:#,0} characters typed"));
        Line("keystroke savings", $"{result.KeystrokeSavings.Whole:P1} whole suggestions, {result.KeystrokeSavings.Word:P1} word by word, {result.KeystrokeSavings.Oracle:P1} with the best candidate");
        Line("shown", $"at {result.Coverage:P1} of positions, right {result.PrecisionWhenShown:P1} of the time, {result.MeanShownChars:0.0} characters on average");
        Line("exact match", string.Join(", ", result.ExactMatch.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} words {one.Value:P1}"))));
        Line("bits per character", result.BitsPerCharacter is { } bits ? $"{bits:0.000}" : "not measured");
        Line("calibration error", $"{result.Calibration.ExpectedCalibrationError:0.000} of all best candidates, {result.CalibrationWhenShown.ExpectedCalibrationError:0.000} of the shown");
        Line("latency", $"{result.LatencyMs.P50:0.00} ms p50, {result.LatencyMs.P90:0.00} ms p90, {result.LatencyMs.P99:0.00} ms p99");
        Line("peak memory", $"{result.PeakMemoryMB:0} MB");
        foreach ((string source, EvaluationResult part) in result.Sources.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            Line(source, $"{part.Mails} mails, savings {part.KeystrokeSavings.Whole:P1}, coverage {part.Coverage:P1}, precision {part.PrecisionWhenShown:P1}");
        }
    }

    private static void Line(string name, string text) => StandardOutput.WriteLine($"  {name,-20} {text}");
}
