using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Inkling.App.Running;
using Inkling.App.Tuning;
using Inkling.App.Tuning.Tasks;
using Inkling.Tuning;

namespace Inkling.App.Commands;

/// <summary><c>tune</c>: searches the parameters with which a command, or something built in, is best; <c>tune worker</c>: helps another process with it.</summary>
internal sealed class TuneCommand : AppCommand
{
    private const string Worker = "worker", Minimize = "minimize", Maximize = "maximize";
    private const int DefaultTrials = 100;

    private readonly Argument<string?> _action = new("ACTION") { Description = "worker: runs trials of a study that another process has begun, until it is complete.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _space = new("--space") { Description = "A JSON file with the parameters of --command: {\"lr\": {\"type\": \"float\", \"low\": 1e-5, \"high\": 0.1, \"log\": true}}.", HelpName = "FILE" };
    private readonly Option<string?> _command = new("--command") { Description = "What to run, with {name} where values go; without a shell. The last number on its standard output is the value; exit ≠ 0 is a failed trial.", HelpName = "'CMD {name}'" };
    private readonly Option<string?> _task = new("--task") { Description = "Something built in instead of a command.", HelpName = string.Join('|', TuneTask.All.Select(task => task.Name)) };
    private readonly Option<string[]> _data = new("--data") { Description = "Files or folders for --task: mail for mail-nano and mail-base, the folder of images for fashion-mlp.", HelpName = "PATH...", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _sampler = new("--sampler") { Description = $"Who chooses values; by default {TuneChoices.Samplers[0]}, with a pruner {TuneChoices.SamplerWithPruner}.", HelpName = string.Join('|', TuneChoices.Samplers) };
    private readonly Option<string?> _pruner = new("--pruner") { Description = $"Who stops hopeless trials of a task; by default {TuneChoices.Pruners[0]}.", HelpName = string.Join('|', TuneChoices.Pruners) };
    private readonly Option<int?> _trials = new("--trials") { Description = $"Trials of the study in the end, those of earlier calls included; by default {DefaultTrials}.", HelpName = "N" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "With one worker the same seed gives the same trials.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<int> _workers = new("--workers") { Description = "Trials at a time.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<string?> _storage = new("--storage") { Description = $"Where the study is kept: {StudyPlace.Forms}; by default a file in your data folder.", HelpName = "URL" };
    private readonly Option<string?> _study = new("--study") { Description = "Its name; by default a new one.", HelpName = "NAME" };
    private readonly Option<string?> _direction = new("--direction") { Description = "Which way the value is better; several objectives with commas, for the last numbers of the output.", HelpName = $"{Minimize}|{Maximize}" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the study of this name; what is not given is as it was." };
    private readonly Option<double?> _timeout = new("--timeout") { Description = "Seconds after which no trial is begun.", HelpName = "S" };
    private readonly Option<double?> _trialTimeout = new("--trial-timeout") { Description = "Seconds after which a command is ended, as a failed trial.", HelpName = "S" };
    private readonly Option<bool> _json = new("--json") { Description = "Print all trials and the best as one JSON document." };

    public TuneCommand() : base("tune", "Find the parameters with which a command, or something built in, does best.")
    {
        Add(_action);
        _action.AcceptOnlyFromAmong(Worker);
        _sampler.AcceptOnlyFromAmong([.. TuneChoices.Samplers]);
        _pruner.AcceptOnlyFromAmong([.. TuneChoices.Pruners]);
        _task.AcceptOnlyFromAmong([.. TuneTask.All.Select(task => task.Name)]);
        foreach (Option option in (Option[])[_space, _command, _task, _data, _sampler, _pruner, _trials, _seed, _workers, _storage, _study, _direction, _resume, _timeout, _trialTimeout, _json])
        {
            Add(option);
        }
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling tune --space space.json --command 'train.sh --lr {lr}' --trials 50", "any program that prints a number"),
        ("inkling tune --task playground-spiral --trials 60 --workers 2 --study spiral", "a network of the playground"),
        ("inkling tune --study spiral --resume --trials 200", "go on, after Ctrl+C or for more trials"),
        ("inkling tune worker --study spiral --storage postgres://ann@db/studies", "help from another machine"),
    ];

    public override async Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        int workers = Positive("--workers", given.GetValue(_workers));
        TimeSpan? time = Seconds("--timeout", given.GetValue(_timeout));
        bool helps = given.GetValue(_action) == Worker, resume = given.GetValue(_resume) || helps;
        string? name = given.GetValue(_study);
        if (resume && name is null) throw FailureException.Usage($"{(helps ? "tune worker" : "--resume")} needs --study: the study to go on with");
        if (helps) RefuseIgnored(given);
        StudyPlan? asked = resume ? null : Read(given, null);
        try
        {
            using IStudyStorage storage = StudyPlace.Open(given.GetValue(_storage), DataFolder.OfUser());
            if (storage is RelationalStorage waiting) waiting.Interrupt = stop;
            // What is missing should not leave an empty study behind.
            if (asked is not null)
            {
                TuneChoices.CreateSampler(asked.Sampler, asked.Space);
                asked.Prepare(workers, given.GetValue(_seed));
            }

            StudyRecord study = asked is null ? TuneRun.Find(storage, name!) : TuneRun.Create(storage, name, TuneRun.FreshName(asked),
                free => new StudySpecification(free, ReadDirections(given, asked), given.GetValue(_seed)) { Attributes = asked.ToAttributes() });
            StudyPlan plan = asked ?? Resume(given, storage, study, helps);
            return await RunAsync(given, new TuneRun(storage, study, plan), study, plan, workers, time, stop).ConfigureAwait(false);
        }
        catch (Exception wrong) when (wrong is StorageException or SearchSpaceException or StudyNotFoundException)
        {
            throw new FailureException(wrong.Message);
        }
    }

    private async Task<int> RunAsync(ParseResult given, TuneRun run, StudyRecord study, StudyPlan plan, int workers, TimeSpan? time, CancellationToken stop)
    {
        StopReason? end;
        // It came with the study: whoever waits for it should see what runs here.
        if (plan.Command is { } command && (given.GetValue(_resume) || given.GetValue(_action) == Worker)) await Console.Error.WriteLineAsync($"inkling: runs {command}").ConfigureAwait(false);
        if ((given.GetValue(_sampler) ?? given.GetValue(_pruner)) is not null && TuneChoices.Doubt(plan.Sampler, plan.Pruner) is { } doubt) await Console.Error.WriteLineAsync($"inkling: warning: {doubt}").ConfigureAwait(false);
        using (ITuneView view = ITuneView.Create($"{study.Name}: {plan.Subject} ({plan.Sampler})", plan.Trials))
        {
            end = await run.RunAsync(workers, time, view, stop).ConfigureAwait(false);
        }

        Tell(study, run.Trials, plan.Trials, end, given.GetValue(_json));
        if (end is not null)
        {
            if (run.Trials.Any(trial => trial.State is TrialState.Complete)) return ExitCode.Done;
            throw new FailureException($"study {study.Name}: none of {run.Trials.Count} trials is complete{(run.Trials.LastOrDefault(trial => trial.Error is not null)?.Error is { } error ? $"; the last failed: {error}" : "")}");
        }

        await Console.Error.WriteLineAsync($"inkling: interrupted (and nothing lost): the same command with --study {study.Name} --resume goes on").ConfigureAwait(false);
        return ExitCode.Interrupted;
    }

    // Who gives an option believes that it does something.
    private void RefuseIgnored(ParseResult given)
    {
        Option[] idle = [_space, _command, _task, _sampler, _pruner, _trials, _seed, _direction, _trialTimeout, _resume];
        string[] names = [.. idle.Where(option => given.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        if (names.Length == 0) return;
        bool one = names.Length == 1;
        throw FailureException.Usage($"tune worker: {string.Join(", ", names)} {(one ? "does" : "do")} not apply: a worker does what the study says; leave {(one ? "it" : "them")} out");
    }

    private StudyPlan Read(ParseResult given, StudyPlan? before)
    {
        (string? space, string? command, string? task) = (given.GetValue(_space), given.GetValue(_command), given.GetValue(_task));
        if (before is null && (command is null) == (task is null)) throw FailureException.Usage("tune needs what to tune: --space with --command, or --task");
        if (task is not null && (space is not null || command is not null)) throw FailureException.Usage("--task has its own parameters; leave out --space and --command");
        if (before is null && command is not null && space is null) throw FailureException.Usage("--command needs --space: the file with its parameters");
        if ((task ?? before?.Task) is null && given.GetValue(_data) is { Length: > 0 }) throw FailureException.Usage("--data is for --task");
        if ((command ?? before?.Command) is null && given.GetValue(_trialTimeout) is not null) throw FailureException.Usage("--trial-timeout is for --command: a task trains to its end");
        if ((command ?? before?.Command) is not null && given.GetValue(_pruner) is { } pruner && pruner != TuneChoices.Pruners[0])
            throw FailureException.Usage($"--pruner {pruner}: a command reports nothing in between that could stop it early; leave it out, or tune a --task");
        string chosen = given.GetValue(_pruner) ?? before?.Pruner ?? TuneChoices.Pruners[0];
        StudyPlan plan = before ?? new StudyPlan { Sampler = TuneChoices.DefaultSampler(chosen), Pruner = chosen, Trials = DefaultTrials };
        if (space is not null) plan = plan with { Space = SearchSpace.Load(space) };
        return plan with
        {
            Command = command ?? plan.Command,
            Task = task ?? plan.Task,
            Data = given.GetValue(_data) is { Length: > 0 } data ? [.. data.Select(Path.GetFullPath)] : plan.Data,
            Sampler = given.GetValue(_sampler) ?? plan.Sampler,
            Pruner = chosen,
            Trials = given.GetValue(_trials) is { } trials ? Positive("--trials", trials) : plan.Trials,
            TrialTimeout = Seconds("--trial-timeout", given.GetValue(_trialTimeout)) ?? plan.TrialTimeout,
        };
    }

    // What is tuned stays; how it is searched, and how long, may change.
    private StudyPlan Resume(ParseResult given, IStudyStorage storage, StudyRecord study, bool helps)
    {
        StudyPlan before = StudyPlan.Of(study.Specification) ?? throw new FailureException($"study \"{study.Name}\" was made by a program of its own, which has to go on with it; the studio shows it");
        if (given.GetValue(_direction) is not null && !ReadDirections(given, before).SequenceEqual(study.Specification.Directions))
            throw new FailureException($"--direction: study \"{study.Name}\" has {TuneWords.Directions(study.Specification.Directions)}; leave it out, or take another name");
        if (given.GetResult(_seed) is { Implicit: false } && given.GetValue(_seed) != study.Specification.Seed)
            throw FailureException.Usage(string.Create(CultureInfo.InvariantCulture, $"--seed: study \"{study.Name}\" was begun with {study.Specification.Seed} and keeps it; leave it out"));
        // Paths may be others on another machine.
        if (helps) return given.GetValue(_data) is { Length: > 0 } here ? before with { Data = [.. here.Select(Path.GetFullPath)] } : before;
        StudyPlan plan = Read(given, before);
        if (plan.Task != before.Task || plan.Command != before.Command || plan.Space?.Json != before.Space?.Json)
            throw new FailureException($"study \"{study.Name}\" tunes {before.Subject}{(plan.Subject == before.Subject ? " with another space" : "")}; leave out --task, --command and --space, or take another name");
        foreach ((string name, string value) in plan.ToAttributes())
        {
            if (study.Specification.Attributes.GetValueOrDefault(name) != value) storage.SetStudyAttribute(study.Id, name, value);
        }

        return plan;
    }

    private ImmutableArray<Direction> ReadDirections(ParseResult given, StudyPlan plan)
    {
        ImmutableArray<Direction> known = plan.Task is { } task ? TuneTask.Find(task)?.Directions ?? [Direction.Minimize] : [Direction.Minimize];
        if (given.GetValue(_direction) is not { } text) return known;
        ImmutableArray<Direction> directions = [.. text.Split(',').Select(word => word.Trim() switch
        {
            Minimize => Direction.Minimize,
            Maximize => Direction.Maximize,
            _ => throw FailureException.Usage($"--direction {text}: give {Minimize} or {Maximize}"),
        })];
        return plan.Task is null || directions.SequenceEqual(known) ? directions : throw FailureException.Usage($"--direction: the task {plan.Task} is to {TuneWords.Directions(known)}; leave it out");
    }

    private static void Tell(StudyRecord study, IReadOnlyList<TrialRecord> trials, int total, StopReason? end, bool json)
    {
        TuneAnswer answer = TuneAnswer.From(study, trials);
        if (json)
        {
            StandardOutput.WriteLine(JsonSerializer.Serialize(answer, AppJson.Readable.TuneAnswer));
            return;
        }

        ImmutableArray<TrialRecord> best = TuneProgress.BestOf(trials, study.Specification.Directions);
        StandardOutput.WriteLine($"study {study.Name}: {TuneWords.Outcome(TuneProgress.Of(trials, study.Specification.Directions), total, end)}");
        foreach (TrialRecord trial in best)
        {
            StandardOutput.WriteLine($"best {TuneWords.Values(trial)} in trial {trial.Number}: {string.Join(' ', trial.Parameters.Select(one => $"{one.Key}={one.Value.Text}"))}");
        }
    }

    private static int Positive(string option, int number) => number > 0 ? number : throw FailureException.Usage(string.Create(CultureInfo.InvariantCulture, $"{option} {number}: give 1 or more"));

    private static TimeSpan? Seconds(string option, double? seconds) => seconds is null ? null
        : seconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(seconds.Value) : throw FailureException.Usage(string.Create(CultureInfo.InvariantCulture, $"{option} {seconds}: give seconds above 0"));
}
