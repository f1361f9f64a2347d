namespace Inkling.Language;

/// <summary>
/// Continuous bag of words with negative sampling: from the mean h of the words around it the word in the middle is told from noise words. Maximises
/// <c>log σ(h · y_w) + Σₖ log σ(−h · y_k)</c> (Mikolov et al. 2013, <i>Efficient Estimation of Word Representations</i>, §3.1). As in the word2vec program, what h
/// should change by goes to each of the words in full, which is the gradient times their number. The vector of a word is its input row.
/// </summary>
public sealed class CbowTrainer : IWordVectorTrainer, ISampledModel
{
    /// <inheritdoc/>
    public string Name => "cbow";

    /// <inheritdoc/>
    public WordVectors Train(WordCorpus corpus, WordVectorTrainingOptions options, IProgress<WordVectorProgress>? progress = null, CancellationToken stop = default)
    {
        SampledTables tables = SampledTraining.Run(nameof(CbowTrainer), corpus, options, rate: 0.05f, this, progress, stop);
        return new WordVectors(corpus.Words.Words, tables.Input.ToArray(corpus.Words.Count));
    }

    int ISampledModel.MostInputs(int neighbors) => neighbors;

    int ISampledModel.MostOutputs(int neighbors) => 1;

    void ISampledModel.Learn(SampledShard shard, int word, ReadOnlySpan<int> neighbors, float rate)
    {
        shard.Begin();
        foreach (int neighbor in neighbors) shard.AddInput(neighbor);
        shard.AddOutput(word);
        shard.StepMean(rate);
    }
}
