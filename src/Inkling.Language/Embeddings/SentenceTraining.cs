using Inkling.Nn;
using Inkling.Training.Metrics;

namespace Inkling.Language;

/// <summary>
/// Trains a <see cref="SentenceModel"/>: cosines of judged pairs are put in the order of their scores (pairs of pairs through
/// <c>ln(1 + e^(s (cosⱼ − cosᵢ)))</c>, Burges et al. 2005, §3), and texts that belong together are told from the others of the step (InfoNCE, van den Oord et al. 2018).
/// </summary>
public sealed class SentenceTraining
{
    private readonly SentenceModel _model;
    private readonly SentenceTrainingOptions _options;
    private readonly Judged[] _judged;
    private readonly (int[] A, int[] B)[] _matches;
    private readonly Random _random;
    private int _block;

    /// <summary>Takes what is learnt from.</summary>
    /// <param name="model">The built model.</param>
    /// <param name="vocabulary">Its words.</param>
    /// <param name="judged">Pairs with scores.</param>
    /// <param name="matches">Pairs that belong together. Neighbours in this list make the steps, so texts that are hard to tell apart should stand together.</param>
    /// <param name="options">How; null for the usual way.</param>
    /// <exception cref="ArgumentException">An option is out of range, or there are too few pairs.</exception>
    public SentenceTraining(SentenceModel model, SentenceVocabulary vocabulary, IReadOnlyList<JudgedPair> judged, IReadOnlyList<(string A, string B)> matches, SentenceTrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(judged);
        ArgumentNullException.ThrowIfNull(matches);
        _options = options ?? new SentenceTrainingOptions();
        _options.Check();
        _model = model;
        _judged = [.. judged.Select(pair => new Judged(Rows(pair.A), Rows(pair.B), pair.Score)).Where(pair => pair.A.Length > 0 && pair.B.Length > 0)];
        _matches = [.. matches.Select(pair => (Rows(pair.A), Rows(pair.B))).Where(pair => pair.Item1.Length > 0 && pair.Item2.Length > 0)];
        if (_judged.Length < _options.BatchPairs) throw new ArgumentException($"SentenceTraining: {_judged.Length} judged pairs with words are fewer than a step of {_options.BatchPairs}.", nameof(judged));
        _random = new Random((int)(_options.Seed & int.MaxValue));

        int[] Rows(string text) => vocabulary.Encode(text, _options.LongestText);
    }

    /// <summary>Trains, and keeps what was best on held-out pairs.</summary>
    /// <param name="heldOut">Pairs that choose the epoch.</param>
    /// <param name="encode">Makes an encoder of the model as it is, to be judged.</param>
    /// <param name="report">Told epoch, mean loss and rank correlation on the held-out pairs.</param>
    /// <param name="cancellation">Ends after the step under way.</param>
    /// <returns>The best rank correlation on the held-out pairs.</returns>
    public double Run(IReadOnlyList<JudgedPair> heldOut, Func<SentenceModel, ITextEncoder> encode, Action<int, double, double>? report = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(encode);
        _model.Words.InGroup("words");
        _model.Weights.InGroup("words");
        AdamW adam = new(_model.Parameters) { LearningRate = (float)_options.LearningRate, Groups = [new ParameterGroup("words") { RateFactor = (float)_options.WordRate }] };
        using Tape tape = new(new TapeOptions { Seed = _options.Seed });
        Steps steps = new(tape, _options);
        int perEpoch = _judged.Length / _options.BatchPairs;
        CosineSchedule schedule = new((long)perEpoch * _options.Epochs, Warmup: 20);
        float[] best = _model.Parameters.Values.ToArray();
        double top = Correlation(encode(_model), heldOut);
        report?.Invoke(0, double.NaN, top);
        for (int epoch = 1, step = 0; epoch <= _options.Epochs; epoch++)
        {
            double sum = 0;
            _random.Shuffle(_judged);
            for (int i = 0; i < perEpoch; i++, step++)
            {
                cancellation.ThrowIfCancellationRequested();
                adam.LearningRate = (float)(_options.LearningRate * schedule.FactorAt(step));
                sum += Step(tape, steps, _judged.AsSpan(i * _options.BatchPairs, _options.BatchPairs), adam);
            }

            double now = Correlation(encode(_model), heldOut);
            report?.Invoke(epoch, sum / perEpoch, now);
            if (now <= top) continue;
            top = now;
            _model.Parameters.Values.CopyTo(best);
        }

        best.CopyTo(_model.Parameters.Values);
        return top;
    }

    /// <summary>Spearman's rank correlation of an encoder's cosines with people's scores.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="pairs">The pairs.</param>
    public static double Correlation(ITextEncoder encoder, IReadOnlyList<JudgedPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(pairs);
        float[] a = new float[encoder.Dimensions], b = new float[encoder.Dimensions];
        double[] cosines = new double[pairs.Count], scores = new double[pairs.Count];
        for (int i = 0; i < pairs.Count; i++)
        {
            encoder.Encode(pairs[i].A, a);
            encoder.Encode(pairs[i].B, b);
            for (int d = 0; d < a.Length; d++) cosines[i] += (double)a[d] * b[d];
            scores[i] = pairs[i].Score;
        }

        return Spearman.Of(cosines, scores);
    }

    private double Step(Tape tape, Steps steps, Span<Judged> batch, AdamW adam)
    {
        tape.Begin();
        Fill(steps.A, batch.Length, batch, static pair => pair.A);
        Fill(steps.B, batch.Length, batch, static pair => pair.B);
        Tensor cosines = (Encode(steps.A).UnitRows() * Encode(steps.B).UnitRows()).Sum(1, keepAxis: true);   // [N, 1]
        Tensor worse = (cosines.Reshape([1, batch.Length]) - cosines) * (float)_options.Sharpness;             // [i, j]: cosⱼ − cosᵢ
        steps.Order(batch);
        Tensor loss = (worse.Softplus() * steps.Better).Sum();
        if (_options.MatchWeight > 0 && _matches.Length >= _options.BatchMatches)
        {
            Span<(int[] A, int[] B)> matches = Matches();
            Fill(steps.Queries, matches.Length, matches, static pair => pair.A);
            Fill(steps.Keys, matches.Length, matches, static pair => pair.B);
            loss += Losses.InfoNce(Encode(steps.Queries), Encode(steps.Keys), _options.Temperature, symmetric: true) * (float)_options.MatchWeight;
        }

        tape.Backward(loss);
        GradientClipping.ClipByGlobalNorm(_model.Parameters, 1);
        adam.Step();
        return loss.Item();

        Tensor Encode(Indices words) => _model.Forward(words, _options.WordDropout);
    }

    /// <summary>Pairs for a step: neighbours, which are hard to tell apart, and as many from anywhere in turn.</summary>
    private Span<(int[] A, int[] B)> Matches()
    {
        int count = _options.BatchMatches;
        if (_block++ % 2 == 0) return _matches.AsSpan(_random.Next(_matches.Length - count + 1), count);
        (int[], int[])[] drawn = new (int[], int[])[count];
        for (int i = 0; i < count; i++) drawn[i] = _matches[_random.Next(_matches.Length)];
        return drawn;
    }

    private static void Fill<T>(Indices words, int count, ReadOnlySpan<T> items, Func<T, int[]> rows)
    {
        int longest = 1;
        foreach (T item in items) longest = int.Max(longest, rows(item).Length);
        words.Resize([longest, count]);
        words.Values.Clear();
        for (int i = 0; i < count; i++)
        {
            int[] text = rows(items[i]);
            for (int t = 0; t < text.Length; t++) words.Values[(t * count) + i] = text[t];
        }
    }

    private readonly record struct Judged(int[] A, int[] B, double Score);

    /// <summary>The inputs of steps.</summary>
    private sealed class Steps(Tape tape, SentenceTrainingOptions options)
    {
        private readonly float[] _better = new float[options.BatchPairs * options.BatchPairs];

        public Indices A { get; } = tape.Indices([1, options.BatchPairs]);

        public Indices B { get; } = tape.Indices([1, options.BatchPairs]);

        public Indices Queries { get; } = tape.Indices([1, options.BatchMatches]);

        public Indices Keys { get; } = tape.Indices([1, options.BatchMatches]);

        /// <summary>At [i, j]: whether pair i was found more alike than pair j, as a share of all such.</summary>
        public Tensor Better { get; } = tape.Input([options.BatchPairs, options.BatchPairs]);

        public void Order(ReadOnlySpan<Judged> batch)
        {
            int all = 0;
            for (int i = 0; i < batch.Length; i++)
            {
                for (int j = 0; j < batch.Length; j++)
                {
                    bool better = batch[i].Score > batch[j].Score;
                    _better[(i * batch.Length) + j] = better ? 1 : 0;
                    all += better ? 1 : 0;
                }
            }

            for (int i = 0; i < _better.Length; i++) _better[i] /= int.Max(1, all);
            Better.Write(_better);
        }
    }
}
