using System.Text;

namespace Inkling.Language;

/// <summary>
/// The parts of a word: all runs of letters of <c>&lt;word&gt;</c>, each hashed (FNV-1a, 32 bits, of its UTF-8) into one of a number of buckets
/// (Bojanowski et al. 2017, §3.2).
/// </summary>
/// <param name="shortest">Letters of the shortest run, at least 1. Default: 3.</param>
/// <param name="longest">Letters of the longest, at least <paramref name="shortest"/>. Default: 6.</param>
/// <param name="buckets">Buckets, at least 1. Default: 200,000.</param>
public sealed class Subwords(int shortest = 3, int longest = 6, int buckets = 200_000)
{
    /// <summary>Letters of the shortest run.</summary>
    public int Shortest { get; } = shortest >= 1 ? shortest : throw new ArgumentOutOfRangeException(nameof(shortest), shortest, "Subwords: a run has at least one letter.");

    /// <summary>Letters of the longest run.</summary>
    public int Longest { get; } = longest >= shortest ? longest : throw new ArgumentOutOfRangeException(nameof(longest), longest, $"Subwords: the longest run is shorter than the shortest, {shortest}.");

    /// <summary>Buckets.</summary>
    public int Buckets { get; } = buckets >= 1 ? buckets : throw new ArgumentOutOfRangeException(nameof(buckets), buckets, "Subwords: there is at least one bucket.");

    /// <summary>The buckets of the parts of a word, in the order in which they begin; those of one letter leave the marks at both ends out.</summary>
    public IReadOnlyList<int> Of(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        Rune[] letters = [.. $"<{word}>".EnumerateRunes()];
        List<int> found = [];
        for (int start = 0; start < letters.Length; start++)
        {
            uint hash = 2166136261;
            for (int length = 1; length <= Longest && start + length <= letters.Length; length++)
            {
                hash = Hash(hash, letters[start + length - 1]);
                if (length < Shortest || (length == 1 && (start == 0 || start == letters.Length - 1))) continue;
                found.Add((int)(hash % (uint)Buckets));
            }
        }

        return found;
    }

    private static uint Hash(uint hash, Rune letter)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (byte one in bytes[..letter.EncodeToUtf8(bytes)]) hash = (hash ^ one) * 16777619;
        return hash;
    }
}
