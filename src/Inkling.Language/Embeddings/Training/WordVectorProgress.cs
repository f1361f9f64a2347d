namespace Inkling.Language;

/// <summary>How far a training of word vectors is.</summary>
/// <param name="Epoch">The pass over the text, from 1 on; 0 while it is counted.</param>
/// <param name="Epochs">All passes.</param>
/// <param name="Done">Words, or for GloVe pairs, that were learnt from, in all passes.</param>
/// <param name="Total">How many there will be.</param>
/// <param name="Elapsed">Time since the beginning.</param>
public readonly record struct WordVectorProgress(int Epoch, int Epochs, long Done, long Total, TimeSpan Elapsed)
{
    /// <summary>Words or pairs a second.</summary>
    public double PerSecond => Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalSeconds : 0;

    /// <summary>Time that is left at this speed; null before anything is done.</summary>
    public TimeSpan? Remaining => Done > 0 ? Elapsed * ((double)(Total - Done) / Done) : null;
}
