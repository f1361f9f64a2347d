using System.Collections;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Inkling;

/// <summary>
/// The sizes of a tensor's axes, outermost first, as in <c>[T, B, H]</c>. Row-major, rank 0 (a scalar) to 6.
/// </summary>
/// <remarks>Written as a collection expression: <c>tape.Input([4, 2], values)</c>.</remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IEnumerable<int>
{
    /// <summary>The largest number of axes.</summary>
    public const int MaxRank = 6;

    // Axes beyond the rank are 0 in every shape. One is taken off the length so that default(Shape) is a scalar.
    private readonly Axes _axes;
    private readonly int _lengthLessOne;

    private Shape(in Axes axes, int rank, int length)
    {
        _axes = axes;
        Rank = rank;
        _lengthLessOne = length - 1;
    }

    /// <summary>The number of axes; 0 for a scalar.</summary>
    public int Rank { get; }

    /// <summary>The number of elements: the product of the axes, 1 for a scalar.</summary>
    public int Length => _lengthLessOne + 1;

    /// <summary>The size of an axis; <c>^1</c> is the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shape has no such axis.</exception>
    public int this[Index axis]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int i = axis.GetOffset(Rank);
            if ((uint)i >= (uint)Rank) ThrowNoAxis(axis);
            return _axes[i];
        }
    }

    /// <summary>Makes a shape of the given sizes.</summary>
    /// <exception cref="ArgumentException">More than six axes, a negative size, or more than 2³¹ − 1 elements.</exception>
    public static Shape Create(ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaxRank) ThrowNoShape(sizes);
        Axes axes = default;
        long length = 1;
        for (int i = 0; i < sizes.Length; i++)
        {
            axes[i] = sizes[i];
            length *= sizes[i];
            if (sizes[i] < 0 || length > int.MaxValue) ThrowNoShape(sizes);
        }

        return new Shape(axes, sizes.Length, (int)length);
    }

    /// <summary>The product of the axes from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    internal int Product(int start, int end)
    {
        int product = 1;
        for (int i = start; i < end; i++) product *= _axes[i];
        return product;
    }

    /// <summary>The same shape with its last axis replaced.</summary>
    internal Shape WithLast(int size)
    {
        Axes axes = _axes;
        axes[Rank - 1] = size;
        return new Shape(axes, Rank, Product(0, Rank - 1) * size);
    }

    /// <summary>The same shape with its first axis replaced.</summary>
    internal Shape WithFirst(int size)
    {
        Axes axes = _axes;
        axes[0] = size;
        return new Shape(axes, Rank, Product(1, Rank) * size);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        for (int i = 0; i < Rank; i++) hash.Add(_axes[i]);
        return hash.ToHashCode();
    }

    /// <summary>The sizes in brackets, as in <c>[64, 32, 512]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", ToArray())}]";

    /// <summary>The sizes as an array.</summary>
    public int[] ToArray() => ((ReadOnlySpan<int>)_axes)[..Rank].ToArray();

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both have the same axes.</summary>
    public static bool operator ==(in Shape left, in Shape right) => left.Rank == right.Rank && ((ReadOnlySpan<int>)left._axes).SequenceEqual(right._axes);

    /// <summary>Whether the axes differ.</summary>
    public static bool operator !=(in Shape left, in Shape right) => !(left == right);

    [DoesNotReturn, StackTraceHidden]
    private void ThrowNoAxis(Index axis) => throw new ArgumentOutOfRangeException(nameof(axis), $"Shape {this} has no axis {axis}: its rank is {Rank}.");

    [DoesNotReturn, StackTraceHidden]
    private static void ThrowNoShape(ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaxRank) throw new ArgumentException($"Shape: {sizes.Length} axes given, at most {MaxRank} are supported. Merge axes with Reshape.", nameof(sizes));
        string given = string.Join(", ", sizes.ToArray());
        foreach (int size in sizes)
        {
            if (size < 0) throw new ArgumentException($"Shape: [{given}] has a negative size.", nameof(sizes));
        }

        throw new ArgumentException($"Shape: [{given}] has more than {int.MaxValue} elements. Split the tensor.", nameof(sizes));
    }

    [InlineArray(MaxRank)]
    private struct Axes
    {
        private int _first;
    }
}
