using System.Collections.Immutable;
using Inkling.Tuning;

namespace Inkling.App.Tuning.Tasks;

/// <summary>Something built in whose parameters can be tuned. To add one, add a file beside this one and a line to <see cref="All"/>.</summary>
/// <param name="name">What <c>--task</c> calls it.</param>
/// <param name="summary">What is tuned, and what the values are.</param>
/// <param name="directions">Which way each value is better.</param>
internal abstract class TuneTask(string name, string summary, params ImmutableArray<Direction> directions)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TuneTask> All { get; } =
    [
        new PlaygroundTask("playground-spiral", "A small network that parts two noisy spirals; test loss after 60 epochs.", "spiral"),
        new PlaygroundTask("playground-moons", "A small network that parts two noisy moons; test loss after 60 epochs.", "moons"),
        new PlaygroundSizeTask(),
        new FashionTask(),
        MailTask.Nano,
        MailTask.Base,
    ];

    /// <summary>What <c>--task</c> calls it.</summary>
    public string Name => name;

    /// <summary>What is tuned, and what the values are.</summary>
    public string Summary => summary;

    /// <summary>Which way each value is better.</summary>
    public ImmutableArray<Direction> Directions => directions;

    /// <summary>Reads data and checks that they are there, once, before the first trial.</summary>
    /// <param name="given">What the user gave.</param>
    /// <exception cref="Running.FailureException">Something is missing; the message says what to do.</exception>
    public abstract ITuneObjective Prepare(TuneTaskData given);

    /// <summary>Whether chosen values can be trained with on all data (<see cref="PrepareWhole"/>).</summary>
    public virtual bool HasWholeTraining => false;

    /// <summary>Reads all data for a training with chosen values; null if there is none for this task.</summary>
    /// <param name="given">What the user gave the study.</param>
    /// <exception cref="Running.FailureException">Something is missing; the message says what to do.</exception>
    public virtual WholeTraining? PrepareWhole(TuneTaskData given) => null;

    /// <summary>An address of the studio at which the values of a trial can be looked at; null if there is none.</summary>
    /// <param name="parameters">The values.</param>
    public virtual string? PageOf(ImmutableSortedDictionary<string, ParameterValue> parameters) => null;

    /// <summary>The task of a name; null if there is none.</summary>
    public static TuneTask? Find(string name) => All.FirstOrDefault(task => task.Name == name);
}

/// <summary>What a task is given besides its parameters.</summary>
/// <param name="Data">Files or folders, such as mail; empty for where the task looks by itself.</param>
/// <param name="Workers">Trials at a time, which share the cores.</param>
/// <param name="Seed">Seed of the study.</param>
internal sealed record TuneTaskData(IReadOnlyList<string> Data, int Workers, ulong Seed)
{
    /// <summary>Threads for one trial.</summary>
    public int Threads => Math.Max(1, Environment.ProcessorCount / Workers);
}
