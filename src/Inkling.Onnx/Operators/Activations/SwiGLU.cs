using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>A gate times a value: <c>swish(a) · b</c> with the α of <see cref="Swish"/> (Shazeer 2020). Both have one shape.</summary>
internal sealed class SwiGLU : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> gate = call.Input<T>(0), value = call.Input<T>(1);
        if (!gate.Shape.SequenceEqual(value.Shape))
            throw new OnnxException("gate and value differ in shape");
        return [Loops.Zip<T, T, Body<T>>(gate, value, new Body<T>(Swish.From(call)))];
    }

    private readonly struct Body<T>(Swish swish) : IZip<T, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T Apply(T gate, T value) => swish.Apply(gate) * value;
    }
}
