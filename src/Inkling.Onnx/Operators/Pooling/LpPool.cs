using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary><c>(Σ |x|ᵖ)^(1/p)</c> under a kernel; p is 2 by default.</summary>
internal sealed class LpPool : FloatOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue<T> x = call.Input<T>(0);
        var window = Window.Of(call, Pool.Spatial(x), Pool.Kernel(call));
        return [Pool.Run(x, window, new Norm<T>(T.CreateTruncating(Exponent(call))), new int[window.Positions])];
    }

    /// <summary>The attribute <c>p</c>, a whole number from operator set 2 on.</summary>
    public static double Exponent(OperatorCall call) => call.Opset < 2 ? call.Attributes.Float("p", 2) : call.Attributes.Int("p", 2);

    /// <summary>The norm.</summary>
    internal readonly struct Norm<T>(T p) : IPooling<T>
        where T : IBinaryFloatingPointIeee754<T>
    {
        /// <inheritdoc/>
        public T Start => T.Zero;

        /// <inheritdoc/>
        public T Next(T total, T x) => total + (p == T.One ? T.Abs(x) : p == T.One + T.One ? x * x : T.Pow(T.Abs(x), p));

        /// <inheritdoc/>
        public T End(T total, int count) => p == T.One ? total : p == T.One + T.One ? T.Sqrt(total) : T.Pow(total, T.One / p);
    }
}
