using Inkling.App.Running;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>What <c>--sampler</c> and <c>--pruner</c> call samplers and pruners. To add one, add a line.</summary>
internal static class TuneChoices
{
    private static readonly (string Name, Func<SearchSpace?, ISampler> Create)[] s_samplers =
    [
        ("gp", _ => new GaussianProcessSampler()),
        ("tpe", _ => new TpeSampler()),
        ("cma", _ => new CmaEsSampler()),
        ("nsga2", _ => new NsgaIISampler()),
        ("sobol", _ => new SobolSampler()),
        ("random", _ => new RandomSampler()),
        ("grid", space => new GridSampler((space ?? throw FailureException.Usage("--sampler grid needs --space: a built-in task asks for parameters as it goes")).Parameters.ToDictionary(one => one.Name, one => one.Values))),
    ];

    private static readonly (string Name, Func<IPruner> Create)[] s_pruners =
    [
        ("none", () => new NoPruner()),
        ("median", () => new MedianPruner()),
        ("percentile", () => new PercentilePruner(25)),
        ("asha", () => new SuccessiveHalvingPruner(factor: 3)),
        ("hyperband", () => new HyperbandPruner()),
        ("patient", () => new PatientPruner(null, 3)),
    ];

    // They learn from trials that are complete, of which these pruners leave few.
    private static readonly string[] s_learnFromComplete = ["gp", "cma", "nsga2"], s_leaveFewComplete = ["asha", "hyperband"];

    /// <summary>The default with a pruner: it learns from stopped trials too.</summary>
    public const string SamplerWithPruner = "tpe";

    /// <summary>Names of samplers; the first is the default without a pruner.</summary>
    public static IReadOnlyList<string> Samplers { get; } = [.. s_samplers.Select(one => one.Name)];

    /// <summary>Names of pruners; the first is the default.</summary>
    public static IReadOnlyList<string> Pruners { get; } = [.. s_pruners.Select(one => one.Name)];

    /// <summary>A sampler for one study.</summary>
    /// <exception cref="FailureException">There is none of this name, or it cannot be had for this space.</exception>
    public static ISampler CreateSampler(string name, SearchSpace? space) => Find(s_samplers, "sampler", name)(space);

    /// <summary>A pruner.</summary>
    /// <exception cref="FailureException">There is none of this name.</exception>
    public static IPruner CreatePruner(string name) => Find(s_pruners, "pruner", name)();

    /// <summary>The sampler of a study for which none was chosen.</summary>
    /// <param name="pruner">Name of its pruner.</param>
    public static string DefaultSampler(string pruner) => pruner == Pruners[0] ? Samplers[0] : SamplerWithPruner;

    /// <summary>Why a sampler and a pruner do not fit together, as a line for the user; null if they do.</summary>
    public static string? Doubt(string sampler, string pruner) => !s_learnFromComplete.Contains(sampler) || !s_leaveFewComplete.Contains(pruner) ? null
        : $"--sampler {sampler} learns only from trials that are complete, and --pruner {pruner} leaves few of them; --sampler {SamplerWithPruner} learns from stopped ones too";

    private static T Find<T>((string Name, T Create)[] choices, string kind, string name)
    {
        int place = Array.FindIndex(choices, one => one.Name == name);
        return place >= 0 ? choices[place].Create : throw new FailureException($"there is no {kind} '{name}'; choose one of {string.Join(", ", choices.Select(one => one.Name))}");
    }
}
