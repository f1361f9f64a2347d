namespace Inkling.Onnx;

/// <summary>
/// Visits an n-dimensional index space row by row and keeps the position in each of several operands, whose strides may be anything,
/// 0 (repeated) and negative included. Axes that all operands pass through evenly are merged first, so rows are as long as can be.
/// </summary>
internal sealed class RowWalk
{
    private readonly int[] _sizes;
    private readonly int[][] _strides;
    private readonly int[] _counters;
    private readonly int[] _positions;
    private long _rowsLeft;
    private bool _started;

    /// <summary>Prepares a walk.</summary>
    /// <param name="shape">The index space.</param>
    /// <param name="strides">For each operand its stride along each axis.</param>
    public RowWalk(ReadOnlySpan<int> shape, params int[][] strides)
    {
        (List<int> sizes, List<int>[] merged) = Merge(shape, strides);
        Length = sizes[0];
        Steps = Array.ConvertAll(merged, operand => operand[0]);
        _sizes = [.. sizes.Skip(1)];
        _strides = Array.ConvertAll(merged, operand => operand.Skip(1).ToArray());
        _counters = new int[_sizes.Length];
        _positions = new int[strides.Length];
        _rowsLeft = Length == 0 ? 0 : _sizes.Aggregate(1L, (rows, size) => rows * size);
    }

    /// <summary>Elements of a row.</summary>
    public int Length { get; }

    /// <summary>For each operand the step from one element of a row to the next.</summary>
    public int[] Steps { get; }

    /// <summary>Where the current row begins in an operand, counted from where that operand begins.</summary>
    public int Position(int operand) => _positions[operand];

    /// <summary>
    /// Whether a single operand is read matrix by matrix, each turned on its side: the elements of a row lie as far apart as there are rows
    /// side by side.
    /// </summary>
    public bool IsTransposition => Steps is [> 1] && _sizes.Length > 0 && _sizes[0] == Steps[0] && _strides[0][0] == 1;

    /// <summary>Passes over some rows.</summary>
    public void Skip(int rows)
    {
        for (; rows > 0; rows--)
            Next();
    }

    /// <summary>Moves on to the first or next row; false when all were visited.</summary>
    public bool Next()
    {
        if (_rowsLeft-- <= 0)
            return false;
        if (!_started)
        {
            _started = true;
            return true;
        }

        for (int axis = 0; axis < _sizes.Length; axis++)
        {
            bool carry = ++_counters[axis] == _sizes[axis];
            int steps = carry ? 1 - _sizes[axis] : 1;
            for (int operand = 0; operand < _positions.Length; operand++)
                _positions[operand] += steps * _strides[operand][axis];
            if (!carry)
                break;
            _counters[axis] = 0;
        }

        return true;
    }

    /// <summary>Merges axes, the last becoming the first.</summary>
    private static (List<int> Sizes, List<int>[] Strides) Merge(ReadOnlySpan<int> shape, int[][] strides)
    {
        List<int> sizes = [];
        List<int>[] merged = Array.ConvertAll(strides, _ => new List<int>());
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            int size = shape[axis];
            if (size == 1)
                continue;
            if (Continues(sizes, merged, strides, axis))
            {
                sizes[^1] *= size;
                continue;
            }

            sizes.Add(size);
            for (int i = 0; i < strides.Length; i++)
                merged[i].Add(strides[i][axis]);
        }

        if (sizes.Count == 0)
        {
            sizes.Add(1);
            foreach (List<int> operand in merged)
                operand.Add(1);
        }

        return (sizes, merged);
    }

    /// <summary>Whether every operand goes on along the axis exactly where the axes behind it end.</summary>
    private static bool Continues(List<int> sizes, List<int>[] merged, int[][] strides, int axis)
    {
        for (int i = 0; i < strides.Length; i++)
        {
            if (sizes.Count == 0 || strides[i][axis] != (long)merged[i][^1] * sizes[^1])
                return false;
        }

        return sizes.Count > 0;
    }
}
