namespace Inkling.Ops;

/// <summary>
/// How two shapes run along their common result: the result is cut into runs along trailing axes in which each operand is either
/// contiguous or one repeated element.
/// </summary>
internal readonly ref struct Broadcast
{
    private readonly Shape _shape;
    private readonly Shape _a;
    private readonly Shape _b;
    private readonly int _outerRank;

    public Broadcast(Shape a, Shape b, Shape result)
    {
        _shape = result;
        _a = a;
        _b = b;
        int axis = result.Rank - 1;
        bool repeatA = Size(a, axis) < result[axis], repeatB = Size(b, axis) < result[axis];
        int run = result[axis];
        // Axes merge into the run while neither operand changes between contiguous and repeated.
        while (axis > 0 && Same(a, axis - 1, repeatA) && Same(b, axis - 1, repeatB)) run *= result[--axis];
        _outerRank = axis;
        Run = run;
        RunA = repeatA ? 1 : run;
        RunB = repeatB ? 1 : run;
        Runs = result.Length == 0 ? 0 : result.Length / run;
    }

    public int Runs { get; }

    public int Run { get; }

    public int RunA { get; }

    public int RunB { get; }

    public static bool TryShape(Shape a, Shape b, out Shape result)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> sizes = stackalloc int[Shape.MaxRank];
        for (int i = 0; i < rank; i++)
        {
            int fromA = i < rank - a.Rank ? 1 : a[i - (rank - a.Rank)];
            int fromB = i < rank - b.Rank ? 1 : b[i - (rank - b.Rank)];
            if (fromA != fromB && fromA != 1 && fromB != 1)
            {
                result = default;
                return false;
            }

            sizes[i] = fromA == 1 ? fromB : fromA;
        }

        result = Shape.Create(sizes[..rank]);
        return true;
    }

    /// <summary>Where run number <paramref name="run"/> begins in both operands.</summary>
    public void At(int run, out int atA, out int atB)
    {
        atA = 0;
        atB = 0;
        int strideA = RunLength(_a), strideB = RunLength(_b);
        for (int axis = _outerRank - 1; axis >= 0; axis--)
        {
            int size = _shape[axis], index = run % size;
            run /= size;
            int sizeA = Size(_a, axis), sizeB = Size(_b, axis);
            if (sizeA > 1) atA += index * strideA;
            if (sizeB > 1) atB += index * strideB;
            strideA *= sizeA;
            strideB *= sizeB;
        }
    }

    private int RunLength(Shape operand)
    {
        int length = 1;
        for (int axis = _outerRank; axis < _shape.Rank; axis++) length *= Size(operand, axis);
        return length;
    }

    private int Size(Shape operand, int axis)
    {
        int own = axis - (_shape.Rank - operand.Rank);
        return own < 0 ? 1 : operand[own];
    }

    private bool Same(Shape operand, int axis, bool repeated) => _shape[axis] == 1 || Size(operand, axis) < _shape[axis] == repeated;
}
