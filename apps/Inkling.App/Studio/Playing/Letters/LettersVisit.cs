using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Inkling.Mail;
using Inkling.Playground;

namespace Inkling.App.Studio.Playing.Letters;

/// <summary>
/// One open page of letters: a network that learns a text, or a mail model that is looked at. Commands and slices of training take turns, and what is shown costs at most
/// half of the time that training gets.
/// </summary>
internal sealed class LettersVisit : IPlayingVisit
{
    private static readonly TimeSpan Unseen = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);
    private const int SampleLength = 200, MostTokens = 200, Guesses = 8, MostOwed = 100;

    private readonly PlayingTurn _turn = new();
    private readonly LettersModels _models;
    private readonly Action<LettersAnswer, ReadOnlyMemory<byte>> _tell;
    private LettersSetup _setup = new();
    private LettersRun? _run;
    private ModelReader? _reader;
    private LettersReading? _reading;
    private IReadOnlyList<UnitMeaning> _meanings = [];
    private string? _note;
    private int _at;
    private long _owed;
    private bool _drawn = true;
    private bool _changed;
    private bool _gone;
    private long _lastDrawn = Stopwatch.GetTimestamp();
    private long _lastLook;
    private TimeSpan _trained;
    private TimeSpan _lookCost;
    private double? _heldOut;
    private long _paceStep;
    private long _paceAt = Stopwatch.GetTimestamp();
    private double _pace;

    /// <summary>Opens the page.</summary>
    /// <param name="address">What stands in its address.</param>
    /// <param name="own">The text of the visitor's own, where it is too long for the address.</param>
    /// <param name="models">Models that can be opened.</param>
    /// <param name="tell">Sends the page an answer with bytes behind it; called in turn.</param>
    public LettersVisit(string? address, string? own, LettersModels models, Action<LettersAnswer, ReadOnlyMemory<byte>> tell)
    {
        (_models, _tell) = (models, tell);
        Open(address, own);
    }

    /// <summary>Whether it trains.</summary>
    public bool Playing { get; private set; }

    /// <inheritdoc/>
    public bool Busy => Playing || _owed > 0;

    /// <inheritdoc/>
    public bool Handle(PlayingCommand command)
    {
        using (_turn.Take())
        {
            if (_gone) return false;
            switch (command.Do)
            {
                case "open": Open(command.Name, command.Value); break;
                case "set": Set(command.Name ?? "", command.Value ?? ""); break;
                case "text": Change(_setup with { Model = "", Text = LettersTexts.Own, Own = Bounded(command.Value ?? "") }, []); break;
                case "play": Play(); break;
                case "pause": Pause(); break;
                case "step":
                    Pause();
                    if (_run is { Diverged: false } run) _owed = Math.Min(_owed + 1, MostOwed * run.StepsPerEpoch);
                    break;
                case "reset": Begin(_setup, []); break;
                case "at":
                    if (int.TryParse(command.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int at)) _at = at;
                    TellReading();
                    break;
                case "drawn":
                    _drawn = true;
                    _lastDrawn = Stopwatch.GetTimestamp();
                    break;
                default: _tell(new LettersAnswer { Kind = "problem", Note = "The page asked for something this program does not know. Load the page again." }, default); break;
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
            if (!Busy || _gone) return null;
            if (Playing && Stopwatch.GetElapsedTime(_lastDrawn) > Unseen) Pause();
            Train(longest);
            Show();
            return Busy ? TimeSpan.Zero : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using (_turn.Take())
        {
            if (_gone) return;
            _gone = true;
            Playing = false;
            _owed = 0;
            _run?.Dispose();
        }
    }

    private static string Bounded(string text) => text.Length <= LettersRun.LongestText ? text : text[..LettersRun.LongestText];

    private void Open(string? address, string? own)
    {
        LettersSetup setup = LettersAddress.Parse(address, out IReadOnlyList<string> problems);
        if (setup.Text == LettersTexts.Own && setup.Own.Length == 0) setup = setup with { Own = Bounded(own ?? "") };
        Begin(setup, problems);
    }

    private void Set(string name, string value)
    {
        LettersSetup setup = LettersAddress.With(_setup, name, value, out string? problem);
        if (problem is not null) TellSetup([problem], anew: false);
        else Change(setup, []);
    }

    private void Change(LettersSetup setup, IReadOnlyList<string> problems)
    {
        // What diverged begins anew with whatever was chosen since.
        if (NeedsNew(setup) || _run is { Diverged: true })
        {
            Begin(setup, problems);
            return;
        }

        bool reads = setup.Reading != _setup.Reading, writes = setup.Temperature != _setup.Temperature;
        _setup = setup;
        _run?.Change(setup);
        TellSetup(problems, anew: false);
        if (reads) Look();
        else if (writes) TellFrame(Write());
        else TellReading();
    }

    private bool NeedsNew(LettersSetup after) => (after.Model, after.Text, after.Own, after.Cell, after.Units, after.Layers, after.SequenceLength, after.Seed)
        != (_setup.Model, _setup.Text, _setup.Own, _setup.Cell, _setup.Units, _setup.Layers, _setup.SequenceLength, _setup.Seed);

    private void Begin(LettersSetup setup, IReadOnlyList<string> problems)
    {
        _run?.Dispose();
        (_run, _reader, _reading, _meanings, _note, _owed, Playing) = (null, null, null, [], null, 0, false);
        List<string> told = [.. problems];
        if (setup.Model.Length > 0)
        {
            try
            {
                _reader = _models.Open(setup.Model);
            }
            catch (InvalidDataException problem)
            {
                told.Add(problem.Message);
                setup = setup with { Model = "" };
            }
        }

        if (_reader is null)
        {
            try
            {
                _run = new LettersRun(setup);
            }
            catch (ArgumentException)
            {
                told.Add(string.Create(CultureInfo.InvariantCulture, $"Paste a text of {LettersRun.ShortestText} characters at least, and press “Learn this text”."));
            }
        }

        _setup = setup;
        (_heldOut, _pace, _paceStep, _paceAt) = (null, 0, 0, Stopwatch.GetTimestamp());
        TellSetup(told, anew: true);
        Look();
        TellFrame(Write());
    }

    private void Play()
    {
        if (_run is null) return;
        if (_run.Diverged) Begin(_setup, []);
        Playing = true;
        _owed = 0;
        _lastDrawn = _paceAt = Stopwatch.GetTimestamp();
        _paceStep = _run.Step;
        _changed = true;
    }

    private void Pause()
    {
        if (Playing) _lookCost = TimeSpan.Zero; // the last look is of the end
        Playing = false;
        _changed = true;
    }

    private void Train(TimeSpan longest)
    {
        if (_run is null) return;
        long start = Stopwatch.GetTimestamp();
        while (Playing || _owed > 0)
        {
            if (!_run.Train())
            {
                (Playing, _owed) = (false, 0);
                _note = "It diverged: numbers grew without bound. Choose a smaller rate.";
                break;
            }

            if (_owed > 0) _owed--;
            if (_turn.Wanted || Stopwatch.GetElapsedTime(start) > longest) break;
        }

        _trained += Stopwatch.GetElapsedTime(start);
        _changed = true;
    }

    /// <summary>Sends a frame if something has changed and the page has drawn the last one; and now and then what the units do and what the network writes.</summary>
    private void Show()
    {
        if (!_changed || !_drawn) return;
        _changed = false;
        bool looks = !Busy || (_trained >= 2 * _lookCost && Stopwatch.GetElapsedTime(_lastLook) >= BetweenLooks);
        long start = Stopwatch.GetTimestamp();
        if (looks) Look();
        TellFrame(looks ? Write() : null);
        if (looks) (_lookCost, _trained, _lastLook) = (Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Stopwatch.GetTimestamp());
    }

    private string? Write()
    {
        if (_run is null or { Diverged: true }) return null;
        _heldOut = _run.HeldOutLoss();
        return _run.Write(SampleLength);
    }

    private void Look()
    {
        if (_run is { Diverged: false } run)
        {
            _reading = run.Read(_setup.Reading);
        }
        else if (_reader is { } reader)
        {
            Language.LanguageModelTrace trace = reader.Read(_setup.Reading.Length > 0 ? _setup.Reading : "Dear Maria,\n\nThank you very much for your help with the garden. I will send you the pictures next week.", MostTokens);
            _reading = new LettersReading([.. trace.Tokens.Select(reader.Text)], trace, reader.Text);
        }
        else
        {
            _reading = null;
        }

        _meanings = _reading is null ? [] : UnitMeanings.Find(_reading);
        TellReading();
    }

    private void TellSetup(IReadOnlyList<string> problems, bool anew) => _tell(
        new LettersAnswer
        {
            Kind = "setup",
            Setup = LettersAddress.Format(_setup),
            Values = LettersAddress.Values(_setup with { Own = "" }),
            Problems = problems,
            Anew = anew,
            CanLearn = _run is not null,
            About = About(),
        },
        default);

    private string About()
    {
        if (_run is { } run)
            return string.Create(CultureInfo.InvariantCulture, $"{run.CharactersLearnt:N0} characters to learn from, {run.CharacterCount - 1} different ones; {run.Model.NumberCount:N0} weights; {run.CharactersPerStep:N0} characters in a batch.");
        return _reader is { } reader ? $"{(reader.Layers == 1 ? "One layer" : $"{reader.Layers} layers")} of {reader.Width} units; it is looked at, and does not learn here." : "Nothing to learn yet.";
    }

    private void TellFrame(string? sample)
    {
        _drawn = false;
        double elapsed = Stopwatch.GetElapsedTime(_paceAt).TotalSeconds;
        if (_run is not null && elapsed > 0.5)
        {
            _pace = (_run.Step - _paceStep) * _run.CharactersPerStep / elapsed;
            (_paceStep, _paceAt) = (_run.Step, Stopwatch.GetTimestamp());
        }

        _tell(
            new LettersAnswer
            {
                Kind = "frame",
                Playing = Playing,
                Step = _run?.Step ?? 0,
                Epoch = _run?.Epoch ?? 0,
                Loss = Finite(_run?.Loss),
                HeldOutLoss = Finite(_heldOut),
                Pace = Playing ? _pace : 0,
                Sample = sample,
                Note = _note,
            },
            default);
    }

    private void TellReading()
    {
        if (_reading is not { } reading) return;
        Nn.RecurrentTrace cells = reading.Cells;
        int layer = Math.Min(_setup.Layer, cells.States), unit = Math.Min(_setup.Unit, cells.Width);
        _at = Math.Clamp(_at, 0, cells.Steps - 1);
        IReadOnlyList<string> rows = [.. (string[])["hidden state"], .. cells.HasCells ? (string[])["cell"] : [], .. cells.GateNames.Select(name => name + (name == "candidate" ? "" : " gate"))];
        float[] numbers = new float[(rows.Count * cells.Steps) + (cells.States * cells.Width)];
        for (int t = 0; t < cells.Steps; t++)
        {
            int row = 0;
            Put(cells.Hidden(layer - 1, t));
            if (cells.HasCells) Put(cells.Cell(layer - 1, t));
            for (int gate = 0; gate < cells.GateNames.Count; gate++) Put(cells.Gate(layer - 1, gate, t));

            void Put(ReadOnlySpan<float> values) => numbers[(row++ * cells.Steps) + t] = values[unit - 1];
        }

        for (int state = 0; state < cells.States; state++) cells.Hidden(state, _at).CopyTo(numbers.AsSpan((rows.Count * cells.Steps) + (state * cells.Width)));
        _tell(
            new LettersAnswer
            {
                Kind = "reading",
                Pieces = reading.Pieces,
                Layer = layer,
                Layers = cells.States,
                Unit = unit,
                Units = cells.Width,
                Rows = rows,
                At = _at,
                Next = [.. reading.Next(_at, Guesses).Select(one => new LettersGuess(one.Text, one.Probability))],
                Meanings = _meanings,
            },
            MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
