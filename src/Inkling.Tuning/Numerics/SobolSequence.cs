namespace Inkling.Tuning;

/// <summary>
/// Points that fill the unit cube evenly (*Sobol 1967*), with the direction numbers of *Joe and Kuo 2008* (new-joe-kuo-6). With a seed every dimension is scrambled
/// by a nested uniform permutation of its binary digits (*Owen 1995*), computed by hashing (*Burley 2020*): each point is then uniform by itself.
/// </summary>
internal sealed class SobolSequence
{
    /// <summary>The most dimensions there are.</summary>
    public const int MaxDimensions = 64;

    private const int Bits = 32;
    private static readonly uint[][] Directions = Expand();
    private readonly uint? _seed;

    /// <param name="seed">Seed of the scrambling; null for the sequence as it is.</param>
    public SobolSequence(ulong? seed) => _seed = seed is { } given ? (uint)new RandomSource(given, 0x50B01).NextBits() : null;

    /// <summary>One coordinate of a point, in [0, 1), as a multiple of 2^-32.</summary>
    public uint Bits32(uint index, int dimension)
    {
        uint gray = index ^ index >> 1, value = 0;
        uint[] directions = Directions[dimension];
        for (int bit = 0; gray != 0; bit++, gray >>= 1)
        {
            if ((gray & 1) != 0) value ^= directions[bit];
        }

        return _seed is { } seed ? Scramble(value, Hash(seed + 0x9E3779B9u * (uint)(dimension + 1))) : value;
    }

    /// <summary>One coordinate of a point, in (0, 1): the middle of its cell of 2^-32.</summary>
    public double Coordinate(uint index, int dimension) => (Bits32(index, dimension) + 0.5) * (1.0 / 4294967296.0);

    private static uint Scramble(uint value, uint seed)
    {
        value = Reverse(value);
        value += seed;
        value ^= value * 0x6C50B47Cu;
        value ^= value * 0xB82F1E52u;
        value ^= value * 0xC7AFE638u;
        value ^= value * 0x8D22F6E6u;
        return Reverse(value);
    }

    private static uint Hash(uint value)
    {
        value = (value ^ value >> 16) * 0x21F0AAADu;
        value = (value ^ value >> 15) * 0x735A2D97u;
        return value ^ value >> 15;
    }

    private static uint Reverse(uint value)
    {
        value = (value & 0x55555555u) << 1 | value >> 1 & 0x55555555u;
        value = (value & 0x33333333u) << 2 | value >> 2 & 0x33333333u;
        value = (value & 0x0F0F0F0Fu) << 4 | value >> 4 & 0x0F0F0F0Fu;
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }

    private static uint[][] Expand()
    {
        var all = new uint[MaxDimensions][];
        all[0] = [.. Enumerable.Range(0, Bits).Select(bit => 1u << (Bits - 1 - bit))];
        for (int dimension = 1, place = 0; dimension < MaxDimensions; dimension++)
        {
            int degree = Numbers[place], polynomial = Numbers[place + 1];
            uint[] v = all[dimension] = new uint[Bits];
            for (int i = 0; i < Bits; i++)
            {
                if (i < degree)
                {
                    v[i] = (uint)Numbers[place + 2 + i] << (Bits - 1 - i);
                    continue;
                }

                v[i] = v[i - degree] ^ v[i - degree] >> degree;
                for (int k = 1; k < degree; k++)
                {
                    if ((polynomial >> (degree - 1 - k) & 1) != 0) v[i] ^= v[i - k];
                }
            }

            place += 2 + degree;
        }

        return all;
    }

    // For each dimension from the second on: degree and inner coefficients of its polynomial, then that many initial numbers.
    private static ReadOnlySpan<short> Numbers =>
    [
        1, 0, 1, 2, 1, 1, 3, 3, 1, 1, 3, 1, 3, 2, 1, 1, 1, 4, 1, 1, 1, 3, 3, 4, 4, 1, 3, 5, 13, 5, 2, 1, 1, 5, 5, 17,
        5, 4, 1, 1, 5, 5, 5, 5, 7, 1, 1, 7, 11, 19, 5, 11, 1, 1, 5, 1, 1, 5, 13, 1, 1, 1, 3, 11, 5, 14, 1, 3, 5, 5, 31,
        6, 1, 1, 3, 3, 9, 7, 49, 6, 13, 1, 1, 1, 15, 21, 21, 6, 16, 1, 3, 1, 13, 27, 49, 6, 19, 1, 1, 1, 15, 7, 5,
        6, 22, 1, 3, 1, 15, 13, 25, 6, 25, 1, 1, 5, 5, 19, 61, 7, 1, 1, 3, 7, 11, 23, 15, 103, 7, 4, 1, 3, 7, 13, 13, 15, 69,
        7, 7, 1, 1, 3, 13, 7, 35, 63, 7, 8, 1, 3, 5, 9, 1, 25, 53, 7, 14, 1, 3, 1, 13, 9, 35, 107, 7, 19, 1, 3, 1, 5, 27, 61, 31,
        7, 21, 1, 1, 5, 11, 19, 41, 61, 7, 28, 1, 3, 5, 3, 3, 13, 69, 7, 31, 1, 1, 7, 13, 1, 19, 1, 7, 32, 1, 3, 7, 5, 13, 19, 59,
        7, 37, 1, 1, 3, 9, 25, 29, 41, 7, 41, 1, 3, 5, 13, 23, 1, 55, 7, 42, 1, 3, 7, 3, 13, 59, 17, 7, 50, 1, 3, 1, 3, 5, 53, 69,
        7, 55, 1, 1, 5, 5, 23, 33, 13, 7, 56, 1, 1, 7, 7, 1, 61, 123, 7, 59, 1, 1, 7, 9, 13, 61, 49, 7, 62, 1, 3, 3, 5, 3, 55, 33,
        8, 14, 1, 3, 1, 15, 31, 13, 49, 245, 8, 21, 1, 3, 5, 15, 31, 59, 63, 97, 8, 22, 1, 3, 1, 11, 11, 11, 77, 249,
        8, 38, 1, 3, 1, 11, 27, 43, 71, 9, 8, 47, 1, 1, 7, 15, 21, 11, 81, 45, 8, 49, 1, 3, 7, 3, 25, 31, 65, 79,
        8, 50, 1, 3, 1, 1, 19, 11, 3, 205, 8, 52, 1, 1, 5, 9, 19, 21, 29, 157, 8, 56, 1, 3, 7, 11, 1, 33, 89, 185,
        8, 67, 1, 3, 3, 3, 15, 9, 79, 71, 8, 70, 1, 3, 7, 11, 15, 39, 119, 27, 8, 84, 1, 1, 3, 1, 11, 31, 97, 225,
        8, 97, 1, 1, 1, 3, 23, 43, 57, 177, 8, 103, 1, 3, 7, 7, 17, 17, 37, 71, 8, 115, 1, 3, 1, 5, 27, 63, 123, 213,
        8, 122, 1, 1, 3, 5, 11, 43, 53, 133, 9, 8, 1, 3, 5, 5, 29, 17, 47, 173, 479, 9, 13, 1, 3, 3, 11, 3, 1, 109, 9, 69,
        9, 16, 1, 1, 1, 5, 17, 39, 23, 5, 343, 9, 22, 1, 3, 1, 5, 25, 15, 31, 103, 499, 9, 25, 1, 1, 1, 11, 11, 17, 63, 105, 183,
        9, 44, 1, 1, 5, 11, 9, 29, 97, 231, 363, 9, 47, 1, 1, 5, 15, 19, 45, 41, 7, 383, 9, 52, 1, 3, 7, 7, 31, 19, 83, 137, 221,
        9, 55, 1, 1, 1, 3, 23, 15, 111, 223, 83, 9, 59, 1, 1, 5, 13, 31, 15, 55, 25, 161, 9, 62, 1, 1, 3, 13, 25, 47, 39, 87, 257,
    ];
}
