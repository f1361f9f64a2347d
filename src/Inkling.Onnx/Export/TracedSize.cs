namespace Inkling.Onnx.Export;

/// <summary>A size, or any whole number, as it was in each run of the model: constant, or different where a named size of the inputs was.</summary>
internal readonly struct TracedSize : IEquatable<TracedSize>
{
    private readonly int[] _values;

    public TracedSize(int[] values) => _values = values;

    /// <summary>The number in each run.</summary>
    public ReadOnlySpan<int> Values => _values;

    /// <summary>Whether it was the same in all runs.</summary>
    public bool IsConstant => !Values.ContainsAnyExcept(_values[0]);

    /// <summary>The number, which is constant.</summary>
    public int Constant => IsConstant ? _values[0] : throw new OnnxUnsupportedException($"a size that must be a number changes with the sizes of the inputs ({this})");

    public bool Is(int value) => !Values.ContainsAnyExcept(value);

    public TracedSize With(TracedSize other, Func<int, int, int> combine) => new([.. _values.Zip(other._values, combine)]);

    public TracedSize Map(Func<int, int> change) => new(Array.ConvertAll(_values, one => change(one)));

    public bool Equals(TracedSize other) => Values.SequenceEqual(other.Values);

    public override bool Equals(object? obj) => obj is TracedSize other && Equals(other);

    public override int GetHashCode() => _values.Aggregate(17, HashCode.Combine);

    public override string ToString() => IsConstant ? $"{_values[0]}" : string.Join(" | ", _values);
}
