using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing;

/// <summary>
/// One open page of the playground: its run, and what it is to be told. Commands and slices of training take turns; a frame is made only when the page has
/// drawn the one before, so that training runs ahead of a slow page and nothing piles up.
/// </summary>
internal sealed class PlayingVisit : IPlayingDesk, IPlayingVisit
{
    /// <summary>The most epochs that presses of the button may ask for ahead.</summary>
    private const int MostOwed = 100;

    /// <summary>A page that draws nothing for so long is not looked at: training pauses.</summary>
    private static readonly TimeSpan Unseen = TimeSpan.FromMinutes(1);

    private readonly PlayingTurn _turn = new();
    private readonly Action<PlayingAnswer, ReadOnlyMemory<byte>> _tell;
    private readonly CancellationTokenSource _gone = new();
    private readonly IReadOnlyList<PlayingTool> _tools;
    private readonly OwnPoints _own;
    private PlaygroundRun _run;
    private NetworkMaps _maps;
    private float _reach; // of the inputs' maps that the page has
    private string? _note;
    private double _speed;
    private double _credit;
    private long _lastSlice;
    private long _lastDrawn = Stopwatch.GetTimestamp();
    private CancellationTokenSource? _advice; // one search at a time, and none for a run that is gone
    private long _owed; // steps of the button, made when a slice comes
    private bool _drawn = true;
    private bool _changed;
    private long _paceStep;
    private long _paceAt = Stopwatch.GetTimestamp();
    private double _pace;

    /// <summary>Opens the page.</summary>
    /// <param name="address">What stands in its address.</param>
    /// <param name="tell">Sends the page an answer with bytes behind it; called in turn.</param>
    public PlayingVisit(string? address, Action<PlayingAnswer, ReadOnlyMemory<byte>> tell)
    {
        _tell = tell;
        _own = new OwnPoints(answer => tell(answer, default));
        _tools = PlayingTools.Create(this);
        SetupReading reading = SetupText.Parse(address);
        Begin(reading.Setup, reading.Problems);
    }

    /// <summary>Whether it trains.</summary>
    public bool Playing { get; private set; }

    /// <summary>Whether it needs slices.</summary>
    public bool Busy => !_gone.IsCancellationRequested && (Playing || _owed > 0 || _tools.Any(tool => tool.Working));

    PlaygroundRun IPlayingDesk.Run => _run;

    CancellationToken IPlayingDesk.Gone => _gone.Token;

    /// <summary>Does what the page asks for.</summary>
    /// <returns>Whether it needs slices from now on.</returns>
    public bool Handle(PlayingCommand command)
    {
        using (_turn.Take())
        {
            if (_gone.IsCancellationRequested) return false;
            switch (command.Do)
            {
                case "open":
                    SetupReading reading = SetupText.Parse(command.Name, _run.Setup.Own);
                    Change(reading.Setup, reading.Problems);
                    break;
                case "set": Set(command.Name ?? "", command.Value ?? ""); break;
                case "play": Play(); break;
                case "pause": Pause(); break;
                case "step":
                    Pause();
                    // What has diverged does not go on, and a press of the button looks for no rate once more.
                    if (_run.DivergedAt is not null) break;
                    _run.Continue();
                    _owed = Math.Min(_owed + _run.StepsPerEpoch, MostOwed * (long)_run.StepsPerEpoch);
                    break;
                case "reset": Begin(_run.Setup, []); break;
                case "speed": _speed = double.TryParse(command.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double speed) && speed is >= 0 and <= 100_000 ? speed : 0; break;
                case "weight": SetWeight(command); break;
                case "drawn":
                    _drawn = true;
                    _lastDrawn = Stopwatch.GetTimestamp();
                    break;
                case "pin": _tell(new PlayingAnswer { Kind = "pinned", Setup = SetupText.Format(_run.Setup with { StartingWeights = _run.Network.WeightsInOrder() }) }, default); break;
                case "code": _tell(new PlayingAnswer { Kind = "code", Code = CSharpExport.Write(_run) }, default); break;
                case var own when own.StartsWith("own/", StringComparison.Ordinal): Own(own[4..], command); break;
                default:
                    int slash = command.Do.IndexOf('/', StringComparison.Ordinal);
                    if (slash > 0 && _tools.FirstOrDefault(tool => command.Do.AsSpan(0, slash).SequenceEqual(tool.Name)) is { } asked) asked.Handle(command.Do[(slash + 1)..], command);
                    else _tell(new PlayingAnswer { Kind = "problem", Note = "The page asked for something this program does not know. Load the page again." }, default);
                    break;
            }

            Show();
            return Busy;
        }
    }

    /// <inheritdoc/>
    public TimeSpan? Slice(TimeSpan longest)
    {
        using (_turn.Take())
        {
            if (!Busy || _gone.IsCancellationRequested) return null;
            if (Playing && Stopwatch.GetElapsedTime(_lastDrawn) > Unseen) Pause();
            if (Playing) Train(StepsDue(), longest);
            else if (_owed > 0)
            {
                long made = Train(_owed, longest);
                _owed = Math.Max(0, _owed - made); // 0 already where it diverged
            }

            bool working = false;
            foreach (PlayingTool tool in _tools)
            {
                if (!tool.Working) continue;
                working = true;
                tool.Work(longest);
            }

            Show();
            return !Busy ? null : Playing && _speed > 0 && !working ? TimeSpan.FromMilliseconds(10) : TimeSpan.Zero;
        }
    }

    /// <summary>The page was closed.</summary>
    public void Dispose()
    {
        using (_turn.Take())
        {
            if (_gone.IsCancellationRequested) return;
            _gone.Cancel();
            Playing = false;
            _owed = 0;
            foreach (PlayingTool tool in _tools) tool.Dispose();
            _advice?.Dispose();
            _run.Dispose();
        }
    }

    void IPlayingDesk.Tell(string kind, JsonElement? body, ReadOnlyMemory<byte> bytes) => _tell(new PlayingAnswer { Kind = kind, Body = body }, bytes);

    void IPlayingDesk.Pause() => Pause();

    void IPlayingDesk.Touch() => _changed = true;

    private void Play()
    {
        // What has diverged does not go on; it begins anew, with the rate that was chosen since.
        if (_run.DivergedAt is not null) Begin(_run.Setup, []);
        if (_run.Stopped) _note = null;
        _run.Continue();
        Playing = true;
        _owed = 0;
        _lastSlice = _lastDrawn = Stopwatch.GetTimestamp();
        _credit = 0;
        _changed = true;
    }

    private void Pause()
    {
        Playing = false;
        _changed = true;
    }

    private double StepsDue()
    {
        if (_speed <= 0) return double.PositiveInfinity;
        // What could not be done in time is not made up for later.
        long now = Stopwatch.GetTimestamp();
        _credit = Math.Min(_credit + (Stopwatch.GetElapsedTime(_lastSlice, now).TotalSeconds * _speed * _run.StepsPerEpoch), Math.Max(1, _speed * _run.StepsPerEpoch / 4));
        _lastSlice = now;
        double steps = Math.Floor(_credit);
        _credit -= steps;
        return steps;
    }

    /// <summary>Trains as many steps as there is time for in a slice.</summary>
    /// <returns>The steps made.</returns>
    private long Train(double steps, TimeSpan longest)
    {
        long start = Stopwatch.GetTimestamp(), made = 0;
        while (made < steps)
        {
            if (!_run.Train())
            {
                if (_run.Stopped) StoppedEarly();
                else Diverged();
                break;
            }

            made++;
            if ((made & 7) == 0 && (_turn.Wanted || Stopwatch.GetElapsedTime(start) > longest)) break;
        }

        // It may have been stopped by the last step that was due.
        if (_run.Stopped && (Playing || _owed > 0)) StoppedEarly();
        foreach (PlayingTool tool in _tools) tool.Trained();
        _changed = true;
        return made;
    }

    private void Set(string name, string value)
    {
        SetupField? field = SetupFields.Find(name);
        PlaygroundSetup? setup = field?.Set(_run.Setup, value);
        if (field is null || setup is null)
        {
            Tell(_run.Setup, [field is null ? "The page asked for a field this program does not know." : $"{name} cannot be that; allowed: {field.Allowed}."], points: false);
            return;
        }

        if (setup.Inputs.Count == 0) Tell(_run.Setup, ["One input at least must be on."], points: false);
        else Change(setup.Fitted(), []);
    }

    /// <summary>Points are changed; training that went on goes on, from anew.</summary>
    private void Own(string verb, PlayingCommand command)
    {
        if (_own.Handle(verb, command, _run.Setup) is not { } setup) return;
        bool playing = Playing;
        Begin(setup, []);
        if (playing) Play();
    }

    private void Change(PlaygroundSetup setup, IReadOnlyList<string> problems)
    {
        SetupEffect? effect = SetupFields.EffectOf(_run.Setup, setup);
        if (effect is null or SetupEffect.View || (effect == SetupEffect.Training && _run.DivergedAt is null))
        {
            bool columns = (setup.MapX, setup.MapY) != (_run.Setup.MapX, _run.Setup.MapY);
            _run.Change(setup);
            _changed |= columns;
            Tell(setup, problems, points: columns);
        }
        else
        {
            Begin(setup, problems);
        }
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_run), nameof(_maps))]
    private void Begin(PlaygroundSetup setup, IReadOnlyList<string> problems)
    {
        _advice?.Cancel();
        _run?.Dispose();
        _run = new PlaygroundRun(setup);
        _maps = new NetworkMaps(_run);
        Playing = false;
        _owed = 0;
        _note = null;
        _pace = 0;
        (_paceStep, _paceAt) = (0, Stopwatch.GetTimestamp());
        _changed = true;
        Tell(setup, problems, points: true, begun: true);
        if (_run.Points.Reach != _reach)
        {
            _reach = _run.Points.Reach;
            _tell(new PlayingAnswer { Kind = "inputs" }, NetworkMaps.OfInputs(_reach));
        }

        foreach (PlayingTool tool in _tools) tool.Begin();
    }

    private void SetWeight(PlayingCommand command)
    {
        IReadOnlyList<Nn.Linear> layers = _run.Network.Layers;
        if ((uint)command.Layer >= (uint)layers.Count || !float.IsFinite(command.Number)) return;
        Nn.Linear layer = layers[command.Layer];
        (int neurons, int inputs) = (layer.Weight.Shape[0], layer.Weight.Shape[1]);
        if ((uint)command.Neuron >= (uint)neurons || command.From < -1 || command.From >= inputs) return;
        if (command.From < 0) layer.Bias!.Values[command.Neuron] = command.Number;
        else layer.Weight.Values[(command.Neuron * inputs) + command.From] = command.Number;
        _changed = true;
    }

    private void StoppedEarly()
    {
        Playing = false;
        _owed = 0;
        _note = string.Create(CultureInfo.InvariantCulture, $"Stopped early after epoch {_run.Epoch:0}: for {_run.Setup.Patience} epochs the test loss was no lower. The weights of epoch {_run.BestEpoch:0} are back.");
    }

    private void Diverged()
    {
        Playing = false;
        _owed = 0;
        PlaygroundRun run = _run;
        long at = run.DivergedAt!.Value;
        _note = string.Create(CultureInfo.InvariantCulture, $"It diverged at step {at}: numbers grew without bound. Looking for a learning rate that holds…");
        _advice?.Cancel();
        _advice = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        CancellationToken end = _advice.Token;
        _ = Task.Run(() => Advise(run, at, end));
    }

    private void Advise(PlaygroundRun run, long at, CancellationToken end)
    {
        double? rate;
        try
        {
            rate = RateSearch.Find(run.Setup, at, end);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        using (_turn.Take())
        {
            if (_gone.IsCancellationRequested || run != _run) return;
            _note = rate is null
                ? string.Create(CultureInfo.InvariantCulture, $"It diverged at step {at}. No smaller learning rate holds either; choose another activation or fewer inputs.")
                : string.Create(CultureInfo.InvariantCulture, $"It diverged at step {at}. A learning rate of {rate} holds.");
            _changed = true;
            Show();
        }
    }

    private void Tell(PlaygroundSetup setup, IReadOnlyList<string> problems, bool points, bool begun = false) => _tell(
        new PlayingAnswer
        {
            Kind = "setup",
            Begun = begun,
            Setup = SetupText.Format(setup),
            Values = SetupFields.All.ToDictionary(field => field.Name, field => field.Get(setup)),
            Problems = problems,
            Training = points ? Numbers(_run.Points.Training) : null,
            Test = points ? Numbers(_run.Points.Test) : null,
            Widths = _run.Network.Widths,
            Classes = _run.Network.Classes,
            Reach = _run.Points.Reach,
            Inputs = setup.Inputs,
            ClassNames = setup is { Problem: ProblemKind.Classification, Table.ClassNames: { Count: > 0 } names } ? names : null,
            InputColumns = setup.ReadsColumns ? setup.Table!.Columns : null,
            OwnCount = setup.Table?.Count,
            Kept = setup.Table is { FitsAddress: false },
        },
        default);

    /// <summary>Sends a frame if something has changed and the page has drawn the last one.</summary>
    private void Show()
    {
        if (!_changed || !_drawn) return;
        _changed = _drawn = false;
        foreach (PlayingTool tool in _tools) tool.Show();
        PlaygroundFrame frame = PlaygroundFrame.Of(_run);
        _maps.Update();
        double elapsed = Stopwatch.GetElapsedTime(_paceAt).TotalSeconds;
        if (elapsed > 0.5)
        {
            _pace = (_run.Step - _paceStep) / elapsed / _run.StepsPerEpoch;
            (_paceStep, _paceAt) = (_run.Step, Stopwatch.GetTimestamp());
        }

        _tell(
            new PlayingAnswer
            {
                Kind = "frame",
                Playing = Playing,
                Step = frame.Step,
                Epoch = frame.Epoch,
                TrainingLoss = Finite(frame.TrainingLoss),
                TestLoss = Finite(frame.TestLoss),
                TrainingAccuracy = frame.TrainingAccuracy,
                TestAccuracy = frame.TestAccuracy,
                BestEpoch = frame.BestEpoch,
                Rate = frame.LearningRate,
                Weights = [.. frame.Weights.Select(Cleaned)],
                Biases = [.. frame.Biases.Select(Cleaned)],
                Pace = Playing ? _pace : 0,
                Note = _note,
            },
            _maps.Bytes);
    }

    private static double? Finite(float value) => float.IsFinite(value) ? value : null;

    private static float[] Cleaned(float[] values) => [.. values.Select(value => float.IsFinite(value) ? value : 0)];

    private static float[] Numbers(IReadOnlyList<LabelledPoint> points) => [.. points.SelectMany(point => new[] { MathF.Round(point.X, 3), MathF.Round(point.Y, 3), MathF.Round(point.Label, 3) })];
}
