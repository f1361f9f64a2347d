namespace Inkling.Training.Data;

/// <summary>What the elements of a <see cref="DataField"/> are.</summary>
public enum FieldKind
{
    /// <summary>Real numbers: pixels, measurements, targets of a regression.</summary>
    Numbers,

    /// <summary>Whole numbers that select: token numbers, classes.</summary>
    Integers,
}
