using System.Text;
using Inkling.Language;
using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Text;
using Inkling.Training;

namespace Inkling.Playground;

/// <summary>
/// A recurrent network that learns a text character by character, batch by batch, and can be looked at between two batches. One thread at a time; the same setup and text
/// give the same run, bit for bit.
/// </summary>
/// <remarks>Characters beyond the 255 commonest, and those that a text to read has and the learnt one has not, are one character: U+FFFD.</remarks>
public sealed class LettersRun : IDisposable
{
    /// <summary>The longest text that is learnt, in characters; what comes after is left out.</summary>
    public const int LongestText = 200_000;

    /// <summary>The shortest text that is learnt, in characters.</summary>
    public const int ShortestText = 10;

    private const int MostCharacters = 255, MostLanes = 16, HeldOutFrom = 2_000, MostHeldOut = 2_000;
    private const double BatchWork = 25e6; // multiplications forward of one batch, so that it fits a slice
    private static readonly Rune s_unknown = Rune.ReplacementChar;

    private readonly CharacterVocabulary _characters;
    private readonly TextTask _task;
    private readonly TextEvaluation? _evaluation;
    private readonly Adam _adam;
    private readonly int _unknown;
    private TextSampler? _sampler;
    private SamplingOptions? _sampling;
    private double _loss = double.NaN;

    /// <summary>Makes the network.</summary>
    /// <param name="setup">The setup; its own text is learnt where it says so.</param>
    /// <exception cref="ArgumentException">The text is too short.</exception>
    public LettersRun(LettersSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        Setup = setup;
        Text = Prepare(setup.Text == LettersTexts.Own ? setup.Own : LettersTexts.Of(setup.Text));
        _characters = VocabularyOf(Text);
        _unknown = _characters.IdOf(s_unknown);
        int[] tokens = Encode(Text);
        if (tokens.Length < ShortestText) throw new ArgumentException($"LettersRun: a text of {tokens.Length} characters; give {ShortestText} at least.", nameof(setup));
        int held = tokens.Length >= HeldOutFrom ? Math.Min(tokens.Length / 10, MostHeldOut) : 0;
        int width = Math.Min(setup.Units, 32);
        Model = new RecurrentLanguageModel(new() { VocabularySize = _characters.Count, EmbeddingWidth = width, HiddenWidth = setup.Units, Layers = setup.Layers, Cell = setup.Cell }).Build((ulong)setup.Seed);
        int steps = Math.Min(setup.SequenceLength, tokens.Length - held - 1);
        double each = steps * (double)Model.NumberCount;
        int lanes = (int)Math.Clamp(Math.Min(BatchWork / each, (tokens.Length - held - 1) / steps), 1, MostLanes);
        TextLanes batches = new(tokens.AsMemory(0, tokens.Length - held), lanes, steps);
        _task = new TextTask(Model, batches, team: Team.Single, seed: (ulong)setup.Seed);
        if (held > 0) _evaluation = new TextEvaluation(Model, tokens.AsMemory(tokens.Length - held), lanes: 4, team: Team.Single);
        _adam = new Adam(Model.Parameters) { LearningRate = (float)setup.LearningRate, Team = Team.Single };
        (CharactersPerStep, CharactersLearnt) = (lanes * steps, tokens.Length - held);
    }

    /// <summary>What decides it.</summary>
    public LettersSetup Setup { get; private set; }

    /// <summary>The text, as it is learnt.</summary>
    public string Text { get; }

    /// <summary>The network.</summary>
    public RecurrentLanguageModel Model { get; }

    /// <summary>Different characters, the unknown one included.</summary>
    public int CharacterCount => _characters.Count;

    /// <summary>Characters that are learnt from.</summary>
    public int CharactersLearnt { get; }

    /// <summary>Characters in a batch.</summary>
    public int CharactersPerStep { get; }

    /// <summary>Batches learnt.</summary>
    public long Step { get; private set; }

    /// <summary>Batches in a pass over the text.</summary>
    public long StepsPerEpoch => _task.StepsPerEpoch;

    /// <summary>Passes made, with fraction.</summary>
    public double Epoch => (double)Step / StepsPerEpoch;

    /// <summary>The mean loss of a character over the last batches, in nats; not a number before the first.</summary>
    public double Loss => _loss;

    /// <summary>Whether numbers stopped being finite. Such a run does not go on.</summary>
    public bool Diverged { get; private set; }

    /// <summary>Learns one batch.</summary>
    /// <returns>Whether it did: false once the run has diverged.</returns>
    public bool Train()
    {
        if (Diverged) return false;
        double loss = _task.Step(Step).Loss;
        if (!double.IsFinite(loss)) return !(Diverged = true);
        GradientClipping.ClipByGlobalNorm(Model.Parameters, 1);
        _adam.Step();
        Step++;
        // A mean over about ten batches, or over all while there are fewer.
        _loss = double.IsNaN(_loss) ? loss : _loss + ((loss - _loss) / Math.Min(Step, 10));
        return !(Diverged = !Reduce.AllFinite(Model.Parameters.Values));
    }

    /// <summary>The mean loss of a character at the end of the text, which is not learnt, in nats; null where the text is too short to keep some of it.</summary>
    public double? HeldOutLoss() => _evaluation?.Run().Loss;

    /// <summary>Goes on with another learning rate or another view.</summary>
    /// <exception cref="ArgumentException">The network or the text differs.</exception>
    public void Change(LettersSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        if (Setup.NeedsNewRun(setup)) throw new ArgumentException("LettersRun.Change: the network or the text differs; begin a new run.", nameof(setup));
        Setup = setup;
        _adam.LearningRate = (float)setup.LearningRate;
    }

    /// <summary>Writes some characters as the network would go on after the end of a line.</summary>
    /// <param name="count">How many, at least 0.</param>
    public string Write(int count)
    {
        SamplingOptions options = new() { Temperature = Setup.Temperature, Seed = (ulong)Setup.Seed, Excluded = [_unknown] };
        if (_sampling is null || _sampling.Temperature != options.Temperature)
        {
            _sampler?.Dispose();
            _sampler = new TextSampler(Model, options, Team.Single);
            _sampling = options;
        }

        _sampler!.Reset();
        int start = _characters.IdOf(new Rune('\n'));
        return _characters.Decode(_sampler.Write([start >= 0 ? start : Encode(Text[..Math.Min(2, Text.Length)])[0]], count));
    }

    /// <summary>Reads a text and keeps what every unit did at every character.</summary>
    public LettersReading Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0) text = Text;
        string[] characters = [.. text.EnumerateRunes().Take(LettersSetup.LongestReading).Select(rune => rune.ToString())];
        return new LettersReading(characters, Model.Trace(Encode(string.Concat(characters))), Name);
    }

    /// <summary>Frees the memory of the tapes.</summary>
    public void Dispose()
    {
        _task.Dispose();
        _evaluation?.Dispose();
        _sampler?.Dispose();
    }

    private string Name(int token) => _characters.Decode([token]);

    private int[] Encode(string text) => [.. text.EnumerateRunes().Select(rune => _characters.IdOf(rune) is >= 0 and int id ? id : _unknown)];

    private static string Prepare(string text)
    {
        text = text.ReplaceLineEndings("\n");
        if (text.Length <= LongestText) return text;
        int end = char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
        return text[..end];
    }

    private static CharacterVocabulary VocabularyOf(string text)
    {
        Dictionary<Rune, int> counts = [];
        foreach (Rune rune in text.EnumerateRunes()) counts[rune] = counts.GetValueOrDefault(rune) + 1;
        IEnumerable<Rune> common = counts.Where(one => one.Key != s_unknown).OrderByDescending(one => one.Value).ThenBy(one => one.Key).Take(MostCharacters).Select(one => one.Key);
        return new CharacterVocabulary(string.Concat(common.Order().Append(s_unknown)));
    }
}
