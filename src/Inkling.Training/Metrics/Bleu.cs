using System.Globalization;
using System.Runtime.InteropServices;

namespace Inkling.Training.Metrics;

/// <summary>
/// BLEU of a corpus (Papineni et al. 2002), 0 … 100, as sacrebleu defines it (Post 2018): <c>100 · BP · exp(¼ Σ ln pₙ)</c>, where pₙ is the share of n-grams of
/// the translations, n = 1 … 4, that their references have, each at most as often as the reference with most of them, and
/// <c>BP = min(1, e^(1 − r/c))</c> for c words translated against r of the references nearest in length, the shorter of two.
/// </summary>
/// <remarks>Signature with the defaults: <c>case:mixed|eff:no|tok:13a|smooth:exp</c>.</remarks>
/// <example><code>
/// Bleu bleu = new();
/// bleu.Add("The dog bit the man.", "The dog bit the man.", "The dog had bit the man.");
/// double score = bleu.Score; // 100
/// </code></example>
public sealed class Bleu
{
    private const int Orders = 4;

    private readonly long[] _matches = new long[Orders];
    private readonly long[] _totals = new long[Orders];

    /// <summary>Whether text is split by <see cref="Tokenizer13a"/>; else at white space, for text that is split already. Default: yes.</summary>
    public bool Tokenize { get; init; } = true;

    /// <summary>Whether upper and lower case are the same. Default: no.</summary>
    public bool Lowercase { get; init; }

    /// <summary>What is done about an order without any match. Default: exponential.</summary>
    public BleuSmoothing Smoothing { get; init; } = BleuSmoothing.Exponential;

    /// <summary>Whether orders longer than any translation are left out, as is sensible for single sentences. Default: no.</summary>
    public bool EffectiveOrder { get; init; }

    /// <summary>Words translated, c.</summary>
    public long Length { get; private set; }

    /// <summary>Words of the references nearest in length, r.</summary>
    public long ReferenceLength { get; private set; }

    /// <summary>BP, 0 … 1: less than 1 when translations are too short.</summary>
    public double BrevityPenalty => Length >= ReferenceLength ? 1 : Length == 0 ? 0 : Math.Exp(1 - ((double)ReferenceLength / Length));

    /// <summary>pₙ in per cent, for n = 1 … 4, smoothed.</summary>
    public IReadOnlyList<double> Precisions => Smoothed();

    /// <summary>BLEU, 0 … 100; 0 where nothing matches.</summary>
    public double Score
    {
        get
        {
            double[] precisions = Smoothed();
            int orders = EffectiveOrder ? Math.Max(1, _totals.Count(total => total > 0)) : Orders;
            double sum = 0;
            for (int n = 0; n < orders; n++)
            {
                if (precisions[n] == 0) return 0;
                sum += Math.Log(precisions[n]);
            }

            return BrevityPenalty * Math.Exp(sum / orders);
        }
    }

    /// <summary>Adds one translated sentence.</summary>
    /// <param name="translation">What the model said.</param>
    /// <param name="references">What people said, at least one.</param>
    /// <exception cref="ArgumentException">There is no reference.</exception>
    public void Add(string translation, params ReadOnlySpan<string> references)
    {
        ArgumentNullException.ThrowIfNull(translation);
        if (references.IsEmpty) throw new ArgumentException("Bleu: a translation without a reference cannot be judged.", nameof(references));
        string[] words = Words(translation);
        Dictionary<string, int> mine = NGrams(words), known = [];
        int nearest = -1;
        foreach (string reference in references)
        {
            string[] other = Words(reference);
            int distance = Math.Abs(other.Length - words.Length), best = Math.Abs(nearest - words.Length);
            if (nearest < 0 || distance < best || (distance == best && other.Length < nearest)) nearest = other.Length;
            foreach ((string gram, int count) in NGrams(other))
            {
                ref int most = ref CollectionsMarshal.GetValueRefOrAddDefault(known, gram, out _);
                most = Math.Max(most, count);
            }
        }

        Length += words.Length;
        ReferenceLength += nearest;
        foreach ((string gram, int count) in mine) _matches[gram.Count(c => c == '\n')] += Math.Min(count, known.GetValueOrDefault(gram));
        for (int n = 0; n < Orders; n++) _totals[n] += Math.Max(0, words.Length - n);
    }

    /// <summary>Forgets what was added.</summary>
    public void Reset()
    {
        Array.Clear(_matches);
        Array.Clear(_totals);
        Length = ReferenceLength = 0;
    }

    /// <summary>The score with what it is made of, as sacrebleu writes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"BLEU = {Score:0.00} {string.Join('/', Smoothed().Select(p => p.ToString("0.0", CultureInfo.InvariantCulture)))} (BP = {BrevityPenalty:0.000} ratio = {(ReferenceLength == 0 ? 0 : (double)Length / ReferenceLength):0.000} hyp_len = {Length} ref_len = {ReferenceLength})");

    private double[] Smoothed()
    {
        double[] precisions = new double[Orders];
        if (_matches.All(matches => matches == 0)) return precisions;
        double share = 1;
        for (int n = 0; n < Orders && _totals[n] > 0; n++)
        {
            double matches = _matches[n];
            if (matches == 0) matches = Smoothing switch { BleuSmoothing.Exponential => share /= 2, BleuSmoothing.Floor => 0.1, _ => 0 };
            precisions[n] = 100 * matches / _totals[n];
        }

        return precisions;
    }

    private string[] Words(string text)
    {
        if (Lowercase) text = text.ToLowerInvariant();
        return Tokenize ? Tokenizer13a.Split(text) : Tokenizer13a.SplitAtSpaces(text);
    }

    /// <summary>How often each n-gram occurs; words are joined by a line feed, which none of them holds.</summary>
    private static Dictionary<string, int> NGrams(string[] words)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int start = 0; start < words.Length; start++)
        {
            string gram = words[start];
            for (int n = 0; ; gram += "\n" + words[start + n])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, gram, out _)++;
                if (++n == Orders || start + n == words.Length) break;
            }
        }

        return counts;
    }
}
