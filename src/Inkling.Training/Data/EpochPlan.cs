namespace Inkling.Training.Data;

/// <summary>Which items make up which batch of an epoch: a function of seed and epoch.</summary>
internal sealed class EpochPlan
{
    private readonly LoaderOptions _options;
    private readonly int[] _order;
    private readonly int[] _batches;
    private readonly Comparison<int>? _byLength;  // made once: Sort makes a new one of a comparer each time
    private long _epoch = -1;

    public EpochPlan(DataSet data, LoaderOptions options)
    {
        _options = options;
        _order = new int[data.Count];
        int size = options.BatchSize;
        _batches = new int[options.DropLast ? data.Count / size : ((data.Count - 1) / size) + 1];
        if (options.BucketBy is not { } name) return;
        int field = data.FieldNamed(name);
        if (!data.Fields[field].Varies) throw new ArgumentException($"DataLoader: the field '{name}' does not vary in length; batches cannot be brought together by it.", nameof(options));
        int[] lengths = new int[data.Count];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = data.LengthOf(i, field);
        // By length, then by number, so that the order is one and the same however sorting is done.
        _byLength = (x, y) => lengths[x] != lengths[y] ? lengths[x].CompareTo(lengths[y]) : x.CompareTo(y);
    }

    public int BatchCount => _batches.Length;

    /// <summary>The items of a batch. Allocates nothing.</summary>
    public ReadOnlySpan<int> Items(long epoch, long batch)
    {
        Prepare(epoch);
        int start = _batches[batch] * _options.BatchSize;
        return _order.AsSpan(start, Math.Min(_options.BatchSize, _order.Length - start));
    }

    private void Prepare(long epoch)
    {
        if (epoch == _epoch) return;
        _epoch = epoch;
        for (int i = 0; i < _order.Length; i++) _order[i] = i;
        for (int i = 0; i < _batches.Length; i++) _batches[i] = i;
        if (_options.Shuffle) Shuffle.Permute(_order, _options.Seed, Shuffle.Stream(Shuffle.EpochStream, epoch));
        if (_byLength is null) return;
        // What an epoch leaves out is chosen before sorting, or it would always be the longest.
        int used = Math.Min(_order.Length, _batches.Length * _options.BatchSize), pool = (int)Math.Min(_options.BucketBatches * (long)_options.BatchSize, int.MaxValue);
        for (int start = 0; start < used; start += Math.Min(pool, used - start)) _order.AsSpan(start, Math.Min(pool, used - start)).Sort(_byLength);
        if (_options.Shuffle) Shuffle.Permute(_batches, _options.Seed, Shuffle.Stream(Shuffle.BatchStream, epoch));
    }
}
