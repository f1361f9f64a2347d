using System.Collections;
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

    private readonly Axes _axes;

    private Shape(ReadOnlySpan<int> sizes)
    {
        Rank = sizes.Length;
        sizes.CopyTo(_axes);
    }

    /// <summary>The number of axes; 0 for a scalar.</summary>
    public int Rank { get; }

    /// <summary>The number of elements: the product of the axes, 1 for a scalar.</summary>
    public int Length
    {
        get
        {
            int length = 1;
            for (int i = 0; i < Rank; i++) length *= _axes[i];
            return length;
        }
    }

    /// <summary>The size of an axis; <c>^1</c> is the last one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shape has no such axis.</exception>
    public int this[Index axis]
    {
        get
        {
            int i = axis.GetOffset(Rank);
            if ((uint)i >= (uint)Rank) throw new ArgumentOutOfRangeException(nameof(axis), $"Shape {this} has no axis {axis}: its rank is {Rank}.");
            return _axes[i];
        }
    }

    /// <summary>Makes a shape of the given sizes.</summary>
    /// <exception cref="ArgumentException">More than six axes, a negative size, or more than 2³¹ − 1 elements.</exception>
    public static Shape Create(ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaxRank) throw new ArgumentException($"Shape: {sizes.Length} axes given, at most {MaxRank} are supported. Merge axes with Reshape.", nameof(sizes));
        long length = 1;
        foreach (int size in sizes)
        {
            if (size < 0) throw new ArgumentException($"Shape: [{string.Join(", ", sizes.ToArray())}] has a negative size.", nameof(sizes));
            length *= size;
            if (length > int.MaxValue) throw new ArgumentException($"Shape: [{string.Join(", ", sizes.ToArray())}] has more than {int.MaxValue} elements. Split the tensor.", nameof(sizes));
        }

        return new Shape(sizes);
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
        return new Shape(((ReadOnlySpan<int>)axes)[..Rank]);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => Rank == other.Rank && ((ReadOnlySpan<int>)_axes)[..Rank].SequenceEqual(((ReadOnlySpan<int>)other._axes)[..Rank]);

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
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether the axes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    [InlineArray(MaxRank)]
    private struct Axes
    {
        private int _first;
    }
}
