using System.Collections.Immutable;
using System.Globalization;
using Inkling.App.Running;
using Inkling.App.Tuning.Tasks;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>What a study tunes and how, as it is kept with the study, so that a worker needs to know nothing but its name.</summary>
internal sealed record StudyPlan
{
    private const string SpaceName = "space", CommandName = "command", TaskName = "task", DataName = "data", SamplerName = "sampler", PrunerName = "pruner", TrialsName = "trials", LimitName = "trial-timeout";

    /// <summary>The parameters of the command; null for a task, which asks as it goes.</summary>
    public SearchSpace? Space { get; init; }

    /// <summary>The command; null for a task.</summary>
    public string? Command { get; init; }

    /// <summary>The name of a <see cref="TuneTask"/>; null for a command.</summary>
    public string? Task { get; init; }

    /// <summary>Files and folders for the task.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Name of the sampler.</summary>
    public required string Sampler { get; init; }

    /// <summary>Name of the pruner.</summary>
    public required string Pruner { get; init; }

    /// <summary>Trials that the study has in the end.</summary>
    public required int Trials { get; init; }

    /// <summary>How long one run of the command may take.</summary>
    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>What is tuned, in a word or a line.</summary>
    public string Subject => Task ?? Command ?? "";

    /// <summary>As attributes of a study.</summary>
    public ImmutableSortedDictionary<string, string> ToAttributes()
    {
        var attributes = new Dictionary<string, string?>
        {
            [SpaceName] = Space?.Json,
            [CommandName] = Command,
            [TaskName] = Task,
            [DataName] = Data.Count == 0 ? null : string.Join('\n', Data),
            [SamplerName] = Sampler,
            [PrunerName] = Pruner,
            [TrialsName] = Trials.ToString(CultureInfo.InvariantCulture),
            [LimitName] = TrialTimeout?.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        };
        return TrialRecord.NoTexts.AddRange(attributes.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Key, one.Value!)));
    }

    /// <summary>Reads the plan of a study; null if the study was made by another program than this.</summary>
    public static StudyPlan? Of(StudySpecification study)
    {
        string? Get(string name) => study.Attributes.GetValueOrDefault(name);
        if (Get(SamplerName) is not { } sampler || !int.TryParse(Get(TrialsName), CultureInfo.InvariantCulture, out int trials)) return null;
        return new StudyPlan
        {
            Space = Get(SpaceName) is { } space ? SearchSpace.Parse(space, $"study \"{study.Name}\"") : null,
            Command = Get(CommandName),
            Task = Get(TaskName),
            Data = Get(DataName)?.Split('\n') ?? [],
            Sampler = sampler,
            Pruner = Get(PrunerName) ?? TuneChoices.Pruners[0],
            Trials = trials,
            TrialTimeout = double.TryParse(Get(LimitName), CultureInfo.InvariantCulture, out double limit) && limit is > 0 and < 1e9 ? TimeSpan.FromSeconds(limit) : null,
        };
    }

    /// <summary>What is run.</summary>
    /// <param name="workers">Trials at a time.</param>
    /// <param name="seed">Seed of the study.</param>
    /// <exception cref="FailureException">The program or the data are not there.</exception>
    public ITuneObjective Prepare(int workers, ulong seed) => Command is not null
        ? CommandObjective.Create(Space!, Command, TrialTimeout)
        : (TuneTask.Find(Task ?? "") ?? throw new FailureException($"there is no task '{Task}'; choose one of {string.Join(", ", TuneTask.All.Select(task => task.Name))}"))
            .Prepare(new TuneTaskData(Data, workers, seed));
}
