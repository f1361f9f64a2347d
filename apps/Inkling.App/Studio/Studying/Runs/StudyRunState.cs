using Inkling.App.Studio.Learning;
using Inkling.App.Tuning.Tasks;
using Inkling.Training;

namespace Inkling.App.Studio.Studying.Runs;

/// <summary>Which trial's values are trained with.</summary>
/// <param name="Storage">Address of the storage; null for the user's own.</param>
/// <param name="Study">Id of the study.</param>
/// <param name="Name">What the study is called.</param>
/// <param name="Trial">Number of the trial.</param>
internal sealed record StudyRunKey(string? Storage, long Study, string Name, int Trial);

/// <summary>Where a training with the values of a trial stands. Immutable.</summary>
internal sealed record StudyRunState
{
    /// <summary>Whose values; null while none has begun.</summary>
    public StudyRunKey? Key { get; init; }

    /// <summary>Which training of this program it is, from 1.</summary>
    public int Run { get; init; }

    /// <summary>Whether it is at work.</summary>
    public bool Busy { get; init; }

    /// <summary>Whether it is held.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether it has been told to end.</summary>
    public bool Stopping { get; init; }

    /// <summary>What it learns from, and so on.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What the network tells apart.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The last report.</summary>
    public TrainerProgress? Report { get; init; }

    /// <summary>Loss on what is learnt from.</summary>
    public IReadOnlyList<CurvePoint> TrainingCurve { get; init; } = [];

    /// <summary>Loss on what is held out.</summary>
    public IReadOnlyList<CurvePoint> ValidationCurve { get; init; } = [];

    /// <summary>What it ended with.</summary>
    public WholeResult? Result { get; init; }

    /// <summary>Why it came to nothing.</summary>
    public string? Error { get; init; }
}
