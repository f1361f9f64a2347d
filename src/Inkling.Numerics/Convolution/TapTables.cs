namespace Inkling.Numerics;

/// <summary>Room for the tables of a convolution, in the caller's scratch memory, taken piece by piece.</summary>
internal readonly unsafe ref struct TapTables
{
    /// <summary>Reserves the tables.</summary>
    /// <param name="passes">Passes.</param>
    /// <param name="taps">Taps of all passes.</param>
    /// <param name="segments">Segments of all passes.</param>
    /// <param name="weights">Weights of all groups.</param>
    public TapTables(int passes, int taps, int segments, int weights)
    {
        long bytes = ((long)passes * sizeof(TapPass)) + ((long)taps * (sizeof(nint) + sizeof(int))) + ((long)segments * sizeof(TapSegment));
        byte* at = (byte*)Scratch.Rent(Scratch.Slot.Right, checked((int)((bytes / sizeof(real)) + 2)));
        Passes = (TapPass*)at;
        Offsets = (nint*)(at += (long)passes * sizeof(TapPass));
        Segments = (TapSegment*)(at += (long)taps * sizeof(nint));
        Weights = (int*)(at + ((long)segments * sizeof(TapSegment)));
        Packed = Scratch.Rent(Scratch.Slot.Left, weights);
    }

    public TapPass* Passes { get; }

    public nint* Offsets { get; }

    public TapSegment* Segments { get; }

    public int* Weights { get; }

    public real* Packed { get; }

    /// <summary>Elements of a register of the lane in use.</summary>
    public static int LaneLength => Lanes.Bits == 1 ? 1 : Lanes.Bits / (8 * sizeof(real));

    /// <summary>Registers that a row takes.</summary>
    public static int SegmentsOf(int columns) => (columns + LaneLength - 1) / LaneLength;
}
