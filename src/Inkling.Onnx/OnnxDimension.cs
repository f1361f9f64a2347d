using System.Globalization;

namespace Inkling.Onnx;

/// <summary>One size of a declared shape: a number, a name that stands for one, or unknown.</summary>
/// <param name="Size">The size; null when it is not fixed.</param>
/// <param name="Name">What a size that is not fixed is called, for example <c>batch</c>; empty when it has no name.</param>
public readonly record struct OnnxDimension(int? Size, string Name)
{
    /// <summary>A fixed size.</summary>
    public static implicit operator OnnxDimension(int size) => new(size, "");

    /// <summary>A name that stands for any size.</summary>
    public static implicit operator OnnxDimension(string name) => new(null, name);

    /// <summary>A fixed size.</summary>
    public static OnnxDimension FromInt32(int size) => size;

    /// <summary>A name that stands for any size.</summary>
    public static OnnxDimension FromString(string name) => name;

    /// <summary>The size, the name, or <c>?</c>.</summary>
    public override string ToString() => Size?.ToString(CultureInfo.InvariantCulture) ?? (Name.Length > 0 ? Name : "?");
}
