namespace Inkling.Language;

/// <summary>The beginning of a target: its last symbol and what stands before it.</summary>
internal sealed record BeamPath(BeamPath? Before, int Symbol, double LogProbability, int Length);

/// <summary>A row of a step of the search.</summary>
/// <param name="Sentence">The source it belongs to.</param>
/// <param name="From">The row of the last step whose state it goes on from.</param>
/// <param name="Path">What is written so far.</param>
internal readonly record struct BeamRow(int Sentence, int From, BeamPath Path);

/// <summary>The search for the target of one source.</summary>
internal sealed class Beam(DecodingOptions options, int longest)
{
    private readonly List<BeamPath> _ended = [];
    private readonly List<Candidate> _candidates = new(2 * options.BeamSize);
    private BeamPath? _cutOff;

    /// <summary>What is before the first symbol.</summary>
    public BeamPath Start { get; } = new(null, EncoderDecoder.Begin, 0, 0);

    /// <summary>Continues the rows of this search by one symbol each and adds those that go on to <paramref name="next"/>.</summary>
    /// <param name="rows">The beginnings.</param>
    /// <param name="first">The number of the first of them among the rows of the step.</param>
    /// <param name="scores">The logarithm of the probability of each symbol after each of them, <c>[rows, V]</c>.</param>
    /// <param name="next">Receives the rows of the next step.</param>
    public void Advance(ReadOnlySpan<BeamRow> rows, int first, ReadOnlySpan<float> scores, List<BeamRow> next)
    {
        Choose(rows, scores);
        int going = 0;
        for (int rank = 0; rank < _candidates.Count && going < options.BeamSize; rank++)
        {
            (int row, int symbol, double logProbability) = _candidates[rank];
            BeamPath path = new(rows[row].Path, symbol, logProbability, rows[row].Path.Length + 1);
            if (symbol == EncoderDecoder.End)
            {
                // Ends further down the ranks would fill the list of results with poor ones.
                if (rank < options.BeamSize) _ended.Add(path);
                continue;
            }

            if (going++ == 0) _cutOff = path;
            next.Add(new BeamRow(rows[row].Sentence, first + row, path));
        }

        if (_ended.Count < options.BeamSize && rows[0].Path.Length + 1 < longest) return;
        next.RemoveRange(next.Count - going, going);
    }

    /// <summary>The best of those that have ended, or else the best that was cut off.</summary>
    public DecodedSequence Best()
    {
        bool ended = _ended.Count > 0;
        BeamPath best = ended ? _ended.MaxBy(Score)! : _cutOff!, path = ended ? best.Before! : best;
        int[] symbols = new int[path.Length];
        for (int i = symbols.Length - 1; i >= 0; i--, path = path.Before!) symbols[i] = path.Symbol;
        return new DecodedSequence(symbols, best.LogProbability, Score(best), ended);
    }

    private double Score(BeamPath path) => options.Score(path.LogProbability, path.Length);

    /// <summary>The best continuations, twice as many as the beam is wide, so that enough are left when some of them end.</summary>
    private void Choose(ReadOnlySpan<BeamRow> rows, ReadOnlySpan<float> scores)
    {
        int wanted = 2 * options.BeamSize, vocabulary = scores.Length / rows.Length;
        _candidates.Clear();
        for (int row = 0; row < rows.Length; row++)
        {
            double before = rows[row].Path.LogProbability;
            ReadOnlySpan<float> own = scores.Slice(row * vocabulary, vocabulary);
            for (int symbol = EncoderDecoder.End; symbol < vocabulary; symbol++)
            {
                double all = before + own[symbol];
                if (_candidates.Count == wanted && all <= _candidates[^1].LogProbability) continue;
                if (_candidates.Count == wanted) _candidates.RemoveAt(wanted - 1);
                int at = _candidates.Count;
                while (at > 0 && _candidates[at - 1].LogProbability < all) at--;
                _candidates.Insert(at, new Candidate(row, symbol, all));
            }
        }
    }

    private readonly record struct Candidate(int Row, int Symbol, double LogProbability);
}
