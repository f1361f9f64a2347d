namespace Inkling.Tuning;

/// <summary>Names an attempt at a trial. What a worker writes under an attempt that is no longer the present one is refused.</summary>
/// <param name="Study">Id of the study.</param>
/// <param name="Number">Number of the trial in the study, from 0.</param>
/// <param name="Attempt">The how-manieth worker is at it, from 1; 0 while nobody has been.</param>
public readonly record struct TrialKey(long Study, int Number, int Attempt);
