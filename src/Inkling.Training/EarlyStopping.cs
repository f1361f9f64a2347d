namespace Inkling.Training;

/// <summary>
/// Keeps a copy of the parameters of the best validation, puts it back at the end, and stops the run when validation has not
/// improved for <paramref name="patience"/> validations in a row.
/// </summary>
/// <param name="patience">Validations without improvement to wait for; at least 1. Use <see cref="int.MaxValue"/> only to keep the best.</param>
public sealed class EarlyStopping(int patience) : TrainingCallback
{
    private float[]? _best;
    private int _waited;

    /// <inheritdoc/>
    public override void OnValidated(Trainer trainer, ValidationResult result, bool improved)
    {
        if (improved)
        {
            _waited = 0;
            _best ??= new float[trainer.Parameters.Values.Length];
            trainer.Parameters.Values.CopyTo(_best);
        }
        else if (++_waited >= patience)
        {
            trainer.Stop(StopReason.EarlyStopped);
        }
    }

    /// <inheritdoc/>
    public override void OnFinished(Trainer trainer) => _best?.CopyTo(trainer.Parameters.Values);

    /// <inheritdoc/>
    public override void Save(StateWriter state)
    {
        state.Number("early_stopping.waited", _waited);
        state.Number("early_stopping.length", _best?.Length ?? 0);
        if (_best is not null) state.Array("early_stopping.best", [_best.Length], () => _best);
    }

    /// <inheritdoc/>
    public override void Restore(StateReader state)
    {
        _waited = (int)state.Integer("early_stopping.waited");
        long length = state.Integer("early_stopping.length");
        _best = length == 0 ? null : new float[length];
        if (_best is not null) state.Array("early_stopping.best", [_best.Length], _best);
    }
}
