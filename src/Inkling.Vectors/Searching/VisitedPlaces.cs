using System.Runtime.CompilerServices;

namespace Inkling.Vectors;

/// <summary>Which places one search has seen: a byte each, compared with the number of the search, and cleared when that comes round.</summary>
internal sealed class VisitedPlaces
{
    private byte[] _seen = [];
    private byte _search;

    /// <summary>Begins a search.</summary>
    /// <param name="capacity">Places there are.</param>
    public Marks Begin(int capacity)
    {
        if (_seen.Length < capacity)
            (_seen, _search) = (new byte[capacity], 0);
        if (++_search == 0)
        {
            Array.Clear(_seen);
            _search = 1;
        }

        return new Marks(_seen.AsSpan(0, capacity), _search);
    }

    /// <summary>The marks of one search.</summary>
    public readonly ref struct Marks(Span<byte> seen, byte search)
    {
        private readonly Span<byte> _seen = seen;

        /// <summary>Marks a place.</summary>
        /// <returns>Whether it is seen for the first time.</returns>
        /// <exception cref="InvalidDataException">There is no such place: the file it was read from is damaged.</exception>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsNew(int place)
        {
            if ((uint)place >= (uint)_seen.Length)
                ThrowOutside(place);
            if (_seen[place] == search)
                return false;
            _seen[place] = search;
            return true;
        }

        private static void ThrowOutside(int place) =>
            throw new InvalidDataException($"Search: the graph links to place {place}, which there is not: its file is damaged. Verify it, and restore it from a copy or build it again.");
    }
}
