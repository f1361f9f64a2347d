using Inkling.Numerics;
using Inkling.Training;

namespace Inkling.Language;

/// <summary>
/// Measures a language model on the bodies of a corpus: the mean loss of their tokens and of the mark at their end, and the same in bits
/// for each character of the text.
/// </summary>
public sealed class LanguageModelEvaluation : IDisposable
{
    private readonly BatchSource _batches;
    private readonly LanguageModelPass _pass;
    private readonly long _characters;

    /// <summary>Prepares measuring; the model is read each time <see cref="Run"/> runs.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="corpus">What to measure on; not empty.</param>
    /// <param name="options">Lanes and steps; the order is always the corpus's.</param>
    /// <param name="team">The threads; null for all cores.</param>
    public LanguageModelEvaluation(LstmLanguageModel model, TokenCorpus corpus, BatchOptions options, Team? team = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(options);
        options = options with { Shuffle = false, HeadTargets = false, GroupWeights = [], Lanes = Math.Min(options.Lanes, corpus.Count) };
        _batches = new BatchSource(corpus, options);
        _pass = new LanguageModelPass(model, options, new TapeOptions { Team = team ?? Team.Shared, Recording = false, Name = "validation" });
        _characters = corpus.BodyCharacters;
    }

    /// <summary>Measures.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ValidationResult Run(CancellationToken cancellation = default)
    {
        double nats = 0;
        long targets = 0;
        _pass.ResetStates();
        for (long batch = 0; batch < _batches.BatchesPerEpoch; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            (int counted, _) = _batches.Fill(0, batch, _pass.Inputs.Values, _pass.Targets.Values, _pass.Resets.Values);
            nats += (double)_pass.Run(batch).Item() * counted;
            targets += counted;
        }

        double? bits = _characters > 0 ? nats / Math.Log(2) / _characters : null;
        return new ValidationResult(nats / Math.Max(1, targets), bits);
    }

    /// <inheritdoc/>
    public void Dispose() => _pass.Dispose();
}
