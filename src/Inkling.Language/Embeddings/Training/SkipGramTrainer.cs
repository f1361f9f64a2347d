namespace Inkling.Language;

/// <summary>
/// Skip-gram with negative sampling: from each word around it the word in the middle is told from noise words. Maximises
/// <c>Σ log σ(x_c · y_w) + Σₖ log σ(−x_c · y_k)</c> over all words w, their neighbours c within a random reach and k drawn words (Mikolov et al. 2013,
/// <i>Distributed Representations of Words and Phrases</i>, eq. 4). The neighbours of a word share their noise words, and their rows change together
/// (Ji et al. 2016, <i>Parallelizing Word2Vec in Shared and Distributed Memory</i>). The vector of a word is its input row x.
/// </summary>
public sealed class SkipGramTrainer : IWordVectorTrainer, ISampledModel
{
    /// <inheritdoc/>
    public string Name => "skipgram";

    /// <inheritdoc/>
    public WordVectors Train(WordCorpus corpus, WordVectorTrainingOptions options, IProgress<WordVectorProgress>? progress = null, CancellationToken stop = default)
    {
        SampledTables tables = SampledTraining.Run(nameof(SkipGramTrainer), corpus, options, rate: 0.025f, this, progress, stop);
        return new WordVectors(corpus.Words.Words, tables.Input.ToArray(corpus.Words.Count));
    }

    int ISampledModel.MostInputs(int neighbors) => neighbors;

    int ISampledModel.MostOutputs(int neighbors) => 1;

    void ISampledModel.Learn(SampledShard shard, int word, ReadOnlySpan<int> neighbors, float rate)
    {
        shard.Begin();
        foreach (int neighbor in neighbors) shard.AddInput(neighbor);
        shard.AddOutput(word);
        shard.StepEach(rate);
    }
}
