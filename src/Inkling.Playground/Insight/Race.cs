using System.Diagnostics;
using System.Globalization;

namespace Inkling.Playground;

/// <summary>
/// Several runs side by side that differ in one field: optimizers, learning rates, first weights, and others of <see cref="TunedFields"/>. All begin on the same points, with the same
/// weights unless these are what is raced. They go on in turn, an epoch each, so that nobody is ahead because it is cheap; the same race ends the same, bit for bit.
/// </summary>
public sealed class Race : IDisposable
{
    /// <summary>The most that race.</summary>
    public const int MostRacers = 8;

    /// <summary>The most epochs.</summary>
    public const int MostEpochs = 10_000;

    /// <summary>The most points of a curve; every other one is left out when there would be more.</summary>
    public const int MostPoints = 200;

    private readonly Racer[] _racers;
    private readonly int[] _curveEpochs = new int[MostPoints];
    private readonly int[] _ranking;
    private readonly Comparison<int> _byLoss;
    private int _curveLength;
    private int _keepEvery = 1;
    private int _turn;

    /// <summary>Puts them at the start.</summary>
    /// <param name="setup">What they have in common.</param>
    /// <param name="field">What differs, a name of <see cref="TunedFields"/> that keeps the start. The seed stands for the first weights alone: the points stay.</param>
    /// <param name="values">Its values, one for each racer: 1 to <see cref="MostRacers"/>, none of them twice.</param>
    /// <param name="epochs">When it ends: 1 to <see cref="MostEpochs"/>.</param>
    /// <exception cref="ArgumentException"><see cref="Refuses"/> has something to say.</exception>
    public Race(PlaygroundSetup setup, string field, IReadOnlyList<string> values, int epochs)
    {
        if (Refuses(setup, field, values, epochs) is { } problem) throw new ArgumentException($"Race: {problem}", nameof(values));
        (Setup, Field, Epochs) = (setup, field, epochs);
        _racers = [.. values.Select(value =>
        {
            PlaygroundSetup one = TunedFields.With(setup, field, value)!;
            return field == TunedFields.Seed ? new Racer(value, setup, weightsOf: one, MostPoints) : new Racer(value, one, weightsOf: null, MostPoints);
        })];
        _ranking = [.. Enumerable.Range(0, _racers.Length)];
        _byLoss = (a, b) => Compare(_racers[a].TestLoss, _racers[b].TestLoss) is var order and not 0 ? order : a - b;
        Record();
    }

    /// <summary>What they have in common.</summary>
    public PlaygroundSetup Setup { get; }

    /// <summary>What differs.</summary>
    public string Field { get; }

    /// <summary>Those that race, in the order in which they were named.</summary>
    public IReadOnlyList<Racer> Racers => _racers;

    /// <summary>When it ends.</summary>
    public int Epochs { get; }

    /// <summary>Epochs that all of them have made, those that diverged apart.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether it is over: the epochs are made, or all have diverged or were stopped early.</summary>
    public bool IsOver => Epoch >= Epochs || Array.TrueForAll(_racers, racer => racer.Run.DivergedAt is not null || racer.Run.Stopped);

    /// <summary>The epochs of the points of <see cref="Racer.Curve"/>.</summary>
    public ReadOnlySpan<int> CurveEpochs => _curveEpochs.AsSpan(0, _curveLength);

    /// <summary>Places in <see cref="Racers"/>, the smallest test loss first, those that diverged last.</summary>
    public ReadOnlySpan<int> Ranking => _ranking;

    /// <summary>Why a race cannot be, in a sentence; null when it can.</summary>
    public static string? Refuses(PlaygroundSetup setup, string? field, IReadOnlyList<string> values, int epochs)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(values);
        if (TunedFields.Find(field) is not { KeepsStart: true }) return $"Nothing that can be raced was named; there are: {string.Join(", ", TunedFields.All.Where(one => one.KeepsStart).Select(one => one.Name))}.";
        if (values.Count is < 1 or > MostRacers) return string.Create(CultureInfo.InvariantCulture, $"{values.Count} were named; 1 to {MostRacers} can race.");
        if (epochs is < 1 or > MostEpochs) return string.Create(CultureInfo.InvariantCulture, $"{epochs} epochs cannot be; 1 to {MostEpochs} can.");
        if (values.Distinct().Count() < values.Count) return "One was named twice.";
        if (TunedFields.WithoutEffect(setup, field) is { } idle) return idle;
        string? wrong = values.FirstOrDefault(value => TunedFields.With(setup, field!, value) is null);
        return wrong is null ? null : $"{field} cannot be '{(wrong.Length > 40 ? wrong[..40] + "…" : wrong)}'; allowed: {SetupFields.Find(field!)!.Allowed}.";
    }

    /// <summary>Goes on for a moment, not much longer than this; allocates nothing once the paths of the racers are full.</summary>
    /// <returns>Whether there is more to do.</returns>
    public bool Work(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        while (!IsOver)
        {
            PlaygroundRun run = _racers[_turn].Run;
            long end = (long)(Epoch + 1) * run.StepsPerEpoch;
            for (int made = 1; run.Step < end && run.Train(); made++)
            {
                if ((made & 7) == 0 && Stopwatch.GetElapsedTime(start) > time) return true;
            }

            if (run.DivergedAt is not null && float.IsFinite(_racers[_turn].TestLoss))
            {
                _racers[_turn].Measure();
                _ranking.AsSpan().Sort(_byLoss);
            }

            if (++_turn < _racers.Length) continue;
            _turn = 0;
            Epoch++;
            if (Epoch % _keepEvery == 0 || IsOver) Record();
            if (Stopwatch.GetElapsedTime(start) > time) break;
        }

        return !IsOver;
    }

    /// <summary>Frees their memory.</summary>
    public void Dispose()
    {
        foreach (Racer racer in _racers) racer.Dispose();
    }

    private static int Compare(float a, float b) => (float.IsFinite(a), float.IsFinite(b)) switch
    {
        (true, true) => a.CompareTo(b),
        (true, false) => -1,
        (false, true) => 1,
        _ => 0,
    };

    private void Record()
    {
        if (_curveLength == MostPoints)
        {
            int kept = 0;
            for (int i = 0; i < _curveLength; i += 2) _curveEpochs[kept++] = _curveEpochs[i];
            _curveLength = kept;
            _keepEvery *= 2;
            foreach (Racer racer in _racers) racer.ThinCurve();
        }

        _curveEpochs[_curveLength++] = Epoch;
        foreach (Racer racer in _racers)
        {
            racer.Measure();
            racer.AddToCurve();
        }

        _ranking.AsSpan().Sort(_byLoss);
    }
}
