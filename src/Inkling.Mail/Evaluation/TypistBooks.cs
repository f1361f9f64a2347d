using System.Diagnostics;
using System.Globalization;

namespace Inkling.Mail;

/// <summary>The books that the typist keeps: what was shown, what was right, and how many keys it took.</summary>
internal sealed class TypistBooks
{
    private const int MostWords = 5;

    private readonly long[] _wordsAll = new long[MostWords + 1], _wordsRight = new long[MostWords + 1];
    private readonly CalibrationCounter _best = new(), _whenShown = new();
    private readonly List<float> _milliseconds = [];
    private int _mails;
    private long _characters, _positions, _shown, _right, _shownCharacters, _keysWhole, _keysWord, _keysOracle, _bitCharacters;
    private double _bits;

    /// <summary>Savings so far by accepting whole suggestions.</summary>
    public double WholeSavings => Savings(_keysWhole);

    /// <summary>Characters typed so far.</summary>
    public long Characters => _characters;

    /// <summary>Types a text, asking at every position.</summary>
    /// <param name="text">What the author wrote, cut to the length that is typed.</param>
    /// <param name="ask">Answers for the text before a position.</param>
    /// <param name="cancellation">Stops between two characters.</param>
    public void Type(string text, Func<string, Completion> ask, CancellationToken cancellation)
    {
        var points = new CodePoints(text);
        int n = points.Length;
        var suggestions = new CodePoints?[n];
        var matches = new int[n]; // length of the longest candidate that matches at a position
        int offset = 0;
        for (int i = 1; i < n; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            offset += points[i - 1] > char.MaxValue ? 2 : 1;
            long start = Stopwatch.GetTimestamp();
            Completion answer = ask(text[..offset]);
            _milliseconds.Add((float)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            suggestions[i] = Judge(points, i, answer);
            matches[i] = LongestMatch(points, i, answer);
        }
        _mails++;
        _characters += n;
        _keysWhole += Keys(n, i => suggestions[i] is { } s ? Whole(points, s, i) : default);
        _keysWord += Keys(n, i => suggestions[i] is { } s ? Words(points, s, i) : default);
        _keysOracle += Keys(n, i => (matches[i], 1));
    }

    /// <summary>Adds the bits that a model needs for a text.</summary>
    public void AddBits(double bits, string text)
    {
        _bits += bits;
        _bitCharacters += new CodePoints(text).Length;
    }

    /// <summary>Adds other books to these.</summary>
    public void Add(TypistBooks other)
    {
        _mails += other._mails;
        _characters += other._characters;
        _positions += other._positions;
        _shown += other._shown;
        _right += other._right;
        _shownCharacters += other._shownCharacters;
        _keysWhole += other._keysWhole;
        _keysWord += other._keysWord;
        _keysOracle += other._keysOracle;
        _bits += other._bits;
        _bitCharacters += other._bitCharacters;
        _milliseconds.AddRange(other._milliseconds);
        _best.Add(other._best);
        _whenShown.Add(other._whenShown);
        for (int words = 1; words <= MostWords; words++)
        {
            _wordsAll[words] += other._wordsAll[words];
            _wordsRight[words] += other._wordsRight[words];
        }
    }

    /// <summary>The figures.</summary>
    public EvaluationResult Result()
    {
        float[] sorted = [.. _milliseconds.Order()];
        return new EvaluationResult
        {
            Mails = _mails,
            Characters = _characters,
            BitsPerCharacter = _bitCharacters > 0 ? _bits / _bitCharacters : null,
            ExactMatch = Enumerable.Range(1, MostWords).Where(words => _wordsAll[words] > 0)
                .ToDictionary(words => words.ToString(CultureInfo.InvariantCulture), words => (double)_wordsRight[words] / _wordsAll[words]),
            Coverage = (double)_shown / Math.Max(1, _positions),
            PrecisionWhenShown = (double)_right / Math.Max(1, _shown),
            MeanShownChars = (double)_shownCharacters / Math.Max(1, _shown),
            KeystrokeSavings = new KeystrokeSavings(Savings(_keysWhole), Savings(_keysWord), Savings(_keysOracle)),
            LatencyMs = new LatencyFigures(Quantile(sorted, 0.5), Quantile(sorted, 0.9), Quantile(sorted, 0.99)),
            PeakMemoryMB = Process.GetCurrentProcess().PeakWorkingSet64 / (double)(1 << 20),
            Calibration = _best.Figures(),
            CalibrationWhenShown = _whenShown.Figures(),
        };
    }

    // Returns the suggestion that counts as shown.
    private CodePoints? Judge(CodePoints text, int i, Completion answer)
    {
        _positions++;
        CodePoints? shown = null;
        if (answer.Suggestion is { } suggestion && new CodePoints(suggestion.Text) is { TrimmedLength: >= 2 } points)
        {
            shown = points;
            bool right = IsRight(text, points, i);
            _shown++;
            _shownCharacters += points.Length;
            _right += right ? 1 : 0;
            _whenShown.Add(suggestion.Confidence, right);
        }
        Suggestion? best = answer.Candidates.Count > 0 ? answer.Candidates[0] : answer.Suggestion;
        if (best is not null && best.Text.Length > 0)
            _best.Add(best.Confidence, IsRight(text, new CodePoints(best.Text), i));
        if (text[i - 1] == ' ' && CodePoints.IsWord(text[i]))
            CountExactMatches(text.SentenceWords(i), new CodePoints(best?.Text ?? "").Words());
        return shown;
    }

    private void CountExactMatches(List<string> wanted, List<string> got)
    {
        bool right = true;
        for (int words = 1; words <= MostWords && words <= wanted.Count; words++)
        {
            right &= words <= got.Count && got[words - 1] == wanted[words - 1];
            _wordsAll[words]++;
            _wordsRight[words] += right ? 1 : 0;
        }
    }

    private static int LongestMatch(CodePoints text, int i, Completion answer)
    {
        int longest = 0;
        foreach (Suggestion candidate in answer.Suggestion is { } shown ? answer.Candidates.Append(shown) : answer.Candidates)
        {
            var points = new CodePoints(candidate.Text);
            if (points.Length > longest && text.StartsWith(points, i))
                longest = points.Length;
        }
        return longest;
    }

    private static bool IsRight(CodePoints text, CodePoints suggestion, int i) =>
        text.StartsWith(suggestion, i) && !text.BreaksWord(i + suggestion.Length, suggestion[^1]);

    private static (int Advance, int Keys) Whole(CodePoints text, CodePoints suggestion, int i) =>
        text.StartsWith(suggestion, i) ? (suggestion.Length, 1) : default;

    private static (int Advance, int Keys) Words(CodePoints text, CodePoints suggestion, int i)
    {
        int advance = 0, keys = 0;
        foreach (int end in suggestion.WordEnds())
        {
            if (!text.StartsWith(suggestion.Slice(advance, end - advance), i + advance) || text.BreaksWord(i + end, suggestion[end - 1]))
                break;
            advance = end;
            keys++;
        }
        return advance == suggestion.Length ? (advance, 1) : (advance, keys);
    }

    // A suggestion is accepted where that saves keys.
    private static long Keys(int n, Func<int, (int Advance, int Keys)> accept)
    {
        long keys = 0;
        for (int i = 0; i < n;)
        {
            var (advance, price) = i == 0 ? default : accept(i);
            bool worth = advance > price;
            i += worth ? advance : 1;
            keys += worth ? price : 1;
        }
        return keys;
    }

    private double Savings(long keys) => _characters == 0 ? 0 : 1 - (double)keys / _characters;

    private static double Quantile(float[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}
