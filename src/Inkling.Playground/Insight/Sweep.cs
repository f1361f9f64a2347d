using System.Diagnostics;
using System.Globalization;

namespace Inkling.Playground;

/// <summary>
/// Tries values of two fields of a setup, all of them or at random (Bergstra &amp; Bengio 2012): one run after the other, equally many epochs each, in slices. Every trial begins on the setup's
/// seed; the same sweep ends the same, bit for bit.
/// </summary>
public sealed class Sweep : IDisposable
{
    /// <summary>The most trials.</summary>
    public const int MostTrials = 100;

    /// <summary>The most values of a field.</summary>
    public const int MostValues = 12;

    /// <summary>The most epochs of a trial.</summary>
    public const int MostEpochs = 2000;

    private readonly SweepTrial[] _trials;
    private PlaygroundRun? _run;

    /// <summary>Lays the trials out.</summary>
    /// <param name="setup">What they have in common.</param>
    /// <param name="first">The field that is drawn across.</param>
    /// <param name="second">The field that is drawn upwards.</param>
    /// <param name="epochs">Epochs of each, 1 to <see cref="MostEpochs"/>.</param>
    /// <param name="random">How many trials are drawn at random, 1 to <see cref="MostTrials"/>; 0 for every pair of values.</param>
    /// <param name="seed">Decides what is drawn.</param>
    /// <exception cref="ArgumentException"><see cref="Refuses"/> has something to say.</exception>
    public Sweep(PlaygroundSetup setup, SweepAxis first, SweepAxis second, int epochs, int random, ulong seed)
    {
        if (Refuses(setup, first, second, epochs, random) is { } problem) throw new ArgumentException($"Sweep: {problem}", nameof(first));
        (Setup, First, Second, Epochs, IsRandom) = (setup, first, second, epochs, random > 0);
        _trials = random > 0
            ? [.. Enumerable.Range(0, random).Select(i => TrialOf(first.Draw(seed, (ulong)i, 0), second.Draw(seed, (ulong)i, 1)))]
            : [.. second.Values.SelectMany(two => first.Values.Select(one => TrialOf(one, two)))];

        SweepTrial TrialOf(string one, string two) => random > 0
            ? new SweepTrial(one, two, first.PlaceOf(one), second.PlaceOf(two))
            : new SweepTrial(one, two, Step(first, one), Step(second, two));

        static double Step(SweepAxis axis, string value) => axis.Values.ToList().IndexOf(value) / (axis.Values.Count - 1.0);
    }

    /// <summary>What the trials have in common.</summary>
    public PlaygroundSetup Setup { get; }

    /// <summary>The field that is drawn across.</summary>
    public SweepAxis First { get; }

    /// <summary>The field that is drawn upwards.</summary>
    public SweepAxis Second { get; }

    /// <summary>Epochs of each trial.</summary>
    public int Epochs { get; }

    /// <summary>Whether the trials were drawn at random.</summary>
    public bool IsRandom { get; }

    /// <summary>The trials; a grid's row by row, the second field's first value first.</summary>
    public IReadOnlyList<SweepTrial> Trials => _trials;

    /// <summary>Trials that have ended.</summary>
    public int Done { get; private set; }

    /// <summary>Whether all have ended.</summary>
    public bool IsOver => Done == _trials.Length;

    /// <summary>The share of the work that is done, 0 to 1.</summary>
    public double Progress => (Done + (_run is { } run ? Math.Min(1, run.Epoch / Epochs) : 0)) / _trials.Length;

    /// <summary>The place of the trial with the smallest test loss; null while there is none.</summary>
    public int? Best
    {
        get
        {
            int? best = null;
            for (int i = 0; i < _trials.Length; i++)
            {
                if (float.IsFinite(_trials[i].TestLoss) && !(best is { } so && _trials[so].TestLoss <= _trials[i].TestLoss)) best = i;
            }

            return best;
        }
    }

    /// <summary>Why a sweep cannot be, in a sentence; null when it can.</summary>
    public static string? Refuses(PlaygroundSetup setup, SweepAxis first, SweepAxis second, int epochs, int random)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Field == second.Field) return "The two fields are the same; choose two.";
        if (epochs is < 1 or > MostEpochs) return string.Create(CultureInfo.InvariantCulture, $"{epochs} epochs cannot be; 1 to {MostEpochs} can.");
        if (random is < 0 or > MostTrials) return string.Create(CultureInfo.InvariantCulture, $"{random} trials cannot be; 1 to {MostTrials} can.");
        if (first.Field != "optimizer" && second.Field != "optimizer" && (TunedFields.WithoutEffect(setup, first.Field) ?? TunedFields.WithoutEffect(setup, second.Field)) is { } idle) return idle;
        if ((RefusesAxis(setup, first) ?? RefusesAxis(setup, second)) is { } problem) return problem;
        long pairs = (long)first.Values.Count * second.Values.Count;
        return random == 0 && pairs > MostTrials ? string.Create(CultureInfo.InvariantCulture, $"{first.Values.Count} values times {second.Values.Count} are {pairs} trials; at most {MostTrials} can be. Choose fewer, or search at random.") : null;
    }

    /// <summary>Goes on for a moment, not much longer than this.</summary>
    /// <returns>Whether there is more to do.</returns>
    public bool Work(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (!IsOver)
        {
            SweepTrial trial = _trials[Done];
            _run ??= new PlaygroundRun(TunedFields.With(TunedFields.With(Setup, First.Field, trial.First)!, Second.Field, trial.Second)!);
            long end = (long)Epochs * _run.StepsPerEpoch;
            for (int made = 1; _run.Step < end && _run.Train(); made++)
            {
                if ((made & 7) == 0 && Stopwatch.GetElapsedTime(start) > time) return true;
            }

            trial.End(_run);
            _run.Dispose();
            _run = null;
            Done++;
            if (Stopwatch.GetElapsedTime(start) > time) break;
        }

        return !IsOver;
    }

    /// <summary>Frees the memory of the trial at work.</summary>
    public void Dispose() => _run?.Dispose();

    private static string? RefusesAxis(PlaygroundSetup setup, SweepAxis axis)
    {
        if (TunedFields.Find(axis.Field) is null) return $"No field that can be tried was named; there are: {string.Join(", ", TunedFields.All.Select(one => one.Name))}.";
        if (axis.Values.Count is < 2 or > MostValues) return string.Create(CultureInfo.InvariantCulture, $"{axis.Values.Count} values of {axis.Field} were named; 2 to {MostValues} can be tried.");
        if (axis.Values.Distinct().Count() < axis.Values.Count) return $"A value of {axis.Field} was named twice.";
        string? wrong = axis.Values.FirstOrDefault(value => TunedFields.With(setup, axis.Field, value) is null);
        if (wrong is not null) return $"{axis.Field} cannot be '{(wrong.Length > 40 ? wrong[..40] + "…" : wrong)}'; allowed: {SetupFields.Find(axis.Field)!.Allowed}.";
        return TunedFields.Find(axis.Field) is { Scale: TunedScale.Logarithmic } && axis.Values.Any(value => double.Parse(value, CultureInfo.InvariantCulture) <= 0) ? $"{axis.Field} goes by its logarithm here, so its values must be above 0." : null;
    }
}
