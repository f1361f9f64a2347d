namespace Inkling;

/// <summary>
/// How an adaptive softmax divides its classes (Grave et al. 2017): the commonest make the shortlist, the others fall into clusters of
/// ever rarer classes. Class numbers need not be sorted: the order is kept here.
/// </summary>
/// <remarks>
/// The head is a softmax over the shortlist and one entry for each cluster; a cluster is a softmax over its classes, of which the
/// features may be narrower the rarer they are: D / divisor, D / divisor², … With a divisor of 1 the model is the exact factorisation
/// <c>p(class) = p(cluster) · p(class | cluster)</c>, with as many weights as a plain softmax.
/// </remarks>
public sealed class AdaptiveClusters
{
    /// <summary>Most clusters behind the shortlist.</summary>
    public const int MaxClusters = 8;

    private readonly int[] _cutoffs;  // the last is the number of classes
    private readonly int[] _widths;

    /// <summary>Divides classes at given ranks.</summary>
    /// <param name="order">The classes, the commonest first.</param>
    /// <param name="width">Width D of the features, at least 1.</param>
    /// <param name="cutoffs">The rank at which each cluster begins, rising, between 1 and the number of classes − 1; none for a plain softmax.</param>
    /// <param name="divisor">Factor by which the features of each cluster are narrower than of the one before, at least 1. Default: 1.</param>
    /// <param name="bias">Whether each class and each cluster has a bias, which holds how common it is. Default: true.</param>
    /// <exception cref="ArgumentException">The cutoffs do not rise, are out of range, or too many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The width or the divisor is less than 1.</exception>
    public AdaptiveClusters(ClassOrder order, int width, ReadOnlySpan<int> cutoffs, double divisor = 1, bool bias = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!(divisor >= 1)) throw new ArgumentOutOfRangeException(nameof(divisor), divisor, "AdaptiveClusters: the divisor must be 1 or more.");
        if (cutoffs.Length > MaxClusters) throw new ArgumentException($"AdaptiveClusters: {cutoffs.Length} cutoffs given; {MaxClusters} are the most.", nameof(cutoffs));
        for (int i = 0; i < cutoffs.Length; i++)
        {
            if (cutoffs[i] <= (i == 0 ? 0 : cutoffs[i - 1]) || cutoffs[i] >= order.Count)
                throw new ArgumentException($"AdaptiveClusters: the cutoffs [{string.Join(", ", cutoffs.ToArray())}] must rise and lie between 1 and {order.Count - 1}.", nameof(cutoffs));
        }

        Order = order;
        Width = width;
        HasBias = bias;
        _cutoffs = [.. cutoffs, order.Count];
        _widths = [.. Enumerable.Range(0, cutoffs.Length).Select(k => Narrowed(width, divisor, k))];
    }

    /// <summary>The order of the classes.</summary>
    public ClassOrder Order { get; }

    /// <summary>Width D of the features.</summary>
    public int Width { get; }

    /// <summary>Whether there are biases.</summary>
    public bool HasBias { get; }

    /// <summary>The number of clusters K behind the shortlist.</summary>
    public int Count => _widths.Length;

    /// <summary>Classes that the head knows by themselves.</summary>
    public int ShortlistSize => _cutoffs[0];

    /// <summary>Entries of the head: the shortlist, and behind it one for each cluster.</summary>
    public int HeadSize => _cutoffs[0] + Count;

    /// <summary>The rank at which each cluster begins.</summary>
    public ReadOnlySpan<int> Cutoffs => _cutoffs.AsSpan(0, Count);

    /// <summary>The number of classes of cluster <paramref name="cluster"/>, 0 … K − 1.</summary>
    public int SizeOf(int cluster) => _cutoffs[cluster + 1] - _cutoffs[cluster];

    /// <summary>The width of the features of cluster <paramref name="cluster"/>; narrower than D when they are projected.</summary>
    public int WidthOf(int cluster) => _widths[cluster];

    /// <summary>The cluster of a class and its place in it; cluster −1 is the shortlist.</summary>
    public (int Cluster, int Place) Find(int classNumber)
    {
        int rank = Order.Ranks[classNumber], cluster = -1;
        while (rank >= _cutoffs[cluster + 1]) cluster++;
        return (cluster, cluster < 0 ? rank : rank - _cutoffs[cluster]);
    }

    /// <summary>The classes of a cluster in their order; −1 is the shortlist.</summary>
    internal ReadOnlySpan<int> ClassesOf(int cluster) => Order.Classes[(cluster < 0 ? 0 : _cutoffs[cluster]).._cutoffs[cluster + 1]];

    internal static int Narrowed(int width, double divisor, int cluster) => Math.Max(1, (int)(width / Math.Pow(divisor, cluster + 1)));
}
