using Inkling.Nn.Checkpoints;
using Inkling.Numerics;
using Inkling.Training;

namespace Inkling.Language;

/// <summary>
/// Training a language model on a text, for a <see cref="Trainer"/>: over lanes the states of a recurrent model are carried from batch to batch and cleared at the
/// start of a pass; gradients are not carried. Most programs call <see cref="TextTraining.Fit"/>, which makes both.
/// </summary>
public sealed class TextTask : ITrainable, IDisposable
{
    private readonly LanguageModel _model;
    private readonly TextBatches _training;
    private readonly TextPass _pass;
    private readonly TextEvaluation? _evaluation;

    /// <summary>Prepares training.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="training">What it learns from: <see cref="TextLanes"/> for recurrent models, <see cref="TextWindows"/> for those that carry nothing on.</param>
    /// <param name="validation">A text to measure on, in as many lanes and steps; empty, the default, for nothing.</param>
    /// <param name="team">The threads; null for all cores. Results do not depend on it.</param>
    /// <param name="seed">Decides what dropout draws. Default: 0.</param>
    /// <exception cref="ArgumentException">A token is not one of the model's, the steps exceed its context, or the text to measure on is a single token.</exception>
    public TextTask(LanguageModel model, TextBatches training, ReadOnlyMemory<int> validation = default, Team? team = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(training);
        Check(nameof(TextTask), model, training);
        team ??= Team.Shared;
        _model = model;
        _training = training;
        _pass = new TextPass(model, training.Lanes, training.Steps, new TapeOptions { Team = team, Seed = seed, Name = "training" });
        if (!validation.IsEmpty) _evaluation = new TextEvaluation(model, validation, training.Lanes, training.Steps, team);
    }

    /// <inheritdoc/>
    public ParameterSet Parameters => _model.Parameters;

    /// <inheritdoc/>
    public long StepsPerEpoch => _training.BatchesPerEpoch;

    /// <inheritdoc/>
    public StepResult Step(long step)
    {
        (long epoch, long batch) = Math.DivRem(step, StepsPerEpoch);
        (Tensor loss, int targets) = _pass.Run(_training, epoch, batch, step);
        double value = loss.Item();
        if (double.IsFinite(value)) _pass.Tape.Backward(loss);
        return new StepResult(value, targets, targets);
    }

    /// <inheritdoc/>
    public ValidationResult? Validate(CancellationToken cancellation) => _evaluation?.Run(cancellation);

    /// <inheritdoc/>
    public Suspect? FindSuspect() => Suspect.Find(_pass.Tape);

    /// <inheritdoc/>
    public void Save(StateWriter state)
    {
        state.Text("text", _training.ToString());
        _pass.Save(state);
    }

    /// <inheritdoc/>
    public void Restore(StateReader state)
    {
        string before = state.Text("text");
        if (before != _training.ToString()) throw new CheckpointException($"Resuming: the text or its layout is not what the interrupted run learnt from ({before}, now {_training}). Give the same text and layout, or start anew.");
        _pass.Restore(state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pass.Dispose();
        _evaluation?.Dispose();
    }

    internal static void Check(string what, LanguageModel model, TextBatches batches)
    {
        if (batches.Steps > model.Context) throw new ArgumentException($"{what}: batches of {batches.Steps} steps, but {model} reads {model.Context} at once. Give fewer steps, or the model a longer context.", nameof(batches));
        ReadOnlySpan<int> text = batches.Text.Span;
        for (int i = 0; i < text.Length; i++)
        {
            if ((uint)text[i] >= (uint)model.VocabularySize)
                throw new ArgumentException($"{what}: token {i} of the text is {text[i]}, which is none of the model's {model.VocabularySize} tokens (0 to {model.VocabularySize - 1}). Encode the text with the vocabulary the model was made for.", nameof(batches));
        }
    }
}
