using System.Buffers;

namespace Inkling.Text;

/// <summary>
/// Splits the bytes of one word into pieces: of all neighbours that merge, those of the lowest rank merge first, the leftmost among equals,
/// until none is left (Sennrich et al. 2016, Alg. 1, on bytes).
/// </summary>
internal sealed class BytePairEncoder
{
    /// <summary>Up to this many bytes the pair of lowest rank is found by looking at all of them; beyond, by a heap.</summary>
    private const int ShortWord = 48;

    private readonly PieceTable _pieces;
    private readonly MergeTable _merges;
    private readonly int[] _byteIds = new int[256];
    private readonly byte[] _whole;     // per piece: 0 not known yet, 1 its own bytes encode to itself, 2 they do not

    public BytePairEncoder(PieceTable pieces, MergeTable merges)
    {
        _pieces = pieces;
        _merges = merges;
        _whole = new byte[pieces.Count];
        for (int value = 0; value < 256; value++)
            _byteIds[value] = pieces.Find([(byte)value]);
    }

    /// <summary>Appends the pieces of a word, given as UTF-8.</summary>
    public void Encode(ReadOnlySpan<byte> word, List<int> into)
    {
        // Most words are a piece of their own. That is the cache: no table grows, and nothing is merged for them.
        int id = _pieces.Find(word);
        if (id >= 0 && IsWhole(id, word))
            into.Add(id);
        else if (word.Length <= ShortWord)
            EncodeShort(word, into);
        else
            EncodeLong(word, into);
    }

    /// <summary>Whether merging the bytes of a piece gives that piece. Found out at the first use; threads that race write the same answer.</summary>
    private bool IsWhole(int id, ReadOnlySpan<byte> bytes)
    {
        if (_whole[id] == 0)
        {
            var pieces = new List<int>();
            if (bytes.Length <= ShortWord)
                EncodeShort(bytes, pieces);
            else
                EncodeLong(bytes, pieces);
            _whole[id] = (byte)(pieces.Count == 1 && pieces[0] == id ? 1 : 2);
        }
        return _whole[id] == 1;
    }

    private void EncodeShort(ReadOnlySpan<byte> word, List<int> into)
    {
        Span<int> ids = stackalloc int[ShortWord];
        Span<int> ranks = stackalloc int[ShortWord];        // ranks[i]: the merge of ids[i] and ids[i + 1]
        int count = word.Length;
        for (int i = 0; i < count; i++)
            ids[i] = _byteIds[word[i]];
        for (int i = 0; i + 1 < count; i++)
            ranks[i] = _merges.Rank(ids[i], ids[i + 1]);
        while (count > 1)
        {
            int best = 0;
            for (int i = 1; i < count - 1; i++)
            {
                if (ranks[i] < ranks[best])
                    best = i;
            }
            if (ranks[best] == int.MaxValue)
                break;
            ids[best] = _merges.Result(ids[best], ids[best + 1]);
            ids[(best + 2)..count].CopyTo(ids[(best + 1)..]);
            ranks[(best + 1)..(count - 1)].CopyTo(ranks[best..]);
            count--;
            if (best > 0)
                ranks[best - 1] = _merges.Rank(ids[best - 1], ids[best]);
            if (best + 1 < count)
                ranks[best] = _merges.Rank(ids[best], ids[best + 1]);
        }
        for (int i = 0; i < count; i++)
            into.Add(ids[i]);
    }

    /// <summary>The same with a linked list and a heap of (rank, position), in n log n: runs of 100,000 letters must not stall a server.</summary>
    private void EncodeLong(ReadOnlySpan<byte> word, List<int> into)
    {
        int length = word.Length;
        int[] rented = ArrayPool<int>.Shared.Rent(3 * length);
        Span<int> ids = rented.AsSpan(0, length);                   // −1: merged into the one before
        Span<int> next = rented.AsSpan(length, length);
        Span<int> previous = rented.AsSpan(2 * length, length);
        var heap = new PriorityQueue<int, long>(length);
        for (int i = 0; i < length; i++)
        {
            ids[i] = _byteIds[word[i]];
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        for (int i = 0; i + 1 < length; i++)
            Offer(heap, ids, next, i);
        while (heap.TryDequeue(out int position, out long priority))
        {
            int right = ids[position] < 0 ? length : next[position];
            // An entry is stale when its pair has changed since; then a newer entry stands for what is there now.
            if (right >= length || _merges.Rank(ids[position], ids[right]) != (int)(priority >> 32))
                continue;
            ids[position] = _merges.Result(ids[position], ids[right]);
            ids[right] = -1;
            next[position] = next[right];
            if (next[right] < length)
            {
                previous[next[right]] = position;
                Offer(heap, ids, next, position);
            }
            if (previous[position] >= 0)
                Offer(heap, ids, next, previous[position]);
        }
        for (int i = 0; i < length; i = next[i])
            into.Add(ids[i]);
        ArrayPool<int>.Shared.Return(rented);
    }

    private void Offer(PriorityQueue<int, long> heap, ReadOnlySpan<int> ids, ReadOnlySpan<int> next, int position)
    {
        int rank = _merges.Rank(ids[position], ids[next[position]]);
        if (rank != int.MaxValue)
            heap.Enqueue(position, (long)rank << 32 | (uint)position);
    }
}
