using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// An operator that computes: one generic method does it for every element type. Floating-point numbers of 16 bits are widened to 32,
/// computed with and narrowed again, here and nowhere else.
/// </summary>
internal abstract class ArithmeticOperator : Operator
{
    /// <summary>The input whose type decides.</summary>
    protected virtual int TypedInput => 0;

    /// <inheritdoc/>
    public sealed override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxElementType type = call.Input(TypedInput).Type;
        if (!ElementTypes.IsHalf(type))
            return Dispatch(type, call);
        OnnxValue?[] results = Dispatch(OnnxElementType.Float, call.With(Array.ConvertAll(call.Inputs, Conversion.Widen)));
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i] is OnnxValue<float> wide && Narrows(i))
                results[i] = Conversion.Convert(wide, type);
        }

        return results;
    }

    /// <summary>Whether an output has the type of the input, rather than 32 bits in any case.</summary>
    protected virtual bool Narrows(int output) => true;

    /// <summary>Calls the generic method with the .NET type.</summary>
    private protected abstract OnnxValue?[] Dispatch(OnnxElementType type, OperatorCall call);
}

/// <summary>An operator on numbers of every kind.</summary>
internal abstract class NumberOperator : ArithmeticOperator
{
    /// <summary>Computes the outputs.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    protected abstract OnnxValue?[] Compute<T>(OperatorCall call)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>;

    private protected sealed override OnnxValue?[] Dispatch(OnnxElementType type, OperatorCall call) =>
        ElementTypes.RunNumber(type, new Action(this, call));

    private sealed class Action(NumberOperator owner, OperatorCall call) : INumberAction<OnnxValue?[]>
    {
        public OnnxValue?[] Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => owner.Compute<T>(call);
    }
}

/// <summary>An operator on floating-point numbers.</summary>
internal abstract class FloatOperator : ArithmeticOperator
{
    /// <summary>Computes the outputs.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    protected abstract OnnxValue?[] Compute<T>(OperatorCall call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T>;

    private protected sealed override OnnxValue?[] Dispatch(OnnxElementType type, OperatorCall call) =>
        ElementTypes.RunFloat(type, new Action(this, call));

    private sealed class Action(FloatOperator owner, OperatorCall call) : IFloatAction<OnnxValue?[]>
    {
        public OnnxValue?[] Run<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>, IMinMaxValue<T> => owner.Compute<T>(call);
    }
}

/// <summary>An operator on whole numbers.</summary>
internal abstract class IntegerOperator : ArithmeticOperator
{
    /// <summary>Computes the outputs.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    protected abstract OnnxValue?[] Compute<T>(OperatorCall call)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>;

    private protected sealed override OnnxValue?[] Dispatch(OnnxElementType type, OperatorCall call) =>
        ElementTypes.RunInteger(type, new Action(this, call));

    private sealed class Action(IntegerOperator owner, OperatorCall call) : IIntegerAction<OnnxValue?[]>
    {
        public OnnxValue?[] Run<T>()
            where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => owner.Compute<T>(call);
    }
}
