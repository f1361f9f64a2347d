using System.Runtime.CompilerServices;

namespace Inkling.Language;

/// <summary>
/// What a context needs at a query: where its continuations begin (they end where those of the next one begin), what a unit of weight is worth
/// among them, and the share that the shorter context gets.
/// </summary>
internal readonly record struct NGramContext(int First, float Scale, float Rest)
{
    /// <summary>Builds the contexts of a level; one more at the end.</summary>
    /// <exception cref="InvalidDataException">The parts of the level do not fit together.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]  // runs once, at start-up, over a million n-grams
    public static NGramContext[] Build(NGramLevel level, NGramLevel next, float[] masses, float[] rests)
    {
        int[] childCounts = level.ChildCounts;
        byte[] codes = next.Codes, massCodes = level.MassCodes;
        float[] weights = next.Weights;
        var contexts = new NGramContext[childCounts.Length + 1];
        int first = 0, withChildren = 0;
        for (int node = 0; node < childCounts.Length; node++)
        {
            int count = childCounts[node];
            if (count == 0)
            {
                contexts[node] = new NGramContext(first, 0, 1);
                continue;
            }
            if (count > codes.Length - first || withChildren == massCodes.Length)
                throw new InvalidDataException("its n-grams do not fit together");
            float sum = 0;
            for (int child = first; child < first + count; child++)
                sum += weights[codes[child]];
            byte mass = massCodes[withChildren++];
            contexts[node] = new NGramContext(first, masses[mass] / sum, rests[mass]);
            first += count;
        }
        if (first != codes.Length || withChildren != massCodes.Length)
            throw new InvalidDataException("its n-grams do not fit together");
        contexts[^1] = new NGramContext(first, 0, 1);
        return contexts;
    }
}
