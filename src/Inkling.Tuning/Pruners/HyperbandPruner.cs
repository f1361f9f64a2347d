namespace Inkling.Tuning;

/// <summary>
/// Hyperband (*Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar 2018*): several brackets of asynchronous successive halving side by side, from impatient to patient, since nobody knows beforehand how
/// early values tell. Every trial belongs to one bracket by its number and competes there only.
/// </summary>
public sealed class HyperbandPruner : IPruner
{
    private readonly SuccessiveHalvingPruner[] _brackets;
    private readonly double[] _shares;

    /// <summary>Creates the pruner.</summary>
    /// <param name="least">Steps every trial may have; at least 1.</param>
    /// <param name="most">Steps of a trial that runs to its end; at least <paramref name="least"/>.</param>
    /// <param name="factor">How much longer each rung is, and which part of the trials reaches it; at least 2.</param>
    public HyperbandPruner(int least = 1, int most = 81, int factor = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        int rungs = 0;
        for (long length = least; length * factor <= most; length *= factor)
            rungs++;
        _brackets = [.. Enumerable.Range(0, rungs + 1).Select(bracket => new SuccessiveHalvingPruner(least, factor, bracket))];

        // As many trials as give every bracket about the same number of steps.
        double[] trials = [.. Enumerable.Range(0, rungs + 1).Select(bracket => Math.Ceiling((rungs + 1) * Math.Pow(factor, rungs - bracket) / (rungs - bracket + 1)))];
        _shares = [.. trials.Select(count => count / trials.Sum())];
    }

    /// <summary>The number of brackets.</summary>
    public int Brackets => _brackets.Length;

    /// <summary>The bracket of a trial, the most impatient is 0.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trial">Number of the trial.</param>
    public int BracketOf(StudyRecord study, int trial)
    {
        double place = new RandomSource(study.Specification.Seed ^ 0xB4ACE7, (ulong)trial).NextDouble();
        int bracket = Array.FindIndex(_shares, share => (place -= share) < 0);
        return bracket < 0 ? _shares.Length - 1 : bracket;
    }

    /// <inheritdoc/>
    public bool ShouldPrune(PruningContext context)
    {
        int own = BracketOf(context.Study, context.Trial.Number);
        return _brackets[own].ShouldPrune(context, trial => BracketOf(context.Study, trial.Number) == own);
    }
}
