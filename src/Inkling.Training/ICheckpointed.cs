namespace Inkling.Training;

/// <summary>Something whose state belongs in a checkpoint, so that a resumed run equals an uninterrupted one bit for bit.</summary>
public interface ICheckpointed
{
    /// <summary>Names everything that later steps depend on.</summary>
    void Save(StateWriter state);

    /// <summary>Takes everything back that <see cref="Save"/> named.</summary>
    void Restore(StateReader state);
}
