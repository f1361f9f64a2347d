namespace Inkling.Language.Tests;

/// <summary>Interpolated modified Kneser-Ney as its formulas say, over dictionaries of strings, in double. Slow and plain.</summary>
internal sealed class ReferenceKneserNey
{
    private readonly int _order;
    private readonly int _vocabulary;
    private readonly HashSet<int> _marks;
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, int> _adjusted = [];
    private readonly (double One, double Two, double More)[] _discounts;

    public ReferenceKneserNey(IEnumerable<int[]> sequences, int order, int vocabulary, int[] marks)
    {
        (_order, _vocabulary, _marks) = (order, vocabulary, [.. marks]);
        var before = new Dictionary<string, HashSet<int>>();
        foreach (int[] sequence in sequences)
        {
            for (int i = 0; i < sequence.Length; i++)
            {
                for (int length = 1; length <= order && i + length <= sequence.Length; length++)
                {
                    if (length > 1 && _marks.Contains(sequence[i + length - 1]))
                        break;
                    string key = Key(sequence.AsSpan(i, length));
                    _counts[key] = _counts.GetValueOrDefault(key) + 1;
                    if (!before.TryGetValue(key, out HashSet<int>? tokens))
                        before[key] = tokens = [];
                    if (i > 0 && !_marks.Contains(sequence[i]) && length < order)
                        tokens.Add(sequence[i - 1]);
                }
            }
        }
        foreach ((string key, int count) in _counts)
        {
            int[] tokens = Tokens(key);
            _adjusted[key] = tokens.Length == order ? count
                : _marks.Contains(tokens[0]) ? tokens.Length == 1 ? 0 : count
                : Math.Max(1, before[key].Count);
        }
        _discounts = [.. Enumerable.Range(1, order).Select(Discounts)];
    }

    public double Probability(ReadOnlySpan<int> history, int token)
    {
        int start = history.Length;
        while (start > 0 && history.Length - start < _order - 1 && !(start < history.Length && _marks.Contains(history[start])))
            start--;
        return Conditional(history[start..].ToArray(), token);
    }

    private double Conditional(int[] context, int token)
    {
        (double one, double two, double more) = _discounts[context.Length];
        double Weight(int count) => count - (count == 0 ? 0 : count == 1 ? one : count == 2 ? two : more);
        double total = 0, kept = 0, own = 0;
        for (int next = 0; next < _vocabulary; next++)
        {
            int count = _adjusted.GetValueOrDefault(Key([.. context, next]));
            total += count;
            kept += Weight(count);
            if (next == token)
                own = Weight(count);
        }
        double lower = context.Length > 0 ? Conditional(context[1..], token) : _marks.Contains(token) ? 0 : 1.0 / (_vocabulary - _marks.Count);
        return total == 0 ? lower : own / total + (1 - kept / total) * lower;
    }

    private (double, double, double) Discounts(int length)
    {
        double N(int count) => _adjusted.Count(pair => Tokens(pair.Key).Length == length && pair.Value == count);
        if (N(1) == 0 || N(2) == 0 || N(3) == 0 || N(4) == 0)
            return (0.5, 1, 1.5);
        double y = N(1) / (N(1) + 2 * N(2));
        return (Math.Clamp(1 - 2 * y * N(2) / N(1), 0.05, 0.95), Math.Clamp(2 - 3 * y * N(3) / N(2), 0.1, 1.9), Math.Clamp(3 - 4 * y * N(4) / N(3), 0.1, 2.9));
    }

    private static string Key(ReadOnlySpan<int> tokens) => string.Join(' ', tokens.ToArray());

    private static int[] Tokens(string key) => [.. key.Split(' ').Select(int.Parse)];
}
