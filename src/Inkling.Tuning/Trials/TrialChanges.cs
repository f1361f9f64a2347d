namespace Inkling.Tuning;

/// <summary>The trials that have changed since a stamp.</summary>
/// <param name="Stamp">The stamp to ask with next time.</param>
/// <param name="Trials">Their present records, in any order; a trial may be there again although it has not changed.</param>
public sealed record TrialChanges(long Stamp, IReadOnlyList<TrialRecord> Trials);
