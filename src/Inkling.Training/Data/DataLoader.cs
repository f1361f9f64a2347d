namespace Inkling.Training.Data;

/// <summary>
/// Makes batches of a <see cref="DataSet"/>: shuffled by seed, brought together by length, padded, read ahead. Batch n of epoch e is a function of
/// set, options, n and e, and so the same, bit for bit, in every run, whether read ahead or not and wherever reading began.
/// </summary>
/// <remarks>
/// Once the largest batch has been seen, nothing is allocated for a batch. One thread reads ahead: where reading takes longer than
/// learning, keep the items in memory.
/// </remarks>
/// <example><code>
/// DataLoader loader = new(data, new LoaderOptions { BatchSize = 64, Shuffle = true, Seed = 1 });
/// foreach (Batch batch in loader.Epoch(0)) Learn(batch["image"].Numbers, batch["class"].Integers);
/// </code></example>
public sealed class DataLoader
{
    /// <summary>Prepares batches.</summary>
    /// <param name="data">What they are made of; at least one item.</param>
    /// <param name="options">How they are made.</param>
    /// <exception cref="ArgumentException">The set is empty, would give no batch, or an option names an unfit field.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="KeyNotFoundException">An option names a field that is not there.</exception>
    public DataLoader(DataSet data, LoaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Options = options ?? new LoaderOptions();
        if (data.Count == 0) throw new ArgumentException("DataLoader: the data set is empty.", nameof(data));
        ArgumentOutOfRangeException.ThrowIfLessThan(Options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Options.Prefetch, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(Options.BucketBatches, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Options.PadToMultipleOf, 1);
        Data = data;
        BatchesPerEpoch = new BatchAssembler(data, Options).BatchCount;
        if (BatchesPerEpoch == 0) throw new ArgumentException($"DataLoader: {data.Count} items make no full batch of {Options.BatchSize}. Choose smaller batches, or keep the last one.", nameof(options));
    }

    /// <summary>What the batches are made of.</summary>
    public DataSet Data { get; }

    /// <summary>How they are made.</summary>
    public LoaderOptions Options { get; }

    /// <summary>Batches in one pass over the data.</summary>
    public long BatchesPerEpoch { get; }

    /// <summary>Begins to read batches, epoch after epoch without end.</summary>
    /// <param name="first">The first batch, counted over all epochs: <c>e · <see cref="BatchesPerEpoch"/> + n</c>.</param>
    /// <param name="cancellation">Ends waiting and reading ahead.</param>
    /// <returns>The reader; dispose it to end reading ahead.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is negative.</exception>
    public BatchReader Open(long first = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        return new BatchReader(new BatchAssembler(Data, Options), first, long.MaxValue, Options.Prefetch, cancellation);
    }

    /// <summary>The batches of one pass over the data. Each is valid until the next.</summary>
    /// <param name="epoch">The number of the pass, from 0.</param>
    /// <param name="cancellation">Ends it early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DataSetException">An item cannot be read.</exception>
    public IEnumerable<Batch> Epoch(long epoch, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return Read(epoch, cancellation);
    }

    private IEnumerable<Batch> Read(long epoch, CancellationToken cancellation)
    {
        long first = epoch * BatchesPerEpoch;
        using BatchReader reader = new(new BatchAssembler(Data, Options), first, first + BatchesPerEpoch, Options.Prefetch, cancellation);
        for (long i = 0; i < BatchesPerEpoch; i++) yield return reader.Next();
    }
}
