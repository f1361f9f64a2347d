namespace Inkling.Numerics;

/// <summary>
/// Convolutions without unfolding the images: <c>y[n, o, i, j] = b[o] + Σ w[o, c, p, q] · x[n, c, i s + p d − z, j s + q d − z]</c> with stride s, dilation d and z
/// zeros around, and the two products of the way back. Arrays are [N, C, H, W]; weights [O, C / groups, rows, columns].
/// Results do not depend on threads, nor on lane width where the processor fuses multiply and add.
/// </summary>
internal static unsafe partial class Convolution
{
    /// <summary>The convolution.</summary>
    /// <param name="sizes">Sizes.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="weight">[O, C / groups, kernel rows, kernel columns].</param>
    /// <param name="bias">[O], or empty.</param>
    /// <param name="y">[N, O, H', W'].</param>
    /// <param name="team">Who works.</param>
    public static void Forward(in ConvolutionSizes sizes, ReadOnlySpan<real> x, ReadOnlySpan<real> weight, ReadOnlySpan<real> bias, Span<real> y, Team team)
    {
        CheckLengths(sizes, x.Length, weight.Length, y.Length);
        if (y.IsEmpty)
            return;
        ConvolutionSizes s = Flat(sizes);
        Planes planes = InputPlanes(s);
        int rowSegments = TapTables.SegmentsOf(s.OutputWidth);
        TapTables tables = new(1, s.Taps, s.OutputHeight * rowSegments, weight.Length);
        for (int k = 0; k < s.Taps; k++)
        {
            tables.Offsets[k] = TapOffset(s, planes, k);
            tables.Weights[k] = k;
        }

        int segments = 0;
        for (int row = 0; row < s.OutputHeight; row++)
        {
            for (int column = 0; column < s.OutputWidth; column += TapTables.LaneLength)
            {
                int count = int.Min(TapTables.LaneLength, s.OutputWidth - column);
                tables.Segments[segments++] = new TapSegment { In = (row * planes.Columns) + column, Out = (row * s.OutputWidth) + column, Count = count };
            }
        }

        tables.Passes[0] = new TapPass { Offsets = tables.Offsets, Weights = tables.Weights, Taps = s.Taps, Segments = tables.Segments, SegmentCount = segments, Packed = tables.Packed };
        fixed (real* px = x, pw = weight, pb = bias, py = y)
        {
            var run = new TapRun
            {
                Planes = planes,
                Passes = tables.Passes,
                PassCount = 1,
                Groups = s.Groups,
                Rows = s.GroupOutputs,
                ResultLength = s.OutputLength,
                Source = px,
                Bias = bias.IsEmpty ? null : pb,
                Result = py,
            };
            run.Pack(tables.Passes[0], pw, s.Taps, (nint)s.GroupOutputs * s.Taps);
            run.Share(s.Batch, s.Work, team);
        }
    }

    /// <summary>
    /// The transpose of the convolution: the gradient of x from that of y, or, with a bias, a transposed convolution of what is called y here.
    /// </summary>
    /// <param name="sizes">Sizes of the convolution.</param>
    /// <param name="y">[N, O, H', W'].</param>
    /// <param name="weight">[O, C / groups, kernel rows, kernel columns].</param>
    /// <param name="bias">[C], or empty.</param>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="accumulate">Whether the result is added to <paramref name="x"/>, without a bias.</param>
    /// <param name="team">Who works.</param>
    public static void Transposed(
        in ConvolutionSizes sizes, ReadOnlySpan<real> y, ReadOnlySpan<real> weight, ReadOnlySpan<real> bias, Span<real> x, bool accumulate, Team team)
    {
        CheckLengths(sizes, x.Length, weight.Length, y.Length);
        if (x.IsEmpty)
            return;
        ConvolutionSizes s = Flat(sizes);
        int passes = s.Stride.Rows * s.Stride.Columns;
        int rowSegments = s.Stride.Columns + TapTables.SegmentsOf(s.Width);
        TapTables tables = new(passes, s.GroupOutputs * s.KernelLength, s.Height * rowSegments, weight.Length);
        Planes planes = OutputPlanes(s);
        int columns = (s.Width + s.Stride.Columns - 1) / s.Stride.Columns, rows = (s.Height + s.Stride.Rows - 1) / s.Stride.Rows;
        fixed (real* px = x, pw = weight, pb = bias, py = y)
        {
            var run = new TapRun
            {
                Planes = planes,
                Passes = tables.Passes,
                PassCount = passes,
                Groups = s.Groups,
                Rows = s.GroupChannels,
                ResultLength = s.InputLength,
                Compact = s.Stride.Columns > 1 ? rows * columns : 0,
                TargetStep = s.Stride.Columns,
                Accumulate = accumulate,
                Source = py,
                Bias = bias.IsEmpty ? null : pb,
                Result = px,
            };
            FillPhases(s, planes, tables);
            for (int p = 0; p < passes; p++)
                run.Pack(tables.Passes[p], pw, s.KernelLength, (nint)s.GroupOutputs * s.Taps);
            run.Share(s.Batch, s.Work, team);
        }
    }

    /// <summary>One pass for every place of an element of x between two positions of the kernel: these have the same taps.</summary>
    private static void FillPhases(in ConvolutionSizes s, in Planes planes, TapTables tables)
    {
        nint* offsets = tables.Offsets;
        int* weights = tables.Weights;
        TapSegment* segments = tables.Segments;
        real* packed = tables.Packed;
        for (int p = 0; p < s.Stride.Rows * s.Stride.Columns; p++)
        {
            (int row, int column) = (p / s.Stride.Columns, p % s.Stride.Columns);
            int taps = PhaseTaps(s, planes, row, column, offsets, weights), count = PhaseSegments(s, planes, row, column, segments);
            tables.Passes[p] = new TapPass { Offsets = offsets, Weights = weights, Taps = taps, Segments = segments, SegmentCount = count, Packed = packed };
            offsets += taps;
            weights += taps;
            segments += count;
            packed += (nint)taps * s.GroupChannels * s.Groups;
        }
    }

    private static int PhaseTaps(in ConvolutionSizes s, in Planes planes, int row, int column, nint* offsets, int* weights)
    {
        int taps = 0;
        for (int o = 0; o < s.GroupOutputs; o++)
        {
            for (int k = 0; k < s.KernelLength; k++)
            {
                int y = (k / s.Kernel.Columns * s.Dilation.Rows) - row, x = (k % s.Kernel.Columns * s.Dilation.Columns) - column;
                if (y % s.Stride.Rows != 0 || x % s.Stride.Columns != 0)
                    continue;
                offsets[taps] = ((nint)o * planes.ChannelLength) - ((nint)(y / s.Stride.Rows) * planes.Columns) - (x / s.Stride.Columns);
                weights[taps++] = (o * s.Taps) + k;
            }
        }

        return taps;
    }

    private static int PhaseSegments(in ConvolutionSizes s, in Planes planes, int row, int column, TapSegment* segments)
    {
        (int padRows, int padColumns) = s.Padding;
        (int stepRows, int stepColumns) = s.Stride;
        int firstColumn = Phase(column - padColumns, stepColumns), count = 0, compact = 0;
        for (int y = Phase(row - padRows, stepRows); y < s.Height; y += stepRows)
        {
            int at = ((((y + padRows) / stepRows) + planes.Top) * planes.Columns) + ((firstColumn + padColumns) / stepColumns) + planes.Left;
            int length = firstColumn < s.Width ? ((s.Width - firstColumn - 1) / stepColumns) + 1 : 0;
            for (int j = 0; j < length; j += TapTables.LaneLength)
            {
                int target = (y * s.Width) + firstColumn + (j * stepColumns);
                segments[count++] = new TapSegment { In = at + j, Out = stepColumns > 1 ? compact + j : target, Count = int.Min(TapTables.LaneLength, length - j), Target = target };
            }

            compact += length;
        }

        return count;
    }

    /// <summary>The smallest number from 0 on that differs from <paramref name="value"/> by a multiple of <paramref name="step"/>.</summary>
    private static int Phase(int value, int step) => ((value % step) + step) % step;

    /// <summary>x as a convolution reads it.</summary>
    private static Planes InputPlanes(in ConvolutionSizes s)
    {
        int rows = ((s.OutputHeight - 1) * s.Stride.Rows) + ((s.Kernel.Rows - 1) * s.Dilation.Rows) + 1;
        int columns = ((s.OutputWidth - 1) * s.Stride.Columns) + ((s.Kernel.Columns - 1) * s.Dilation.Columns) + 1;
        return new Planes
        {
            Channels = s.GroupChannels,
            Height = s.Height,
            Width = s.Width,
            Top = s.Padding.Rows,
            Left = s.Padding.Columns,
            StepRows = s.Stride.Rows,
            StepColumns = s.Stride.Columns,
            Rows = (rows + s.Stride.Rows - 1) / s.Stride.Rows,
            Columns = (columns + s.Stride.Columns - 1) / s.Stride.Columns,
        };
    }

    /// <summary>y as the transpose reads it: as many zeros around it as the kernel, in steps of the stride, is large.</summary>
    private static Planes OutputPlanes(in ConvolutionSizes s)
    {
        int low = (s.Padding.Rows / s.Stride.Rows) - ((s.Kernel.Rows - 1) * s.Dilation.Rows / s.Stride.Rows);
        int left = (s.Padding.Columns / s.Stride.Columns) - ((s.Kernel.Columns - 1) * s.Dilation.Columns / s.Stride.Columns);
        return new Planes
        {
            Channels = s.GroupOutputs,
            Height = s.OutputHeight,
            Width = s.OutputWidth,
            Top = -low,
            Left = -left,
            StepRows = 1,
            StepColumns = 1,
            Rows = ((s.Height - 1 + s.Padding.Rows) / s.Stride.Rows) - low + 1,
            Columns = ((s.Width - 1 + s.Padding.Columns) / s.Stride.Columns) - left + 1,
        };
    }

    private static nint TapOffset(in ConvolutionSizes s, in Planes planes, int tap)
    {
        int channel = tap / s.KernelLength, within = tap % s.KernelLength;
        return planes.Offset(channel, within / s.Kernel.Columns * s.Dilation.Rows, within % s.Kernel.Columns * s.Dilation.Columns);
    }

    /// <summary>A kernel of one element sees no rows: an image is one long row to it.</summary>
    private static ConvolutionSizes Flat(in ConvolutionSizes s)
        => s.Kernel == (1, 1) && s.Stride == (1, 1) && s.Padding == (0, 0)
            ? s with { Height = 1, Width = s.InputLength, OutputHeight = 1, OutputWidth = s.InputLength }
            : s;

    private static void CheckLengths(in ConvolutionSizes s, int x, int weight, int y)
    {
        Check.Same(x, checked(s.Batch * s.Channels * s.InputLength), "Convolution", "x");
        Check.Same(weight, checked(s.Outputs * s.Taps), "Convolution", "the weight");
        Check.Same(y, checked(s.Batch * s.Outputs * s.OutputLength), "Convolution", "y");
    }
}
