namespace Inkling.Tuning;

/// <summary>Why a run of a study ended.</summary>
public enum StopReason
{
    /// <summary>All trials of the budget are done.</summary>
    Trials,

    /// <summary>The time is over.</summary>
    Time,

    /// <summary>The cost has been reached.</summary>
    Cost,

    /// <summary>The sampler has nothing left to try.</summary>
    Exhausted,

    /// <summary><see cref="Study.Stop"/> was called.</summary>
    Stopped,
}
