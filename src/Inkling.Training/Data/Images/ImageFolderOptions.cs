namespace Inkling.Training.Data;

/// <summary>How an <see cref="ImageFolder"/> reads images.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>1 for grey, 3 for colour. Default: 3.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>The size <c>(Height, Width)</c> to which all are brought; null, the default, for the size of the first, which all others must then have.</summary>
    public (int Height, int Width)? Size { get; init; }

    /// <summary>Taken from each channel of 0 … 1; one number for all channels, or one each. Default: 0.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0];

    /// <summary>What is then divided by, more than 0; one number for all channels, or one each. Default: 1.</summary>
    public IReadOnlyList<float> Deviation { get; init; } = [1];

    /// <summary>Whether images stay in memory, as bytes, once they are read; else each is read and decoded again in every epoch. Default: yes.</summary>
    public bool KeepInMemory { get; init; } = true;
}
