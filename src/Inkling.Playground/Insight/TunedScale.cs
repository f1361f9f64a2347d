namespace Inkling.Playground;

/// <summary>How the values of a <see cref="TunedField"/> lie beside each other.</summary>
public enum TunedScale
{
    /// <summary>One beside the other: names, or numbers with nothing between.</summary>
    List,

    /// <summary>Whole numbers, evenly.</summary>
    Whole,

    /// <summary>Numbers, by their logarithm.</summary>
    Logarithmic,
}
