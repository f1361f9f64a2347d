namespace Inkling.Numerics;

/// <summary>Height of a tile as a type, so that the compiler makes a method of its own for each.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

/// <summary>1.</summary>
internal readonly struct Rows1 : ITileRows
{
    public static int Count => 1;
}

/// <summary>2.</summary>
internal readonly struct Rows2 : ITileRows
{
    public static int Count => 2;
}

/// <summary>3.</summary>
internal readonly struct Rows3 : ITileRows
{
    public static int Count => 3;
}

/// <summary>4.</summary>
internal readonly struct Rows4 : ITileRows
{
    public static int Count => 4;
}

/// <summary>5.</summary>
internal readonly struct Rows5 : ITileRows
{
    public static int Count => 5;
}

/// <summary>6.</summary>
internal readonly struct Rows6 : ITileRows
{
    public static int Count => 6;
}

/// <summary>7.</summary>
internal readonly struct Rows7 : ITileRows
{
    public static int Count => 7;
}

/// <summary>8.</summary>
internal readonly struct Rows8 : ITileRows
{
    public static int Count => 8;
}

/// <summary>9.</summary>
internal readonly struct Rows9 : ITileRows
{
    public static int Count => 9;
}

/// <summary>10.</summary>
internal readonly struct Rows10 : ITileRows
{
    public static int Count => 10;
}

/// <summary>11.</summary>
internal readonly struct Rows11 : ITileRows
{
    public static int Count => 11;
}

/// <summary>12.</summary>
internal readonly struct Rows12 : ITileRows
{
    public static int Count => 12;
}

/// <summary>13.</summary>
internal readonly struct Rows13 : ITileRows
{
    public static int Count => 13;
}

/// <summary>14.</summary>
internal readonly struct Rows14 : ITileRows
{
    public static int Count => 14;
}
