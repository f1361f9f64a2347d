using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>The next whole number upwards.</summary>
internal readonly struct Ceil : IFloatFormula<Ceil>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Ceiling(x);
}

/// <summary>The next whole number downwards.</summary>
internal readonly struct Floor : IFloatFormula<Floor>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Floor(x);
}

/// <summary>The nearest whole number, of two equally near ones the even.</summary>
internal readonly struct Round : IFloatFormula<Round>
{
    public T Apply<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Round(x, MidpointRounding.ToEven);
}
