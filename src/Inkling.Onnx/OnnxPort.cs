using Inkling.Onnx.Proto;

namespace Inkling.Onnx;

/// <summary>An input or output of a model, as the model declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The element type; <see cref="OnnxElementType.Undefined"/> when not declared.</param>
/// <param name="Shape">The sizes; null when not declared.</param>
public sealed record OnnxPort(string Name, OnnxElementType Type, IReadOnlyList<OnnxDimension>? Shape)
{
    /// <summary>Name, type and shape: <c>image: float [N, 3, 224, 224]</c>.</summary>
    public override string ToString() =>
        $"{Name}: {(Type == OnnxElementType.Undefined ? "any type" : ElementTypes.Text(Type))} {(Shape is null ? "[…]" : $"[{string.Join(", ", Shape)}]")}";

    /// <summary>Reads a declaration.</summary>
    /// <exception cref="OnnxUnsupportedException">It is no tensor, or of a type that is not supported.</exception>
    internal static OnnxPort Of(ValueInfoProto info)
    {
        if (info.OtherKind is not null)
            throw new OnnxUnsupportedException($"'{info.Name}' is {info.OtherKind}; tensors are what is supported");
        if (info.Type != OnnxElementType.Undefined && !ElementTypes.IsSupported(info.Type))
            throw new OnnxUnsupportedException($"'{info.Name}' is a tensor of {ElementTypes.Text(info.Type)}, which is not supported");
        return new OnnxPort(info.Name, info.Type, info.Shape?.ConvertAll(size =>
            new OnnxDimension(size.Size is >= 0 and <= int.MaxValue ? (int)size.Size : null, size.Name)));
    }

    /// <summary>Why a value cannot be given here; null when it can.</summary>
    internal string? Refuses(OnnxValue value)
    {
        bool fits = Type == OnnxElementType.Undefined || Type == value.Type;
        if (fits && Shape is not null)
        {
            fits = Shape.Count == value.Rank;
            for (int axis = 0; fits && axis < value.Rank; axis++)
                fits = Shape[axis].Size is null || Shape[axis].Size == value.Shape[axis];
        }

        return fits ? null : $"input {this} was given {ElementTypes.Text(value.Type)} {value.ShapeText}";
    }
}
