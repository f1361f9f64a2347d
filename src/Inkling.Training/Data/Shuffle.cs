using Inkling.Numerics;

namespace Inkling.Training.Data;

/// <summary>Random orders as a function of seed and stream.</summary>
internal static class Shuffle
{
    public const ulong EpochStream = 0x5E0C4, BatchStream = 0xBA7C4, SplitStream = 0x5911F, FoldStream = 0xF01D5, ItemStream = 0x17E35;

    /// <summary>Fisher and Yates's shuffle, by counter-based random numbers.</summary>
    public static void Permute(Span<int> items, ulong seed, ulong stream)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            // The high half of a 64×64-bit product maps the random bits to 0 … i without a division's bias that would matter here.
            int j = (int)Math.BigMul(CounterRandom.Bits(seed, stream, (ulong)i), (ulong)i + 1, out _);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>A stream for one number of one purpose: streams of different numbers have nothing in common.</summary>
    public static ulong Stream(ulong purpose, long number) => CounterRandom.Bits(purpose, purpose, (ulong)number);
}
