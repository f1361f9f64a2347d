using System.Numerics;
using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>An operator on pairs of numbers: <c>y = f(a, b)</c>, both broadcast to one shape.</summary>
/// <typeparam name="TPair">The function.</typeparam>
internal sealed class NumberBinary<TPair> : NumberOperator
    where TPair : struct, INumberPair<TPair>
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        (OnnxValue a, OnnxValue b) = LegacyBroadcast.Align(call);
        return [Loops.Zip<T, T, NumberZip<T, TPair>>(a.As<T>(), b.As<T>(), new NumberZip<T, TPair>(TPair.From(call)))];
    }
}

/// <summary>An operator on any number of tensors, broadcast to one shape: <c>y = f(f(a, b), c) …</c>.</summary>
/// <typeparam name="TPair">The function.</typeparam>
internal class NumberVariadic<TPair> : NumberOperator
    where TPair : struct, INumberPair<TPair>
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue[] all = call.AllInputs();
        OnnxValue<T> result = all[0].As<T>();
        foreach (OnnxValue next in all.AsSpan(1))
            result = Loops.Zip<T, T, NumberZip<T, TPair>>(result, next.As<T>(), new NumberZip<T, TPair>(TPair.From(call)));
        return [result];
    }
}

/// <summary>An operator that compares pairs of numbers, broadcast to one shape.</summary>
/// <typeparam name="TComparison">The comparison.</typeparam>
internal class NumberComparison<TComparison> : NumberOperator
    where TComparison : struct, IComparison
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        (OnnxValue a, OnnxValue b) = LegacyBroadcast.Align(call);
        return [Loops.Zip<T, bool, Body<T>>(a.As<T>(), b.As<T>(), default)];
    }

    private readonly struct Body<T> : IZip<T, bool>
        where T : unmanaged, INumber<T>
    {
        public bool Apply(T a, T b) => TComparison.Apply(a, b);
    }
}

/// <summary>An operator on pairs of truth values, broadcast to one shape.</summary>
/// <typeparam name="TPair">The function.</typeparam>
internal sealed class TruthBinary<TPair> : Operator
    where TPair : struct, ITruthPair
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        (OnnxValue a, OnnxValue b) = LegacyBroadcast.Align(call);
        return [Loops.Zip<bool, bool, Body>(a.As<bool>(), b.As<bool>(), default)];
    }

    private readonly struct Body : IZip<bool, bool>
    {
        public bool Apply(bool a, bool b) => TPair.Apply(a, b);
    }
}

/// <summary>An operator on pairs of whole numbers, broadcast to one shape.</summary>
/// <typeparam name="TPair">The function.</typeparam>
internal sealed class IntegerBinary<TPair> : IntegerOperator
    where TPair : struct, IIntegerPair<TPair>
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call) =>
        [Loops.Zip<T, T, Body<T>>(call.Input<T>(0), call.Input<T>(1), new Body<T>(TPair.From(call)))];

    private readonly struct Body<T>(TPair pair) : IZip<T, T>
        where T : unmanaged, IBinaryInteger<T>
    {
        public T Apply(T a, T b) => pair.Apply(a, b);
    }
}

/// <summary>A function of two numbers in the loops over pairs, several at a time where it has lanes.</summary>
internal readonly struct NumberZip<T, TPair>(TPair pair) : IZip<T, T>
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
    where TPair : struct, INumberPair<TPair>
{
    /// <inheritdoc/>
    public T Apply(T a, T b) => pair.Apply(a, b);

    /// <inheritdoc/>
    [MethodImpl(Jit.Kernel)]
    public static int ApplyLanes(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        if (!Vector<T>.IsSupported || !TPair.HasLanes<T>() || y.Length < Vector<T>.Count)
            return 0;
        Vector<T> left = new(a[0]), right = new(b[0]);
        bool readLeft = a.Length > 1, readRight = b.Length > 1;
        int i = 0;
        for (; i <= y.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            if (readLeft)
                left = new Vector<T>(a[i..]);
            if (readRight)
                right = new Vector<T>(b[i..]);
            TPair.ApplyLanes(left, right).CopyTo(y[i..]);
        }

        return i;
    }
}
