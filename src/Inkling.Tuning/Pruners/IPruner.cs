namespace Inkling.Tuning;

/// <summary>Decides whether a running trial is worth going on with. A study calls it under a lock; what it knows comes from the history.</summary>
public interface IPruner
{
    /// <summary>Whether the trial, with what it has reported so far, should stop.</summary>
    /// <param name="context">The trial and the history.</param>
    bool ShouldPrune(PruningContext context);
}
