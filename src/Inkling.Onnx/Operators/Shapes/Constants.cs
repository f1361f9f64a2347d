using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>A tensor, a number, a text or a list of these from the attributes.</summary>
internal sealed class Constant : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        Evaluation.NodeAttributes given = call.Attributes;
        if (given.Tensor("value") is { } tensor)
            return [tensor];
        if (given.Has("value_int"))
            return [OnnxValue.Scalar(given.Int("value_int"))];
        if (given.Has("value_float"))
            return [OnnxValue.Scalar(given.Float("value_float", 0))];
        if (given.Has("value_string"))
            return [OnnxValue.Scalar(given.Text("value_string", ""))];
        if (given.Ints("value_ints") is { } integers)
            return [OnnxValue.Create([integers.Length], integers)];
        if (given.Floats("value_floats") is { } numbers)
            return [OnnxValue.Create([numbers.Length], numbers)];
        if (given.Texts("value_strings") is { } texts)
            return [OnnxValue.Create([texts.Length], texts)];
        throw new OnnxException("it has no value");
    }
}

/// <summary>A tensor of a given shape filled with the one element of <c>value</c>; 32-bit zeros when it is left out.</summary>
internal sealed class ConstantOfShape : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        int[] shape = Array.ConvertAll(call.Integers(0) ?? throw new OnnxException("the shape is missing"), OperatorCall.Size);
        OnnxValue value = call.Attributes.Tensor("value") ?? OnnxValue.Scalar(0f);
        return value.Length == 1 ? [value.Read(shape, new int[shape.Length])] : throw new OnnxException($"'value' has {value.Length} elements, one is wanted");
    }
}

/// <summary>Ones on a diagonal (<c>k</c> to the right), zeros elsewhere, in the shape of the input; of its type or of <c>dtype</c>.</summary>
internal sealed class EyeLike : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        if (x.Rank != 2)
            throw new OnnxException("a matrix is wanted");
        (int rows, int columns, long k) = (x.Sizes[0], x.Sizes[1], call.Attributes.Int("k", 0));
        float[] eye = new float[x.Length];
        for (int row = 0; row < rows; row++)
        {
            if (row + k >= 0 && row + k < columns)
                eye[(row * columns) + row + k] = 1;
        }

        return [Conversion.Convert(new OnnxValue<float>(x.Sizes, eye), (OnnxElementType)call.Attributes.Int("dtype", (long)x.Type))];
    }
}

/// <summary>The numbers from <c>start</c> to <c>limit</c> (left out) in steps of <c>delta</c>.</summary>
internal sealed class NumberRange : NumberOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        T start = call.Input<T>(0).Data[0], limit = call.Input<T>(1).Data[0], delta = call.Input<T>(2).Data[0];
        if (delta == T.Zero)
            throw new OnnxException("the step is 0");
        T[] numbers = new T[OperatorCall.Size(Count(start, limit, delta))];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = start + (T.CreateTruncating(i) * delta);
        return [new OnnxValue<T>([numbers.Length], numbers)];
    }

    private static long Count<T>(T start, T limit, T delta)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            return long.CreateSaturating(double.Max(0, double.Ceiling((double.CreateTruncating(limit) - double.CreateTruncating(start)) / double.CreateTruncating(delta))));
        // Whole numbers exactly, the widest differences included.
        Int128 distance = Int128.CreateTruncating(limit) - Int128.CreateTruncating(start), step = Int128.CreateTruncating(delta);
        Int128 count = step > 0 ? (distance + step - 1) / step : (-distance - step - 1) / -step;
        return long.CreateSaturating(Int128.Max(0, count));
    }
}
