using System.Globalization;

namespace Inkling.Onnx;

/// <summary>One size of a declared shape: a number, a name that stands for one, or unknown.</summary>
/// <param name="Size">The size; null when it is not fixed.</param>
/// <param name="Name">What a size that is not fixed is called, for example <c>batch</c>; empty when it has no name.</param>
public readonly record struct OnnxDimension(int? Size, string Name)
{
    /// <summary>The size, the name, or <c>?</c>.</summary>
    public override string ToString() => Size?.ToString(CultureInfo.InvariantCulture) ?? (Name.Length > 0 ? Name : "?");
}
