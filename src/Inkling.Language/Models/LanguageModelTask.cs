using System.Globalization;
using Inkling.Nn.Checkpoints;
using Inkling.Numerics;
using Inkling.Training;

namespace Inkling.Language;

/// <summary>
/// Training a language model on a corpus by truncated back-propagation through time: the state of each lane is carried from batch to
/// batch, gradients are not.
/// </summary>
public sealed class LanguageModelTask : ITrainable, IDisposable
{
    private readonly LstmLanguageModel _model;
    private readonly BatchSource _batches;
    private readonly LanguageModelPass _pass;
    private readonly string _corpus;
    private readonly LanguageModelEvaluation? _evaluation;

    /// <summary>Prepares training.</summary>
    /// <param name="model">A built model.</param>
    /// <param name="corpus">What to learn from.</param>
    /// <param name="options">How to lay it out.</param>
    /// <param name="validation">What to measure on, bodies only; null for nothing.</param>
    /// <param name="team">The threads; null for all cores. Results do not depend on it.</param>
    public LanguageModelTask(LstmLanguageModel model, TokenCorpus corpus, BatchOptions options, TokenCorpus? validation = null, Team? team = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        team ??= Team.Shared;
        _model = model;
        _batches = new BatchSource(corpus, options);
        _corpus = string.Create(CultureInfo.InvariantCulture, $"{corpus.Fingerprint():x16} {options.Lanes}x{options.Steps} seed {options.Seed} weights {string.Join(' ', options.GroupWeights)}");
        _pass = new LanguageModelPass(model, options, new TapeOptions { Team = team, Seed = options.Seed, Name = "training" });
        if (validation is { Count: > 0 }) _evaluation = new LanguageModelEvaluation(model, validation, options, team);
    }

    /// <inheritdoc/>
    public ParameterSet Parameters => _model.Parameters;

    /// <inheritdoc/>
    public long StepsPerEpoch => _batches.BatchesPerEpoch;

    /// <inheritdoc/>
    public StepResult Step(long step)
    {
        (long epoch, long batch) = Math.DivRem(step, StepsPerEpoch);
        (int targets, int tokens) = _batches.Fill(epoch, batch, _pass.Inputs.Values, _pass.Targets.Values, _pass.Resets.Values);
        if (batch == 0) _pass.ResetStates();
        Tensor loss = _pass.Run(step);
        _pass.Tape.Backward(loss);
        return new StepResult(loss.Item(), targets, tokens);
    }

    /// <inheritdoc/>
    public Suspect? FindSuspect() => Suspect.Find(_pass.Tape);

    /// <inheritdoc/>
    public ValidationResult? Validate(CancellationToken cancellation) => _evaluation?.Run(cancellation);

    /// <inheritdoc/>
    public void Save(StateWriter state)
    {
        state.Text("corpus", _corpus);
        _pass.Save(state);
    }

    /// <inheritdoc/>
    public void Restore(StateReader state)
    {
        if (state.Text("corpus") != _corpus)
            throw new CheckpointException("Resuming: the mail, or how it is laid out, is not what the interrupted run learnt from. Give the same mail and options, or start without --resume.");
        _pass.Restore(state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pass.Dispose();
        _evaluation?.Dispose();
    }
}
