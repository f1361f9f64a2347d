namespace Inkling;

/// <summary>Classes in an order of their own, such as the commonest first: the class at each rank and the rank of each class.</summary>
public sealed class ClassOrder
{
    private readonly int[] _classes;
    private readonly int[] _ranks;

    /// <summary>Takes an order, for example one that was saved with a model.</summary>
    /// <param name="classes">The class at each rank: a permutation of 0 … V − 1.</param>
    /// <exception cref="ArgumentException">A class is missing, repeated or out of range.</exception>
    public ClassOrder(ReadOnlySpan<int> classes)
    {
        _classes = classes.ToArray();
        _ranks = new int[classes.Length];
        Array.Fill(_ranks, -1);
        for (int rank = 0; rank < classes.Length; rank++)
        {
            int one = classes[rank];
            if ((uint)one >= (uint)classes.Length || _ranks[one] >= 0)
                throw new ArgumentException($"ClassOrder: class {one} at rank {rank} is {((uint)one >= (uint)classes.Length ? "out of range" : "there twice")}; each of 0 to {classes.Length - 1} must appear once.", nameof(classes));
            _ranks[one] = rank;
        }
    }

    /// <summary>The number of classes V.</summary>
    public int Count => _classes.Length;

    /// <summary>The class at each rank.</summary>
    public ReadOnlySpan<int> Classes => _classes;

    /// <summary>The rank of each class.</summary>
    public ReadOnlySpan<int> Ranks => _ranks;

    /// <summary>The commonest first; of equal counts the smaller class first.</summary>
    /// <param name="counts">How often each class occurs, 0 or more.</param>
    /// <exception cref="ArgumentException">A count is negative, or there are none.</exception>
    public static ClassOrder ByCount(ReadOnlySpan<long> counts)
    {
        if (counts.IsEmpty) throw new ArgumentException("ClassOrder.ByCount: no counts given; one for each class is needed.", nameof(counts));
        int[] classes = new int[counts.Length];
        (long Falling, int Class)[] keys = new (long, int)[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] < 0) throw new ArgumentException($"ClassOrder.ByCount: class {i} has the count {counts[i]}; counts are 0 or more.", nameof(counts));
            keys[i] = (-counts[i], i);
            classes[i] = i;
        }

        Array.Sort(keys, classes);
        return new ClassOrder(classes);
    }
}
