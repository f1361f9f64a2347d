using System.Numerics;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>An operator that applies a formula to every floating-point element.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal class FloatUnary<TFormula> : FloatOperator
    where TFormula : struct, IFloatFormula<TFormula>
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        return [new OnnxValue<T>(x.Sizes, Loops.Map<T, T, Body<T>>(x.Data, new Body<T>(TFormula.From(call))))];
    }

    private readonly struct Body<T>(TFormula formula) : IMap<T, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T Apply(T x) => formula.Apply(x);
    }
}

/// <summary>The same, with a formula of the engine below for the lanes of 32-bit numbers.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
/// <typeparam name="TLanes">The same formula on lanes.</typeparam>
internal sealed class FloatUnary<TFormula, TLanes> : FloatUnary<TFormula>
    where TFormula : struct, IFloatFormula<TFormula>
    where TLanes : struct, IUnaryOp
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        if (call.Input(0) is not OnnxValue<float> x)
            return base.Compute<T>(call);
        float[] y = new float[x.Length];
        Map.Apply<TLanes>(x.Data, y, Team.Shared);
        return [new OnnxValue<float>(x.Sizes, y)];
    }
}

/// <summary>An operator that applies a formula to every element, whatever kind of number it is.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal sealed class NumberUnary<TFormula> : NumberOperator
    where TFormula : struct, INumberFormula<TFormula>
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        return [new OnnxValue<T>(x.Sizes, Loops.Map<T, T, Body<T>>(x.Data, new Body<T>(TFormula.From(call))))];
    }

    private readonly struct Body<T>(TFormula formula) : IMap<T, T>
        where T : unmanaged, INumber<T>
    {
        public T Apply(T x) => formula.Apply(x);
    }
}

/// <summary>An operator that asks a question about every floating-point element.</summary>
/// <typeparam name="TTest">The question.</typeparam>
internal sealed class FloatTest<TTest> : FloatOperator
    where TTest : struct, IFloatTest<TTest>
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        return [new OnnxValue<bool>(x.Sizes, Loops.Map<T, bool, Body<T>>(x.Data, new Body<T>(TTest.From(call))))];
    }

    private readonly struct Body<T>(TTest test) : IMap<T, bool>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public bool Apply(T x) => test.Apply(x);
    }
}
