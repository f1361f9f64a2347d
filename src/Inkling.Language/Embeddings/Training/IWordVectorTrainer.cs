namespace Inkling.Language;

/// <summary>A way to learn word vectors from text.</summary>
public interface IWordVectorTrainer
{
    /// <summary>What it is called on the command line, such as <c>skipgram</c>.</summary>
    string Name { get; }

    /// <summary>Learns a vector for each word of the corpus.</summary>
    /// <param name="corpus">The text.</param>
    /// <param name="options">How to learn.</param>
    /// <param name="progress">Is told some times a second; null, the default, for nobody. Called on the training thread.</param>
    /// <param name="stop">Ends the training early: what has been learnt so far is returned.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message says which.</exception>
    WordVectors Train(WordCorpus corpus, WordVectorTrainingOptions options, IProgress<WordVectorProgress>? progress = null, CancellationToken stop = default);
}
