using System.Diagnostics;
using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// GloVe: vectors whose products tell how often words occur together. Minimises <c>Σ f(X) (w · c + b + b̃ − log X)²</c> over all pairs that occur together, with
/// <c>f(X) = min(1, (X / x_max)^α)</c>, by AdaGrad (Pennington et al. 2014, <i>GloVe: Global Vectors for Word Representation</i>, eq. 8 and 9). The vector of a word is
/// <c>w + c</c>.
/// </summary>
/// <remarks>
/// Pairs lie in 8 × 8 blocks by their words; eight blocks that share no row are learnt from at a time (Gemulla et al. 2011), so that the result is the same on any number
/// of threads. A different pair takes about 34 bytes while it is counted and 16 afterwards.
/// </remarks>
/// <param name="xMax">How often a pair must occur to count in full, x_max, above 0. Default: 10, right for some million words; 100 for billions.</param>
/// <param name="power">α, above 0. Default: 0.75.</param>
public sealed class GloveTrainer(double xMax = 10, double power = 0.75) : IWordVectorTrainer
{
    private readonly double _xMax = xMax > 0 ? xMax : throw new ArgumentOutOfRangeException(nameof(xMax), xMax, "GloveTrainer: x_max is above 0.");
    private readonly double _power = power > 0 ? power : throw new ArgumentOutOfRangeException(nameof(power), power, "GloveTrainer: the power is above 0.");

    /// <inheritdoc/>
    public string Name => "glove";

    /// <inheritdoc/>
    public WordVectors Train(WordCorpus corpus, WordVectorTrainingOptions options, IProgress<WordVectorProgress>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(nameof(GloveTrainer));
        int epochs = options.Epochs ?? 25, count = corpus.Words.Count, width = options.Width;
        Stopwatch clock = Stopwatch.StartNew();
        progress?.Report(new WordVectorProgress(0, epochs, 0, 0, clock.Elapsed));
        Cooccurrences pairs = new(corpus, options.Window ?? 10, _xMax, _power, options.Seed, options.Team ?? Team.Shared, stop);
        Tables tables = new(corpus, options);
        clock.Restart();
        long done = 0, total = pairs.Count * epochs;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            for (int shift = 0; shift < Cooccurrences.Parts && !stop.IsCancellationRequested; shift++)
            {
                StepBody body = new(tables, pairs, shift, options.Rate ?? 0.05f);
                (options.Team ?? Team.Shared).For(Cooccurrences.Parts, ref body);
                for (int row = 0; row < Cooccurrences.Parts; row++) done += pairs[row, (row + shift) % Cooccurrences.Parts].Rows.Length;
                progress?.Report(new WordVectorProgress(epoch + 1, epochs, done, total, clock.Elapsed));
            }
        }

        float[] values = new float[checked(count * width)];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> word = tables.Words[i], context = tables.Contexts[i];
            for (int k = 0; k < width; k++) values[(i * width) + k] = word[k] + context[k];
        }

        return new WordVectors(corpus.Words.Words, values);
    }

    /// <summary>Rows with the biases behind the numbers of a vector, as <see cref="CooccurrenceStep"/> wants them, and their squares.</summary>
    private sealed class Tables
    {
        public Tables(WordCorpus corpus, WordVectorTrainingOptions options)
        {
            int count = corpus.Words.Count;
            Width = options.Width;
            (Words, Contexts) = (new RowTable(count, Width + 2), new RowTable(count, Width + 2));
            (Squares, ContextSquares) = (new RowTable(count, Width + 2), new RowTable(count, Width + 2));
            Words.FillAtRandom(options.Seed, stream: 1);
            Contexts.FillAtRandom(options.Seed, stream: 2);
            Squares.All.Fill(1);
            ContextSquares.All.Fill(1);
            for (int i = 0; i < count; i++)
            {
                if (options.Start is { } start && start.TryFind(corpus.Words.WordOf(i), out ReadOnlySpan<float> vector)) Begin(vector, i);
                (Words[i][Width + 1], Contexts[i][Width]) = (1, 1);
            }
        }

        public int Width { get; }

        public RowTable Words { get; }

        public RowTable Contexts { get; }

        public RowTable Squares { get; }

        public RowTable ContextSquares { get; }

        private void Begin(ReadOnlySpan<float> vector, int row)
        {
            for (int k = 0; k < Width; k++) Words[row][k] = Contexts[row][k] = vector[k] / 2;
        }
    }

    private readonly struct StepBody(Tables tables, Cooccurrences pairs, int shift, float rate) : IChunkBody
    {
        public void Run(int chunk)
        {
            Cooccurrences.PairBlock block = pairs[chunk, (chunk + shift) % Cooccurrences.Parts];
            CooccurrenceStep.Run(tables.Words.All, tables.Squares.All, tables.Contexts.All, tables.ContextSquares.All, block.Rows, block.Columns, block.Logs, block.Weights, tables.Width, tables.Words.Stride, rate);
        }
    }
}
