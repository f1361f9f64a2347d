using System.Buffers.Binary;

namespace Inkling.Text;

/// <summary>The bytes of every piece of a vocabulary in one block, and the way back from bytes to the piece. Special tokens have no bytes.</summary>
internal sealed class PieceTable
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;     // [count + 1]
    private readonly int[] _slots;      // open addressing by hash of the bytes: id + 1, 0 = free

    /// <summary>Builds the table. <paramref name="starts"/> has one entry more than there are pieces; piece i is bytes[starts[i]..starts[i+1]].</summary>
    /// <exception cref="ArgumentException">Two pieces have the same bytes.</exception>
    public PieceTable(byte[] bytes, int[] starts)
    {
        _bytes = bytes;
        _starts = starts;
        _slots = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * Count + 1))];
        for (int id = 0; id < Count; id++)
        {
            ReadOnlySpan<byte> piece = this[id];
            if (piece.IsEmpty)
                continue;
            int slot = Slot(piece);
            if (_slots[slot] != 0)
                throw new ArgumentException($"pieces {_slots[slot] - 1} and {id} are the same, '{ByteAlphabet.Spell(piece)}'");
            _slots[slot] = id + 1;
        }
    }

    /// <summary>The number of ids, special tokens included.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The bytes of a piece; empty for a special token.</summary>
    public ReadOnlySpan<byte> this[int id] => new(_bytes, _starts[id], _starts[id + 1] - _starts[id]);

    /// <summary>The piece with exactly these bytes, or −1.</summary>
    public int Find(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? -1 : _slots[Slot(bytes)] - 1;

    /// <summary>The slot that holds these bytes, or the free one where they would go.</summary>
    private int Slot(ReadOnlySpan<byte> bytes)
    {
        int[] slots = _slots;
        int mask = slots.Length - 1;
        for (int slot = (int)Hash(bytes) & mask; ; slot = (slot + 1) & mask)
        {
            int id = slots[slot] - 1;
            if (id < 0 || this[id].SequenceEqual(bytes))
                return slot;
        }
    }

    /// <summary>A multiplicative hash over eight bytes at a time; the low bits are well mixed.</summary>
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15; // 2^64 / golden ratio (Knuth 1973, §6.4)
        ulong hash = (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Multiplier;
            hash ^= hash >> 32;
            bytes = bytes[8..];
        }
        ulong tail = 0;
        for (int i = 0; i < bytes.Length; i++)
            tail |= (ulong)bytes[i] << 8 * i;
        hash = (hash ^ tail) * Multiplier;
        return (uint)(hash >> 32 ^ hash >> 15);
    }
}
