namespace Inkling.Numerics;

/// <summary>Sizes of a pooling: planes (images × channels) of rows and columns, and a window for every result.</summary>
internal readonly record struct PoolingSizes
{
    /// <summary>Images × channels.</summary>
    public required int Planes { get; init; }

    /// <summary>Rows, columns of a plane of x.</summary>
    public required (int Rows, int Columns) Input { get; init; }

    /// <summary>Rows, columns of a plane of y.</summary>
    public required (int Rows, int Columns) Output { get; init; }

    /// <summary>Rows, columns of the window; 0 where windows are adaptive: as equal as whole numbers allow, and together all of the plane.</summary>
    public (int Rows, int Columns) Window { get; init; }

    /// <summary>From one window to the next.</summary>
    public (int Rows, int Columns) Stride { get; init; }

    /// <summary>How far windows stick out on each side.</summary>
    public (int Rows, int Columns) Padding { get; init; }

    /// <summary>From one element of the window to the next.</summary>
    public (int Rows, int Columns) Dilation { get; init; } = (1, 1);

    /// <summary>Whether what sticks out counts as zeros in a mean.</summary>
    public bool CountPadding { get; init; }

    public PoolingSizes()
    {
    }

    public int InputLength => Input.Rows * Input.Columns;

    public int OutputLength => Output.Rows * Output.Columns;

    /// <summary>The rows that a row of results sees: from the first, in steps of the dilation, up to the end.</summary>
    public (int First, int End) RowsOf(int row) => Range(row, Input.Rows, Output.Rows, Window.Rows, Stride.Rows, Padding.Rows, Dilation.Rows);

    /// <summary>The columns that a column of results sees.</summary>
    public (int First, int End) ColumnsOf(int column) => Range(column, Input.Columns, Output.Columns, Window.Columns, Stride.Columns, Padding.Columns, Dilation.Columns);

    /// <summary>One over how many elements a mean is of.</summary>
    public real Share((int First, int End) rows, (int First, int End) columns)
    {
        if (CountPadding && Window.Rows > 0)
            return (real)1 / (Window.Rows * Window.Columns);
        return (real)1 / int.Max(1, (rows.End - rows.First) * (columns.End - columns.First));
    }

    private static (int First, int End) Range(int position, int size, int results, int window, int stride, int padding, int dilation)
    {
        if (window == 0)
            return ((int)((long)position * size / results), (int)((((position + 1L) * size) + results - 1) / results));
        int first = (position * stride) - padding, end = int.Min(size, first + ((window - 1) * dilation) + 1);
        if (first < 0)
            first += (-first + dilation - 1) / dilation * dilation;
        return (first, end);
    }
}
