namespace Inkling.Training;

/// <summary>Why a training run ended.</summary>
public enum StopReason
{
    /// <summary>All steps were done.</summary>
    Finished,

    /// <summary>The time allowed was used up.</summary>
    TimeUp,

    /// <summary>Validation had not improved for long enough.</summary>
    EarlyStopped,

    /// <summary>It was cancelled from outside.</summary>
    Cancelled,

    /// <summary>The loss, the gradient or the parameters were no longer finite: <see cref="Trainer.Divergence"/> says where and why.</summary>
    Diverged,
}
