namespace Inkling.Language;

/// <summary>What is guessed from what in a window: one file for each, <see cref="SkipGramTrainer"/>, <see cref="CbowTrainer"/>, <see cref="SubwordTrainer"/>.</summary>
internal interface ISampledModel
{
    /// <summary>The most input rows of a step.</summary>
    /// <param name="neighbors">The most words around a word.</param>
    int MostInputs(int neighbors);

    /// <summary>The most positive outputs of a step.</summary>
    /// <param name="neighbors">The most words around a word.</param>
    int MostOutputs(int neighbors);

    /// <summary>Learns from one word and its neighbours.</summary>
    /// <param name="shard">Copies of rows, drawn words, scratch.</param>
    /// <param name="word">The word in the middle.</param>
    /// <param name="neighbors">Those around it, at least one.</param>
    /// <param name="rate">η.</param>
    void Learn(SampledShard shard, int word, ReadOnlySpan<int> neighbors, float rate);
}
