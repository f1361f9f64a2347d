using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Vectors;

/// <summary>
/// Layers of links between the places of a table. Layer 0 has all places and up to 2 M links of each; each higher one a random 1/M of the places of the one
/// below and up to M links of each.
/// </summary>
/// <remarks>
/// A list of links is its length and the places. Readers take no lock: while a list is rewritten they may see some of its old and some of its new links, of
/// which each is a place with a finished vector.
/// </remarks>
internal sealed class HnswGraph
{
    /// <summary>No layer is higher: 16^30 places would be needed.</summary>
    public const int MostLevels = 30;

    /// <summary>Names of the sections in a file.</summary>
    public const string LinksSection = "graph.links", LevelsSection = "graph.levels", StartsSection = "graph.starts", UpperSection = "graph.upper";

    private const long NoEntry = -1;
    private const ulong LevelStream = 0x48_4E_53_57;

    private readonly RowMemory _links;
    private readonly RowMemory _levels;
    private readonly RowMemory _starts;
    private readonly RowMemory _upper;
    private readonly ulong _seed;

    // Places that came before those of this table: layers are random by how manieth a vector is, wherever it is now.
    private readonly long _before;
    private long _upperUsed;
    private long _entry = NoEntry;

    private HnswGraph(int m, ulong seed, long before, int capacity, RowMemory links, RowMemory levels, RowMemory starts, RowMemory upper)
    {
        (M, _seed, _before, Capacity, _links, _levels, _starts, _upper) = (m, seed, before, capacity, links, levels, starts, upper);
    }

    /// <summary>Links on the upper layers.</summary>
    public int M { get; }

    /// <summary>Links on layer 0, and one.</summary>
    public int Most => (2 * M) + 1;

    /// <summary>Places there are.</summary>
    public int Capacity { get; }

    /// <summary>Bytes it takes.</summary>
    public long Bytes => _links.Length + _levels.Length + _starts.Length + _upper.Length;

    /// <summary>Whether there is where to begin.</summary>
    public bool HasEntry => Volatile.Read(ref _entry) != NoEntry;

    /// <summary>Where searches begin: a place of the highest layer, and that layer.</summary>
    public (int Place, int Level) Entry
    {
        get
        {
            long entry = Volatile.Read(ref _entry);
            return ((int)(uint)entry, (int)(entry >> 32));
        }
        set => Volatile.Write(ref _entry, ((long)value.Level << 32) | (uint)value.Place);
    }

    /// <summary>What a file must say of a graph beside its sections.</summary>
    public (long Before, long UpperUsed, long Entry) Numbers => (_before, _upperUsed, _entry);

    /// <summary>An empty graph.</summary>
    public static HnswGraph Create(int m, ulong seed, long before, int capacity, long upper) => new(
        m,
        seed,
        before,
        capacity,
        RowMemory.Allocate((long)LinkBytes(m) * capacity),
        RowMemory.Allocate(capacity),
        RowMemory.Allocate((long)sizeof(long) * capacity),
        RowMemory.Allocate(upper * sizeof(int)));

    /// <summary>The graph of a file; its links are believed when they are followed.</summary>
    public static HnswGraph Read(SectionFile file, int m, ulong seed, int count, (long Before, long UpperUsed, long Entry) numbers)
    {
        RowMemory upper = file.Section(UpperSection);
        HnswGraph graph = new(
            m,
            seed,
            numbers.Before,
            count,
            file.Section(LinksSection, (long)LinkBytes(m) * count),
            file.Section(LevelsSection, count),
            file.Section(StartsSection, (long)sizeof(long) * count),
            upper)
        { _upperUsed = numbers.UpperUsed, _entry = numbers.Entry };
        (int place, int level) = graph.Entry;
        bool fits = count == 0 ? numbers.Entry == NoEntry : (uint)place < (uint)count && level is >= 0 and <= MostLevels && graph.Level(place) == level;
        if (!fits || numbers.UpperUsed < 0 || upper.Length != numbers.UpperUsed * sizeof(int) || numbers.Before < 0)
            throw SectionHeader.Damaged(file.Path, "the numbers of its graph do not agree");
        return graph;
    }

    /// <summary>Writes the sections.</summary>
    public void Write(SectionWriter writer, int count)
    {
        writer.Section(LinksSection, _links, (long)LinkBytes(M) * count);
        writer.Section(LevelsSection, _levels, count);
        writer.Section(StartsSection, _starts, (long)sizeof(long) * count);
        writer.Section(UpperSection, _upper, _upperUsed * sizeof(int));
    }

    /// <summary>A copy for more places, of which <paramref name="count"/> are in use.</summary>
    public HnswGraph Copy(int capacity, int count) => new(
        M,
        _seed,
        _before,
        capacity,
        _links.Copy((long)LinkBytes(M) * capacity),
        _levels.Copy(capacity),
        _starts.Copy((long)sizeof(long) * capacity),
        _upper.Copy((_upperUsed + UpperOf(_seed, M, _before + count, capacity - count)) * sizeof(int)))
    { _upperUsed = _upperUsed, _entry = _entry };

    /// <summary>Integers that the upper links of so many vectors take from one on.</summary>
    public static long UpperOf(ulong seed, int m, long first, int count)
    {
        long levels = 0;
        for (int i = 0; i < count; i++)
            levels += RandomLevel(seed, m, first + i);
        return levels * (m + 1);
    }

    /// <summary>Gives a place of a new vector its layers.</summary>
    /// <returns>The highest.</returns>
    public int Begin(int place) => Begin(place, RandomLevel(_seed, M, _before + place));

    /// <summary>Gives a place its layers.</summary>
    public int Begin(int place, int level)
    {
        _levels.Slice<byte>(place, 1)[0] = (byte)level;
        int integers = level * (M + 1);
        _starts.Slice<long>((long)place * sizeof(long), 1)[0] = Interlocked.Add(ref _upperUsed, integers) - integers;
        return level;
    }

    /// <summary>The highest layer of a place.</summary>
    public int Level(int place) => _levels.Slice<byte>(place, 1)[0];

    /// <summary>Links of a place on a layer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Links(int place, int level)
    {
        Span<int> list = List(place, level);
        int count = Volatile.Read(ref list[0]);
        if ((uint)count >= (uint)list.Length)
            ThrowDamaged(place, count);
        return list.Slice(1, count);
    }

    /// <summary>Replaces the links. Within the lock of the place.</summary>
    public void SetLinks(int place, int level, ReadOnlySpan<int> links)
    {
        Span<int> list = List(place, level);
        links.CopyTo(list[1..]);
        Volatile.Write(ref list[0], links.Length);
    }

    /// <summary>Adds a link if there is room. Within the lock of the place.</summary>
    public bool TryAppend(int place, int level, int link)
    {
        Span<int> list = List(place, level);
        int count = list[0];
        if (count + 1 >= list.Length)
            return false;
        list[count + 1] = link;
        Volatile.Write(ref list[0], count + 1);
        return true;
    }

    /// <summary>Fetches the links of a place on layer 0, which are wanted soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int place) => _links.Prefetch((long)place * LinkBytes(M), LinkBytes(M));

    private static int LinkBytes(int m) => ((2 * m) + 1) * sizeof(int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<int> List(int place, int level)
    {
        if (level == 0)
            return _links.Slice<int>((long)place * LinkBytes(M), (2 * M) + 1);
        if (level > Level(place))
            ThrowDamaged(place, level);
        long start = _starts.Slice<long>((long)place * sizeof(long), 1)[0] + ((level - 1) * (M + 1));
        if ((ulong)start > (ulong)_upper.Length)
            ThrowDamaged(place, level);
        return _upper.Slice<int>(start * sizeof(int), M + 1);
    }

    private static void ThrowDamaged(int place, int number) =>
        throw new InvalidDataException($"Search: the links of place {place} are damaged ({number}). Verify the index file, and restore it from a copy or build it again.");

    /// <summary><c>⌊−ln(u) / ln(M)⌋</c> for a random u in (0, 1] (§4.1 of Malkov, Yashunin 2018).</summary>
    private static int RandomLevel(ulong seed, int m, long number)
    {
        double u = ((CounterRandom.Bits(seed, LevelStream, (ulong)number) >> 11) + 1) * (1.0 / (1L << 53));
        return (int)double.Min(MostLevels, -Math.Log(u) / Math.Log(m));
    }
}
