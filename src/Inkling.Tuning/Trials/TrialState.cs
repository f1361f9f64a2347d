namespace Inkling.Tuning;

/// <summary>What has become of a trial. The numbers are those in data bases.</summary>
public enum TrialState
{
    /// <summary>A worker is at it.</summary>
    Running = 0,

    /// <summary>It has its values.</summary>
    Complete = 1,

    /// <summary>It was stopped early, as hopeless; its value is the last one reported.</summary>
    Pruned = 2,

    /// <summary>It threw, returned NaN, or lost its worker too often.</summary>
    Failed = 3,

    /// <summary>It waits for a worker: enqueued, or taken from a dead one.</summary>
    Waiting = 4,
}
