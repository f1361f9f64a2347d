using Inkling.Numerics;
using Inkling.Training;
using Inkling.Training.Metrics;

namespace Inkling.Language;

/// <summary>
/// Measures a language model on a text: the mean loss of every token but the first, in nats, and the metric <c>perplexity</c>, <c>e^loss</c>.
/// </summary>
/// <remarks>
/// A recurrent model reads each lane from its start to its end with its state carried on; with one lane that is the whole text. A model without states reads
/// windows side by side, so that a token is predicted from what stands before it in its window.
/// </remarks>
public sealed class TextEvaluation : IDisposable
{
    private const int MostSteps = 128;

    private readonly TextLanes _batches;
    private readonly TextPass _pass;

    /// <summary>Prepares measuring; the model is read each time <see cref="Run"/> runs.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="text">What to measure on, at least 2 tokens.</param>
    /// <param name="lanes">Parts that are read side by side, at least 1, each from an empty state: more are quicker. Default: 1.</param>
    /// <param name="steps">Steps that are read at once, at least 1; null, the default, for the model's context, 128 at most. Only models without states depend on it.</param>
    /// <param name="team">The threads; null for all cores. Results do not depend on it.</param>
    /// <exception cref="ArgumentException">The text has fewer than two tokens or one that the model lacks, or steps exceed the context.</exception>
    public TextEvaluation(LanguageModel model, ReadOnlyMemory<int> text, int lanes = 1, int? steps = null, Team? team = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        _batches = new TextLanes(text, Math.Min(lanes, Math.Max(1, text.Length - 1)), steps ?? Math.Min(model.Context, MostSteps), whole: true);
        TextTask.Check(nameof(TextEvaluation), model, _batches);
        _pass = new TextPass(model, _batches.Lanes, _batches.Steps, new TapeOptions { Team = team ?? Team.Shared, Recording = false, Name = "evaluation" });
    }

    /// <summary>Measures.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ValidationResult Run(CancellationToken cancellation = default)
    {
        double nats = 0;
        long targets = 0;
        for (long batch = 0; batch < _batches.BatchesPerEpoch; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            (Tensor loss, int counted) = _pass.Run(_batches, 0, batch, batch);
            nats += (double)loss.Item() * counted;
            targets += counted;
        }

        double mean = nats / targets;
        return new ValidationResult(mean) { Metrics = [new MetricValue("perplexity", Math.Exp(mean), HigherIsBetter: false)] };
    }

    /// <inheritdoc/>
    public void Dispose() => _pass.Dispose();
}
