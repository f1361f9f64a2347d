namespace Inkling.Vectors;

/// <summary>A row that came, or one that went.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Row">The row as it is now; null if it is removed.</param>
internal readonly record struct RowChange(long Number, Row? Row);
