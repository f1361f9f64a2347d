namespace Inkling.Language;

/// <summary>What an <see cref="ITokenPredictor"/> remembers of the tokens it has seen. Used by one thread at a time.</summary>
public abstract class PredictorState
{
    /// <summary>Forgets every token, as after <see cref="ITokenPredictor.NewState"/>.</summary>
    public abstract void Reset();

    /// <summary>Makes this state equal to <paramref name="other"/>; the two then live apart. Allocates nothing in steady use.</summary>
    /// <param name="other">A state made by the same predictor.</param>
    public abstract void CopyFrom(PredictorState other);
}
