using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>The bits that are set in both.</summary>
internal readonly struct BitwiseAnd : IIntegerPair<BitwiseAnd>
{
    public T Apply<T>(T a, T b)
        where T : unmanaged, IBinaryInteger<T> => a & b;
}

/// <summary>The bits that are set in either.</summary>
internal readonly struct BitwiseOr : IIntegerPair<BitwiseOr>
{
    public T Apply<T>(T a, T b)
        where T : unmanaged, IBinaryInteger<T> => a | b;
}

/// <summary>The bits that differ.</summary>
internal readonly struct BitwiseXor : IIntegerPair<BitwiseXor>
{
    public T Apply<T>(T a, T b)
        where T : unmanaged, IBinaryInteger<T> => a ^ b;
}

/// <summary>The bits of a moved by b places, <c>direction</c> LEFT or RIGHT; moved out altogether when b is the width or more.</summary>
internal readonly struct BitShift(bool left) : IIntegerPair<BitShift>
{
    public static BitShift From(OperatorCall call) => call.Attributes.Text("direction", "") switch
    {
        "LEFT" => new BitShift(left: true),
        "RIGHT" => new BitShift(left: false),
        string other => throw new OnnxException($"'direction' is '{other}', LEFT or RIGHT is wanted"),
    };

    public T Apply<T>(T a, T b)
        where T : unmanaged, IBinaryInteger<T>
    {
        int places = int.CreateSaturating(b);
        return places < 0 || places >= a.GetByteCount() * 8 ? T.Zero : left ? a << places : a >>> places;
    }
}

/// <summary>Every bit reversed.</summary>
internal sealed class BitwiseNot : IntegerOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        return [new OnnxValue<T>(x.Sizes, Loops.Map<T, T, Reverse<T>>(x.Data, default))];
    }

    private readonly struct Reverse<T> : IMap<T, T>
        where T : IBinaryInteger<T>
    {
        public T Apply(T x) => ~x;
    }
}
