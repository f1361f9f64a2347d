namespace Inkling.Training.Data;

/// <summary>Divides a set into parts by seed: for training, validation and test, or into folds. The same seed gives the same parts.</summary>
public static class DataSplits
{
    /// <summary>Parts of the given shares, each item in one part at most; parts are as large as rounding allows, within one item of their share.</summary>
    /// <param name="data">What is divided.</param>
    /// <param name="seed">Decides which item comes into which part.</param>
    /// <param name="shares">The share of each part, more than 0, at most 1 in sum: <c>[0.8, 0.1, 0.1]</c>.</param>
    /// <returns>The parts in order; items in each keep their order.</returns>
    /// <exception cref="ArgumentException">The shares are none, not positive, or more than 1 in sum.</exception>
    public static IReadOnlyList<DataSet> Split(this DataSet data, ulong seed, params ReadOnlySpan<double> shares)
    {
        CheckShares(shares);
        int[] part = new int[data.Count];
        Deal(Enumerable.Range(0, data.Count).ToArray(), seed, Shuffle.SplitStream, shares, part);
        return Parts(data, part, shares.Length);
    }

    /// <summary>As <see cref="Split"/>, with each class of a field divided by the same shares, so that rare classes come into every part.</summary>
    /// <param name="data">What is divided.</param>
    /// <param name="field">A field of one whole number an item: its class.</param>
    /// <param name="seed">Decides which item comes into which part.</param>
    /// <param name="shares">The share of each part.</param>
    /// <exception cref="ArgumentException">The shares are wrong, or the field is not one class an item.</exception>
    public static IReadOnlyList<DataSet> StratifiedSplit(this DataSet data, string field, ulong seed, params ReadOnlySpan<double> shares)
    {
        CheckShares(shares);
        int[] part = new int[data.Count];
        foreach ((int @class, int[] items) in ByClass(data, field)) Deal(items, seed, Shuffle.Stream(Shuffle.SplitStream, @class), shares, part);
        return Parts(data, part, shares.Length);
    }

    /// <summary>k pairs of training and validation part: each item is in the validation part of exactly one pair (k-fold cross-validation).</summary>
    /// <param name="data">What is divided.</param>
    /// <param name="folds">k, 2 … the number of items.</param>
    /// <param name="seed">Decides which item comes into which fold.</param>
    /// <param name="stratifyBy">A field of one class an item, whose classes are divided evenly; null, the default, for none.</param>
    /// <exception cref="ArgumentException">The field is not one class an item.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer items than folds, or fewer than two folds.</exception>
    public static IReadOnlyList<(DataSet Training, DataSet Validation)> KFold(this DataSet data, int folds, ulong seed, string? stratifyBy = null)
    {
        if (folds < 2 || folds > data.Count) throw new ArgumentOutOfRangeException(nameof(folds), folds, $"KFold: 2 to {data.Count} folds can be made of {data.Count} items.");
        int[] fold = new int[data.Count];
        int next = 0;
        IEnumerable<(int Class, int[] Items)> groups = stratifyBy is null ? [(0, Enumerable.Range(0, data.Count).ToArray())] : ByClass(data, stratifyBy);
        foreach ((int @class, int[] items) in groups)
        {
            Shuffle.Permute(items, seed, Shuffle.Stream(Shuffle.FoldStream, @class));
            foreach (int item in items) fold[item] = next++ % folds; // going on across classes keeps the folds of one size
        }

        return [.. Enumerable.Range(0, folds).Select(k => (data.Where(item => fold[item] != k), data.Where(item => fold[item] == k)))];
    }

    private static IEnumerable<(int Class, int[] Items)> ByClass(DataSet data, string field)
    {
        int number = data.FieldNamed(field);
        DataField kind = data.Fields[number];
        if (kind.Kind != FieldKind.Integers || kind.Varies || kind.Shape.Length != 1)
            throw new ArgumentException($"Splitting by class: the field '{field}' is not one whole number an item.", nameof(field));
        int[] classes = new int[data.Count];
        for (int i = 0; i < classes.Length; i++) data.ReadIntegers(i, number, classes.AsSpan(i, 1));
        return Enumerable.Range(0, classes.Length).GroupBy(item => classes[item]).OrderBy(group => group.Key).Select(group => (group.Key, group.ToArray()));
    }

    /// <summary>Deals shuffled items out by the largest remainder, so that no part is off its share by a whole item.</summary>
    private static void Deal(int[] items, ulong seed, ulong stream, ReadOnlySpan<double> shares, int[] part)
    {
        Shuffle.Permute(items, seed, stream);
        int[] sizes = new int[shares.Length];
        double sum = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = (int)Math.Floor((shares[i] * items.Length) + 1e-9);
            sum += shares[i];
        }

        int left = (int)Math.Round(Math.Min(1, sum) * items.Length) - sizes.Sum();
        double[] exact = [.. shares.ToArray().Select(share => share * items.Length)];
        foreach (int i in Enumerable.Range(0, sizes.Length).OrderByDescending(i => exact[i] - sizes[i]).Take(Math.Max(0, left))) sizes[i]++;
        Array.ForEach(items, item => part[item] = -1);
        int at = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            for (int k = 0; k < sizes[i]; k++) part[items[at++]] = i;
        }
    }

    private static DataSet[] Parts(DataSet data, int[] part, int parts)
        => [.. Enumerable.Range(0, parts).Select(i => data.Where(item => part[item] == i))];

    private static void CheckShares(ReadOnlySpan<double> shares)
    {
        double sum = 0;
        foreach (double share in shares)
        {
            if (!(share > 0)) throw new ArgumentException($"Split: a share of {share}; each must be more than 0.", nameof(shares));
            sum += share;
        }

        if (shares.IsEmpty || sum > 1 + 1e-9) throw new ArgumentException($"Split: {shares.Length} shares of {sum} in sum; give one or more, of 1 in sum at most.", nameof(shares));
    }
}
