namespace Inkling.Tuning;

/// <summary>What a sampler is given: the study, its trials, and the trial to choose values for.</summary>
public sealed class SamplingContext
{
    private readonly Trial _trial;

    internal SamplingContext(StudyRecord study, TrialHistory history, Trial trial)
    {
        Study = study;
        History = history;
        _trial = trial;
        Random = new RandomSource(study.Specification.Seed, (ulong)trial.Number);
    }

    /// <summary>The study.</summary>
    public StudyRecord Study { get; }

    /// <summary>All its trials, this one included.</summary>
    public TrialHistory History { get; }

    /// <summary>The trial as it is now, with the parameters it has asked for so far.</summary>
    public TrialRecord Trial => _trial.Record;

    /// <summary>Random numbers of this trial.</summary>
    public RandomSource Random { get; }

    /// <summary>Keeps a text with the trial, such as the generation it belongs to.</summary>
    /// <param name="name">Its name; <c>sampler:</c> is put before it.</param>
    /// <param name="value">The text.</param>
    public void SetAttribute(string name, string value) => _trial.SetSamplerAttribute(name, value);
}
