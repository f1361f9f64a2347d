using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>
/// Skip-gram over parts of words, fastText's: the words around it are told from noise words by the mean h of the rows of the word in the middle and of its
/// parts. Maximises <c>Σ log σ(h · y_c) + Σₖ log σ(−h · y_k)</c> over all neighbours c, each with noise words of its own (Bojanowski et al. 2017,
/// <i>Enriching Word Vectors with Subword Information</i>, §3; the mean, and its change in full for each row, as the fastText program has it).
/// </summary>
/// <param name="parts">How words fall into parts; null, the default, for runs of 3 to 6 letters in 200,000 buckets.</param>
public sealed class SubwordTrainer(Subwords? parts = null) : IWordVectorTrainer
{
    private readonly Subwords _parts = parts ?? new Subwords();

    /// <inheritdoc/>
    public string Name => "subwords";

    /// <inheritdoc/>
    public WordVectors Train(WordCorpus corpus, WordVectorTrainingOptions options, IProgress<WordVectorProgress>? progress = null, CancellationToken stop = default) =>
        TrainParts(corpus, options, progress, stop).Words;

    /// <summary>Learns vectors of words and of their parts.</summary>
    /// <inheritdoc cref="IWordVectorTrainer.Train" path="/*[not(self::summary)]"/>
    public SubwordVectors TrainParts(WordCorpus corpus, WordVectorTrainingOptions options, IProgress<WordVectorProgress>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Start is not null) throw new ArgumentException("SubwordTrainer: the rows of parts cannot be had from vectors of words; leave Start out.");
        int count = corpus.Words.Count;
        int[][] rows = [.. Enumerable.Range(0, count).Select(i => (int[])[i, .. _parts.Of(corpus.Words.WordOf(i)).Select(part => count + part)])];
        SampledTables tables = SampledTraining.Run(nameof(SubwordTrainer), corpus, options, rate: 0.05f, new Model(rows), progress, stop, _parts.Buckets);
        float[] values = new float[checked(count * options.Width)], mean = new float[tables.Input.Stride];
        for (int i = 0; i < count; i++)
        {
            RowTables.Sum(tables.Input.All, rows[i], tables.Input.Stride, 1f / rows[i].Length, mean);
            mean.AsSpan(0, options.Width).CopyTo(values.AsSpan(i * options.Width));
        }

        // Rows of parts that no word has were never learnt.
        int[] buckets = [.. rows.SelectMany(list => list.Skip(1)).Distinct().Order().Select(row => row - count)];
        float[] parts = new float[checked(buckets.Length * options.Width)];
        for (int i = 0; i < buckets.Length; i++) tables.Input[count + buckets[i]].CopyTo(parts.AsSpan(i * options.Width));
        return new SubwordVectors(new WordVectors(corpus.Words.Words, values), _parts, buckets, parts);
    }

    private sealed class Model(int[][] rows) : ISampledModel
    {
        public int MostInputs(int neighbors) => rows.Max(list => list.Length);

        public int MostOutputs(int neighbors) => neighbors;

        public void Learn(SampledShard shard, int word, ReadOnlySpan<int> neighbors, float rate)
        {
            shard.Begin();
            foreach (int row in rows[word]) shard.AddInput(row);
            foreach (int neighbor in neighbors) shard.AddOutput(neighbor);
            shard.StepMean(rate);
        }
    }
}
