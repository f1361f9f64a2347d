using System.Text.Json;

namespace Inkling.Language;

/// <summary>
/// How the vectors of a text's pieces, <c>[T, H]</c>, become one: several ways side by side, in the order of <c>sentence-transformers</c> (Reimers, Gurevych 2019, <i>Sentence-BERT</i>, §3).
/// </summary>
internal sealed class TokenPooling
{
    private readonly List<Way> _ways;

    private TokenPooling(List<Way> ways, bool leavesOutPrompt) => (_ways, LeavesOutPrompt) = (ways, leavesOutPrompt);

    private enum Way
    {
        /// <summary>The vector of the first piece.</summary>
        First,

        /// <summary>The largest of each number.</summary>
        Max,

        /// <summary><c>Σ hₜ / T</c>.</summary>
        Mean,

        /// <summary><c>Σ hₜ / √T</c>.</summary>
        MeanRoot,

        /// <summary><c>Σ t hₜ / Σ t</c>, t from 1.</summary>
        Weighted,

        /// <summary>The vector of the last piece.</summary>
        Last,
    }

    public static TokenPooling Mean { get; } = new([Way.Mean], false);

    /// <summary>Whether pieces of the prompt do not count.</summary>
    public bool LeavesOutPrompt { get; }

    /// <summary>How many numbers the vector has for pieces of <paramref name="hidden"/>.</summary>
    public int Dimensions(int hidden) => hidden * _ways.Count;

    /// <summary>Reads the configuration of a pooling module; without one it is the mean.</summary>
    /// <exception cref="InvalidDataException">It names no way, or one that is not known.</exception>
    public static TokenPooling Of(JsonElement? config, string file)
    {
        if (config is not { } said) return Mean;
        (string Old, string New, Way Way)[] known =
        [
            ("pooling_mode_cls_token", "cls", Way.First), ("pooling_mode_max_tokens", "max", Way.Max), ("pooling_mode_mean_tokens", "mean", Way.Mean),
            ("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens", Way.MeanRoot), ("pooling_mode_weightedmean_tokens", "weightedmean", Way.Weighted), ("pooling_mode_lasttoken", "lasttoken", Way.Last),
        ];
        string[] names = SentenceFolder.Part(said, "pooling_mode") switch
        {
            { ValueKind: JsonValueKind.String } one => [one.GetString()!],
            { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(one => one.ToString())],
            _ => [],
        };
        if (Array.Find(names, name => !known.Any(one => one.New == name)) is { } unknown) throw SentenceFolder.Wrong(file, $"pieces are pooled by {unknown}, which is not known; {string.Join(", ", known.Select(one => one.New))} are");
        List<Way> ways = [.. known.Where(one => names.Contains(one.New) || SentenceFolder.Flag(said, one.Old)).Select(one => one.Way)];
        if (ways.Count == 0) throw SentenceFolder.Wrong(file, "it names no way to pool pieces");
        return new TokenPooling(ways, SentenceFolder.Part(said, "include_prompt") is { ValueKind: JsonValueKind.False });
    }

    /// <summary>Pools the pieces of a text.</summary>
    /// <param name="pieces">Their vectors, <c>[T, H]</c>, without padding.</param>
    /// <param name="hidden">H.</param>
    /// <param name="vector">Room for the vector.</param>
    public void Apply(ReadOnlySpan<float> pieces, int hidden, Span<float> vector)
    {
        int count = pieces.Length / hidden;
        for (int i = 0; i < _ways.Count; i++)
        {
            Span<float> to = vector.Slice(i * hidden, hidden);
            ReadOnlySpan<float> Piece(ReadOnlySpan<float> all, int t) => all.Slice(t * hidden, hidden);
            switch (_ways[i])
            {
                case Way.First:
                    Piece(pieces, 0).CopyTo(to);
                    break;
                case Way.Last:
                    Piece(pieces, count - 1).CopyTo(to);
                    break;
                case Way.Max:
                    Piece(pieces, 0).CopyTo(to);
                    for (int t = 1; t < count; t++)
                    {
                        ReadOnlySpan<float> piece = Piece(pieces, t);
                        for (int j = 0; j < hidden; j++) to[j] = MathF.Max(to[j], piece[j]);
                    }

                    break;
                default:
                    to.Clear();
                    bool weighted = _ways[i] == Way.Weighted;
                    float all = weighted ? count * (count + 1f) / 2 : _ways[i] == Way.MeanRoot ? MathF.Sqrt(count) : count;
                    for (int t = 0; t < count; t++) AddScaled(Piece(pieces, t), (weighted ? t + 1 : 1) / all, to);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('+', _ways);

    private static void AddScaled(ReadOnlySpan<float> piece, float scale, Span<float> to)
    {
        for (int j = 0; j < to.Length; j++) to[j] += scale * piece[j];
    }
}
