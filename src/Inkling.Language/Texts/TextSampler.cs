using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// Writes with a language model: reads a beginning, then draws token after token and reads each. A recurrent model takes one step for a token; one without states
/// reads its window again. Seed and what was read decide what is written.
/// </summary>
/// <remarks>The model is read at each step, so a sampler shows what training has made of it so far. One thread at a time, and not during a step of training.</remarks>
/// <example><code>
/// using TextSampler sampler = new(model, new SamplingOptions { Temperature = 0.8, Seed = 1 });
/// string text = characters.Decode(sampler.Write(characters.Encode("ROMEO:"), 300));
/// </code></example>
public sealed class TextSampler : IDisposable
{
    private const ulong DrawStream = 0xD4A3;

    private readonly LanguageModel _model;
    private readonly SamplingOptions _options;
    private readonly TextPass _pass;
    private readonly double[] _probabilities;
    private readonly double[] _ordered;
    private readonly int[] _excluded;
    private readonly int[]? _window;
    private int _windowLength;
    private ulong _drawn;
    private bool _hasRead;

    /// <summary>Prepares writing.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="options">How tokens are drawn.</param>
    /// <param name="team">The threads; null for all cores. Results do not depend on it.</param>
    /// <exception cref="ArgumentException">An option is out of range, or nothing is left to draw.</exception>
    public TextSampler(LanguageModel model, SamplingOptions? options = null, Team? team = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _options = options ?? new SamplingOptions();
        _options.Check(model.VocabularySize);
        _pass = new TextPass(model, 1, 1, new TapeOptions { Team = team ?? Team.Shared, Recording = false, Name = "writing" });
        _probabilities = new double[model.VocabularySize];
        _ordered = new double[model.VocabularySize];
        _excluded = [.. _options.Excluded];
        if (model.StateWidths.Count == 0) _window = new int[Math.Min(model.Context, 4096)];
    }

    /// <summary>How likely each token is to be drawn next, <c>[V]</c>: after temperature, the likeliest and exclusions. Empty before something was read.</summary>
    public ReadOnlySpan<double> Probabilities => _hasRead ? _probabilities : default;

    /// <summary>Forgets what was read; what is drawn starts over.</summary>
    public void Reset()
    {
        _pass.ResetStates();
        (_windowLength, _drawn, _hasRead) = (0, 0, false);
    }

    /// <summary>Reads tokens after those that were read before.</summary>
    /// <exception cref="ArgumentException">A token is none of the model's.</exception>
    public void Read(ReadOnlySpan<int> tokens)
    {
        foreach (int token in tokens)
        {
            if ((uint)token >= (uint)_model.VocabularySize) throw new ArgumentException($"TextSampler: the token {token} is none of the model's {_model.VocabularySize}.", nameof(tokens));
        }

        const int Chunk = 64;
        if (_window is not null) ReadWindow(tokens);
        else for (int start = 0; start < tokens.Length; start += Chunk) Run(tokens.Slice(start, Math.Min(Chunk, tokens.Length - start)));
    }

    /// <summary>Draws the next token and reads it; allocates nothing once a window is full.</summary>
    /// <exception cref="InvalidOperationException">Nothing was read before.</exception>
    public int Next()
    {
        if (!_hasRead) throw new InvalidOperationException("TextSampler: nothing was read that a token could follow. Read at least one token first.");
        int token = Draw(CounterRandom.Bits(_options.Seed, DrawStream, _drawn++));
        Read([token]);
        return token;
    }

    /// <summary>Reads a beginning and writes on.</summary>
    /// <param name="beginning">What is read first; may be empty where something was read before.</param>
    /// <param name="count">How many tokens are drawn, at least 0.</param>
    /// <returns>The tokens that were drawn.</returns>
    /// <exception cref="InvalidOperationException">Nothing was read.</exception>
    public int[] Write(ReadOnlySpan<int> beginning, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Read(beginning);
        int[] written = new int[count];
        for (int i = 0; i < count; i++) written[i] = Next();
        return written;
    }

    /// <inheritdoc/>
    public void Dispose() => _pass.Dispose();

    private void ReadWindow(ReadOnlySpan<int> tokens)
    {
        if (tokens.IsEmpty) return;
        int[] window = _window!;
        if (tokens.Length > window.Length) tokens = tokens[^window.Length..];
        int kept = Math.Min(_windowLength, window.Length - tokens.Length);
        window.AsSpan(_windowLength - kept, kept).CopyTo(window);
        tokens.CopyTo(window.AsSpan(kept));
        _windowLength = kept + tokens.Length;
        Run(window.AsSpan(0, _windowLength));
    }

    private void Run(ReadOnlySpan<int> tokens)
    {
        _pass.Inputs.Resize([tokens.Length, 1]);
        _pass.Inputs.Write(tokens);
        Tensor features = _pass.Read(0);
        Weigh(_model.Scores(features.Slice(tokens.Length - 1, 1)).Values);
        _hasRead = true;
    }

    /// <summary>Makes probabilities of scores.</summary>
    private void Weigh(ReadOnlySpan<float> scores)
    {
        for (int i = 0; i < scores.Length; i++) _probabilities[i] = scores[i];
        foreach (int token in _excluded) _probabilities[token] = double.NegativeInfinity;
        double best = double.NegativeInfinity, least = double.NegativeInfinity;
        foreach (double score in _probabilities) best = Math.Max(best, score);
        if (_options.TopK < _probabilities.Length)
        {
            _probabilities.CopyTo(_ordered, 0);
            Array.Sort(_ordered);
            least = _ordered[^_options.TopK];
        }

        if (_options.Temperature == 0) least = best;
        double scale = _options.Temperature == 0 ? 0 : 1 / _options.Temperature, sum = 0;
        for (int i = 0; i < _probabilities.Length; i++)
        {
            double score = _probabilities[i];
            sum += _probabilities[i] = score < least || double.IsNegativeInfinity(score) ? 0 : Math.Exp((score - best) * scale);
        }

        for (int i = 0; i < _probabilities.Length; i++) _probabilities[i] /= sum;
    }

    private int Draw(ulong bits)
    {
        double place = (bits >> 11) * (1.0 / (1L << 53));
        int last = 0;
        for (int i = 0; i < _probabilities.Length; i++)
        {
            if (_probabilities[i] == 0) continue;
            last = i;
            if ((place -= _probabilities[i]) < 0) break;
        }

        return last;
    }
}
