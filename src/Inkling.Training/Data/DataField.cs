namespace Inkling.Training.Data;

/// <summary>One thing that every item of a <see cref="DataSet"/> has, such as its image or its class.</summary>
/// <param name="Name">What it is called in options and errors.</param>
/// <param name="Kind">Real or whole numbers.</param>
/// <param name="Shape">The sizes of one item's axes, <c>[]</c> for a single number; where <paramref name="Varies"/>, those of one of its elements.</param>
/// <param name="Varies">Whether items are sequences of different lengths L, each of shape <c>[L, …Shape]</c>.</param>
public sealed record DataField(string Name, FieldKind Kind, Shape Shape, bool Varies = false)
{
    /// <summary>What sequences are filled up with to the length of the longest of their batch. Default: 0. Targets are usually padded with −1, which losses ignore.</summary>
    public int Padding { get; init; }

    /// <summary>For classes and tokens, how many there are; 0, the default, where that is not known.</summary>
    public int Classes { get; init; }
}
