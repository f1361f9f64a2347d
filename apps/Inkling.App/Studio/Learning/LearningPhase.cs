namespace Inkling.App.Studio.Learning;

/// <summary>How far learning from the user's mail has come.</summary>
public enum LearningPhase
{
    /// <summary>No mail has been chosen.</summary>
    Nothing,

    /// <summary>The chosen mail is being read.</summary>
    Reading,

    /// <summary>The mail has been read; training may begin.</summary>
    Read,

    /// <summary>The model to start from is scored on the newest mail.</summary>
    ScoringBefore,

    /// <summary>The model learns.</summary>
    Training,

    /// <summary>The new model is scored on the same mail.</summary>
    ScoringAfter,

    /// <summary>A new model is there, to be kept or not.</summary>
    Finished,
}
