namespace Inkling.Numerics;

/// <summary>Sizes of a two-dimensional convolution; one dimension is a height of 1.</summary>
internal readonly record struct ConvolutionSizes
{
    /// <summary>Images N.</summary>
    public required int Batch { get; init; }

    /// <summary>Channels of x, C.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows of x.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of x.</summary>
    public required int Width { get; init; }

    /// <summary>Channels of y, O.</summary>
    public required int Outputs { get; init; }

    /// <summary>Rows of y.</summary>
    public required int OutputHeight { get; init; }

    /// <summary>Columns of y.</summary>
    public required int OutputWidth { get; init; }

    /// <summary>Groups that channels of x and of y fall into; each sees its own only.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Rows, columns of the kernel.</summary>
    public required (int Rows, int Columns) Kernel { get; init; }

    /// <summary>From one position of the kernel to the next.</summary>
    public (int Rows, int Columns) Stride { get; init; } = (1, 1);

    /// <summary>Zeros around x, on each side.</summary>
    public (int Rows, int Columns) Padding { get; init; }

    /// <summary>From one element of the kernel to the next.</summary>
    public (int Rows, int Columns) Dilation { get; init; } = (1, 1);

    public ConvolutionSizes()
    {
    }

    public int GroupChannels => Channels / Groups;

    public int GroupOutputs => Outputs / Groups;

    public int KernelLength => Kernel.Rows * Kernel.Columns;

    /// <summary>Length of the sums: taps of one result.</summary>
    public int Taps => GroupChannels * KernelLength;

    public int InputLength => Height * Width;

    public int OutputLength => OutputHeight * OutputWidth;

    /// <summary>Multiply-adds.</summary>
    public long Work => (long)Batch * Outputs * OutputLength * Taps;

    /// <summary>The size of an axis of y: how many positions the kernel has along an axis of x.</summary>
    public static int Positions(int size, int kernel, int stride, int padding, int dilation) => ((size + (2 * padding) - (dilation * (kernel - 1)) - 1) / stride) + 1;
}
