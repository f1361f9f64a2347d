using System.Buffers;

namespace Inkling.Playground;

/// <summary>The threshold of McCulloch and Pitts (1943) as a layer that can be trained.</summary>
internal static class Threshold
{
    /// <summary>
    /// 1 where x &gt; 0, else 0; backwards the gradient passes as it is (the straight-through estimator, Bengio et al. 2013, §4). With half the squared error a single
    /// neuron learns by the rule of Rosenblatt (1958): <c>w ← w + η (t − y) x</c>.
    /// </summary>
    public static Tensor Step(Tensor x)
    {
        ReadOnlySpan<float> values = x.Values;
        float[] rented = ArrayPool<float>.Shared.Rent(values.Length);
        Span<float> fires = rented.AsSpan(0, values.Length);
        for (int i = 0; i < fires.Length; i++) fires[i] = values[i] > 0 ? 1 : 0;
        // x − x is exactly 0, so that the sum is exactly 0 or 1.
        Tensor y = x - x.Tape.Constant(x.Shape, values) + x.Tape.Constant(x.Shape, fires);
        ArrayPool<float>.Shared.Return(rented);
        return y;
    }

    /// <summary>The same forwards, as a formula: of what is above 0, <c>x / x</c>, else <c>0 / ε</c>. No gradient that teaches.</summary>
    public static Tensor Fires(Tensor x)
    {
        const float Smallest = 1.17549435e-38f;
        Tensor above = x.Relu();
        return above / above.Clip(Smallest, float.MaxValue);
    }
}
