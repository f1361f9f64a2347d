namespace Inkling.Tuning;

/// <summary>How a process works on a study. Nothing of it is stored.</summary>
public sealed record StudyOptions
{
    /// <summary>
    /// Who chooses values; <see cref="TpeSampler"/> by default, which learns in any space from the eleventh trial on. Not stored: a study that is opened again goes on with the sampler
    /// that is given then, from all its trials. A sampler object belongs to one study.
    /// </summary>
    public ISampler Sampler { get; init; } = new TpeSampler();

    /// <summary>Who stops hopeless trials.</summary>
    public IPruner Pruner { get; init; } = new NoPruner();

    /// <summary>Time between two signs of life while trials run; above 0.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long other workers may be silent before their trials are taken over; several heartbeats.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a trial whose worker dies is tried; at least 1.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>What this process is called in the records; every study object adds something of its own.</summary>
    public string Worker { get; init; } = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Told of every trial this process has finished, on the thread of its worker; it may not throw.</summary>
    public IProgress<TrialRecord>? Finished { get; init; }
}
