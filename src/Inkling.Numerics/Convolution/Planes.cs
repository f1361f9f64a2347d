namespace Inkling.Numerics;

/// <summary>
/// Channels laid out for a convolution: each with its zeros around it, and for a stride of s split into s × s planes of every s-th row and
/// column. What a tap of the kernel reads along a row of results is then a run of neighbours, at a distance that is the same for all of
/// them, so nothing has to be copied once for each tap.
/// </summary>
internal unsafe struct Planes
{
    /// <summary>Zeros behind the last plane: whole registers are read at the ends of rows.</summary>
    public const int Slack = 32;

    /// <summary>Channels of one group.</summary>
    public int Channels;

    /// <summary>Rows and columns of a channel as it comes.</summary>
    public int Height, Width;

    /// <summary>Rows, columns of zeros before the first; below 0 some of the first are left out.</summary>
    public int Top, Left;

    /// <summary>Into how many planes rows, columns are dealt.</summary>
    public int StepRows, StepColumns;

    /// <summary>Rows and columns of a plane.</summary>
    public int Rows, Columns;

    /// <summary>From one channel to the next.</summary>
    public readonly int ChannelLength => StepRows * StepColumns * Rows * Columns;

    /// <summary>Elements of all channels of a group and the slack.</summary>
    public readonly int Length => checked((Channels * ChannelLength) + Slack);

    /// <summary>Where element (row, column) of the zero-padded channel lies.</summary>
    public readonly nint Offset(int channel, int row, int column)
    {
        int plane = (row % StepRows * StepColumns) + (column % StepColumns);
        return ((nint)channel * ChannelLength) + ((((nint)plane * Rows) + (row / StepRows)) * Columns) + (column / StepColumns);
    }

    /// <summary>Lays out the channels of a group.</summary>
    public readonly void Fill(real* source, real* planes)
    {
        bool bare = Top == 0 && Left == 0 && StepRows == 1 && StepColumns == 1 && Rows == Height && Columns == Width;
        if (bare)
        {
            new ReadOnlySpan<real>(source, Channels * Height * Width).CopyTo(new Span<real>(planes, Channels * Height * Width));
            new Span<real>(planes + (Channels * Height * Width), Slack).Clear();
            return;
        }

        new Span<real>(planes, Length).Clear();
        for (int channel = 0; channel < Channels; channel++, source += Height * Width)
        {
            for (int y = int.Max(0, -Top); y < Height && y + Top < Rows * StepRows; y++)
                FillRow(source + (y * Width), planes, channel, y + Top);
        }
    }

    private readonly void FillRow(real* source, real* planes, int channel, int row)
    {
        int first = int.Max(0, -Left), end = int.Min(Width, (Columns * StepColumns) - Left);
        if (StepColumns == 1)
        {
            if (end > first)
                new ReadOnlySpan<real>(source + first, end - first).CopyTo(new Span<real>(planes + Offset(channel, row, first + Left), end - first));
            return;
        }

        for (int phase = 0; phase < StepColumns && first + phase < end; phase++)
        {
            real* to = planes + Offset(channel, row, first + phase + Left);
            for (int x = first + phase; x < end; x += StepColumns)
                *to++ = source[x];
        }
    }
}
