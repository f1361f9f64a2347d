using Inkling.Numerics;

namespace Inkling.Language;

/// <summary>Sums by pairs of words: a table with open addresses, 12 bytes a place, two thirds full at most.</summary>
internal sealed class PairCounts
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong[] _keys = new ulong[1 << 12];
    private float[] _sums = new float[1 << 12];
    private int _shift = 64 - 12;
    private int _count;

    /// <summary>Adds to a pair.</summary>
    public void Add(int row, int column, float value)
    {
        // Plus one: zero is an empty place.
        ulong key = (((ulong)(uint)row << 32) | (uint)column) + 1;
        int place = Place(key);
        if (_keys[place] == 0)
        {
            if (_count >= _keys.Length / 3 * 2)
            {
                Grow();
                place = Place(key);
            }

            _keys[place] = key;
            _count++;
        }

        _sums[place] += value;
    }

    /// <summary>The pairs whose column has a rest, shuffled.</summary>
    public Cooccurrences.PairBlock Block(int rest, int parts, double xMax, double power, ulong seed)
    {
        int count = 0;
        for (int i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] != 0 && (int)((uint)(_keys[i] - 1) % parts) == rest) count++;
        }

        int[] rows = new int[count], columns = new int[count];
        float[] logs = new float[count], weights = new float[count];
        for (int i = 0, filled = 0; i < _keys.Length; i++)
        {
            if (_keys[i] == 0 || (int)((uint)(_keys[i] - 1) % parts) != rest) continue;
            // Inside-out shuffle (Durstenfeld 1964).
            int at = (int)(CounterRandom.Bits(seed, 0x610E + (ulong)rest, _keys[i]) % (ulong)(filled + 1));
            (rows[filled], columns[filled], logs[filled], weights[filled]) = (rows[at], columns[at], logs[at], weights[at]);
            (rows[at], columns[at]) = ((int)((_keys[i] - 1) >> 32), (int)(uint)(_keys[i] - 1));
            (logs[at], weights[at]) = (MathF.Log(_sums[i]), (float)Math.Min(1, Math.Pow(_sums[i] / xMax, power)));
            filled++;
        }

        return new Cooccurrences.PairBlock(rows, columns, logs, weights);
    }

    private int Place(ulong key)
    {
        int place = (int)((key * Golden) >> _shift);
        while (_keys[place] != 0 && _keys[place] != key) place = (place + 1) & (_keys.Length - 1);
        return place;
    }

    private void Grow()
    {
        (ulong[] keys, float[] sums) = (_keys, _sums);
        _keys = new ulong[2 * keys.Length];
        _sums = new float[2 * keys.Length];
        _shift--;
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] == 0) continue;
            int place = Place(keys[i]);
            (_keys[place], _sums[place]) = (keys[i], sums[i]);
        }
    }
}
