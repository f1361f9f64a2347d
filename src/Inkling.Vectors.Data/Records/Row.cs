namespace Inkling.Vectors;

/// <summary>A record as it is kept: it does not change.</summary>
/// <param name="Number">Its key in the indexes, never given twice.</param>
/// <param name="Key">Its key.</param>
/// <param name="Values">Its data, in the order of <see cref="RecordShape.Data"/>.</param>
/// <param name="Vectors">Its vectors, in the order of <see cref="RecordShape.Vectors"/>.</param>
internal sealed record Row(long Number, object Key, object?[] Values, float[]?[] Vectors);
