namespace Inkling;

/// <summary>A size in two dimensions, such as that of a kernel or of a step. A single number stands for both: <c>3</c> is <c>(3, 3)</c>.</summary>
/// <param name="Rows">Along the rows, the axis before the last.</param>
/// <param name="Columns">Along the columns, the last axis.</param>
public readonly record struct Extent(int Rows, int Columns)
{
    /// <summary>The same in both dimensions.</summary>
    public static implicit operator Extent(int both) => new(both, both);

    /// <summary>Rows and columns.</summary>
    public static implicit operator Extent((int Rows, int Columns) pair) => new(pair.Rows, pair.Columns);

    /// <summary>The same in both dimensions.</summary>
    public static Extent FromInt32(int both) => both;

    /// <summary>Rows and columns.</summary>
    public static Extent FromValueTuple((int Rows, int Columns) pair) => pair;

    /// <summary>As in <c>3×5</c>.</summary>
    public override string ToString() => $"{Rows}×{Columns}";

    /// <summary>Throws unless both are at least <paramref name="least"/>.</summary>
    internal void CheckAtLeast(int least, string op, string what)
    {
        if (Rows < least || Columns < least) throw new ArgumentOutOfRangeException(what, this, $"{op}: the {what} {this} must be at least {least} in both dimensions.");
    }
}
