namespace Inkling.Training.Data;

/// <summary>How a <see cref="DataLoader"/> makes batches.</summary>
public sealed record LoaderOptions
{
    /// <summary>Items in a batch, at least 1. Default: 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Whether each epoch has an order of its own. Default: no, the order of the set.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Decides the orders and what augmentations draw. The same seed gives the same batches, bit for bit, read ahead or not. Default: 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether the last batch of an epoch is left out when it is not full. Default: no.</summary>
    public bool DropLast { get; init; }

    /// <summary>Batches that a thread in the background makes ahead; 0 makes each when it is asked for. Default: 2.</summary>
    public int Prefetch { get; init; } = 2;

    /// <summary>A field of sequences by whose length items are brought together, so that little is padded; null, the default, for none.</summary>
    /// <remarks>
    /// Every <see cref="BucketBatches"/> batches' items, drawn in the order of the epoch, are sorted by length and cut; when shuffling, the
    /// batches are then shuffled. So batches are of like lengths, and yet other ones in each epoch (as in torchtext's BucketIterator).
    /// </remarks>
    public string? BucketBy { get; init; }

    /// <summary>Batches that are sorted together, at least 1. Default: 50.</summary>
    public int BucketBatches { get; init; } = 50;

    /// <summary>Padded lengths are multiples of this, at least 1, so that fewer shapes occur. Default: 1.</summary>
    public int PadToMultipleOf { get; init; } = 1;

    /// <summary>Whether sequences lie as <c>[L, B, …]</c>, as recurrent layers want them, and not as <c>[B, L, …]</c>. Default: no.</summary>
    public bool TimeFirst { get; init; }

    /// <summary>What is done to items on the way, in order: leave empty for validation.</summary>
    public IReadOnlyList<Augmentation> Augmentations { get; init; } = [];
}
