using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Inkling.App.Running;
using Inkling.App.Training;
using Inkling.Mail;
using Inkling.Training;

namespace Inkling.App.Commands;

/// <summary><c>train</c>: makes a model of mail, from scratch or on from another model.</summary>
internal sealed class TrainCommand : AppCommand
{
    private readonly Option<string[]> _mail = Paths("--mail", "The mail to learn from: .eml, .mbox, a Maildir, a folder of any of these, .jsonl or .jsonl.gz.");
    private readonly Option<string[]> _valid = Paths("--valid", "Mail to validate on; by default the newest tenth of --mail.");
    private readonly Option<string[]> _background = Paths("--background", "Mail by others, such as mailing lists, that teaches general language.");
    private readonly Option<double> _backgroundWeight = new("--background-weight") { Description = "The share of --background that each pass reads, a different one each time.", DefaultValueFactory = _ => 0.25, HelpName = "W" };
    private readonly Option<string?> _me = new("--me") { Description = "Your address, to tell your own mail from others'.", HelpName = "ADDRESS" };
    private readonly Option<string?> _from = new("--from") { Description = "The model to train on from; its tokenizer is kept.", HelpName = "MODELDIR" };
    private readonly Option<string?> _out = new("--out") { Description = "Where the model goes; by default a new folder among your own models.", HelpName = "DIR" };
    private readonly Option<string> _preset = new("--preset") { Description = "The model's size.", DefaultValueFactory = _ => TrainingPreset.Small.Name, HelpName = "nano|small|base" };
    private readonly Option<double?> _epochs = new("--epochs") { Description = "Passes over the mail; by default what the preset says.", HelpName = "N" };
    private readonly Option<double?> _minutes = new("--minutes") { Description = "The longest time to train; it ends sooner when all passes are done or validation stops improving.", HelpName = "M" };
    private readonly Option<double?> _rate = new("--learning-rate") { Description = "The highest learning rate; by default the preset's, and a lower one when training goes on from a model.", HelpName = "RATE" };
    private readonly Option<string?> _values = new("--values") { Description = "Values found by tuning, instead of the preset's; inkling tune --task mail-base finds them, and the studio opens them from a study.", HelpName = "\"NAME=VALUE ...\"" };
    private readonly Option<int?> _patience = new("--patience") { Description = "Validations without improvement after which training stops (under --minutes there are sixteen); by default 5.", HelpName = "N" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The same seed and mail give the same model.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the interrupted run in --out." };
    private readonly Option<bool> _json = new("--json") { Description = "Print what came out as one JSON document." };

    public TrainCommand() : base("train", "Train a model on mail, from scratch or on from a model.")
    {
        _mail.Required = true;
        _preset.AcceptOnlyFromAmong([.. TrainingPreset.All.Select(preset => preset.Name)]);
        foreach (Option option in (Option[])[_mail, _valid, _background, _backgroundWeight, _me, _from, _out, _preset, _epochs, _minutes, _rate, _values, _patience, _seed, _resume, _json])
        {
            Add(option);
        }
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling train --mail ~/Mail/Sent --me ann@example.org --from models/default --minutes 20", "teach the shipped model your own way of writing"),
        ("inkling train --mail sent.mbox --preset nano --out ./tiny", "a small model from scratch, in two minutes"),
        ("inkling train --mail sent.mbox --preset base --values \"learningRate=0.004 lanes=16 dropout=0.2\"", "with values that inkling tune --task mail-base has found"),
        ("inkling train --mail sent.mbox --preset nano --out ./tiny --resume", "go on after Ctrl+C or a power cut"),
    ];

    public override async Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        MailTrainingOptions options = Read(given);
        MailTrainingResult result;
        using (ITrainingView view = TrainingView.Create())
        {
            view.Say($"{(options.Resume ? "going on with" : "training")} {options.Out}{(options.From is null ? "" : $" from {options.From}")}");
            using CancellationTokenRegistration stopping = stop.Register(view.Stopping);
            result = await new MailTraining(options).RunAsync(view, pause: null, stop).ConfigureAwait(false);
        }

        foreach (string note in result.Mail.Notes)
        {
            await Console.Error.WriteLineAsync($"note: {note}").ConfigureAwait(false);
        }

        foreach (string warning in result.Mail.Warnings)
        {
            await Console.Error.WriteLineAsync($"warning: {warning}").ConfigureAwait(false);
        }

        Tell(result, given.GetValue(_json));
        if (result.Reason is StopReason.Cancelled || stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"inkling: interrupted (and nothing lost): the best model is in {result.Folder}; the same command with --resume goes on").ConfigureAwait(false);
            return ExitCode.Interrupted;
        }

        return ExitCode.Done;
    }

    private MailTrainingOptions Read(ParseResult given)
    {
        string? folder = given.GetValue(_out);
        bool resume = given.GetValue(_resume);
        if (resume && folder is null)
        {
            throw FailureException.Usage("train --resume needs --out: the folder of the run to go on with");
        }

        if (given.GetValue(_patience) is < 1) throw FailureException.Usage($"--patience {given.GetValue(_patience)}: give 1 or more");
        DataFolder data = DataFolder.OfUser();
        TrainingValues values = TrainingValues.Parse(given.GetValue(_values) ?? "");
        if (given.GetValue(_from) is not null && values.Widths.Any())
            throw FailureException.Usage($"--values: {string.Join(" and ", values.Widths)} cannot change when training goes on from a model; leave them out, or train anew without --from");
        var defaults = new MailTrainingOptions { Mail = [], Out = "" };
        MailTrainingOptions options = defaults with
        {
            Mail = MailPaths.Existing("--mail", given.GetValue(_mail)!),
            Valid = MailPaths.Existing("--valid", given.GetValue(_valid) ?? []),
            Background = MailPaths.Existing("--background", given.GetValue(_background) ?? []),
            BackgroundWeight = Positive("--background-weight", given.GetValue(_backgroundWeight))!.Value,
            Me = given.GetValue(_me),
            From = given.GetValue(_from) is { } from ? ModelChoice.Resolve(from, data) : null,
            Out = Path.GetFullPath(folder ?? Fresh(data)),
            Preset = values.Apply(TrainingPreset.Parse(given.GetValue(_preset)!)),
            Epochs = Positive("--epochs", given.GetValue(_epochs)),
            Minutes = Positive("--minutes", given.GetValue(_minutes)),
            LearningRate = Positive("--learning-rate", given.GetValue(_rate)),
            Patience = given.GetValue(_patience) ?? defaults.Patience,
            Seed = given.GetValue(_seed),
            Resume = resume,
        };
        if (resume) CheckSame(given, options.Resumed(), values);
        return options;
    }

    // What is not given is as it was; what is given must be.
    private void CheckSame(ParseResult given, MailTrainingOptions run, TrainingValues values)
    {
        Check(_preset, given.GetValue(_preset) == run.Preset.Name, run.Preset.Name);
        Check(_seed, given.GetValue(_seed) == run.Seed, run.Seed.ToString(CultureInfo.InvariantCulture));
        Check(_backgroundWeight, given.GetValue(_backgroundWeight) == run.BackgroundWeight, run.BackgroundWeight.ToString(CultureInfo.InvariantCulture));
        Check(_values, values.Fit(run), TrainingValues.Of(run).Text);

        void Check(Option option, bool same, string begun)
        {
            if (!same && given.GetResult(option) is { Implicit: false })
                throw FailureException.Usage($"{option.Name}: the interrupted run in {run.Out} was begun with {begun} and keeps to it; leave it out, or start another run with another --out");
        }
    }

    private static double? Positive(string option, double? number) => number is null or > 0 and < double.PositiveInfinity
        ? number : throw FailureException.Usage(string.Create(CultureInfo.InvariantCulture, $"{option} {number}: give a number above 0"));

    private static string Fresh(DataFolder data)
    {
        string folder = Path.Combine(data.Models, "mine");
        for (int i = 2; Directory.Exists(folder); i++)
        {
            folder = Path.Combine(data.Models, $"mine-{i}");
        }

        return folder;
    }

    private static void Tell(MailTrainingResult result, bool json)
    {
        if (json)
        {
            StandardOutput.WriteLine(JsonSerializer.Serialize(TrainAnswer.From(result), AppJson.Readable.TrainAnswer));
            return;
        }

        string reason = result.Reason switch
        {
            StopReason.Finished => "all passes done",
            StopReason.TimeUp => "the time was up",
            StopReason.EarlyStopped => "validation did not improve any more",
            StopReason.Diverged => "the loss was no longer finite; the best before that is kept",
            _ => "interrupted",
        };
        StandardOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Folder}: {result.Steps:#,0} steps in {TrainingWords.Time(result.Elapsed)} on {result.TrainingMails:#,0} mails ({reason}); best at step {result.BestStep:#,0}: {result.BitsPerCharacter:0.000} bits/character on {result.ValidationMails:#,0} held-out mails"));
        if (result.Divergence is { } divergence) StandardOutput.WriteLine(divergence.ToString());
        StandardOutput.WriteLine($"curves: {result.Curves}");
        StandardOutput.WriteLine($"try it: inkling complete --model {result.Folder} \"Thank you\"");
    }

    private static Option<string[]> Paths(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "PATH...",
        AllowMultipleArgumentsPerToken = true,
    };
}
