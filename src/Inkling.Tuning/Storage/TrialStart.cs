namespace Inkling.Tuning;

/// <summary>What a worker asks a storage for when it wants a trial.</summary>
/// <param name="Worker">Who it is: a text of its own for every worker of every process.</param>
/// <param name="Limit">Number of trials of the study from which on no new one is added; waiting ones are still given out. Null for no limit.</param>
public readonly record struct TrialStart(string Worker, int? Limit = null);
