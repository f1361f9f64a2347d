using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>Initial values of parameters. Each is a function of the parameter and a seed.</summary>
/// <remarks>
/// Fans are those of PyTorch: of a weight <c>[O, I, k…]</c> fan in is <c>I · Πk</c>, fan out <c>O · Πk</c>. Those that need a fan refuse parameters of fewer than two
/// axes.
/// </remarks>
public static partial class Initializer
{
    /// <summary>Every value the same.</summary>
    public static Action<Parameter, ulong> Constant(real value) => (parameter, _) => parameter.Values.Fill(value);

    /// <summary>Every value 0, as without an initializer.</summary>
    public static Action<Parameter, ulong> Zeros() => Constant(0);

    /// <summary>Every value 1.</summary>
    public static Action<Parameter, ulong> Ones() => Constant(1);

    /// <summary>Uniform in ±bound.</summary>
    public static Action<Parameter, ulong> Uniform(real bound) => (parameter, seed) => CounterRandom.Fill(parameter.Values, seed, 0, -bound, bound);

    /// <summary>Uniform in [low, high).</summary>
    /// <exception cref="ArgumentException">The interval is empty.</exception>
    public static Action<Parameter, ulong> Uniform(real low, real high)
    {
        if (!(low < high)) throw new ArgumentException($"Initializer.Uniform: the interval from {low} to {high} is empty.", nameof(high));
        return (parameter, seed) => CounterRandom.Fill(parameter.Values, seed, 0, low, high);
    }

    /// <summary>Normal with mean 0 and the given standard deviation.</summary>
    public static Action<Parameter, ulong> Normal(real deviation) => (parameter, seed) => CounterRandom.FillGaussian(parameter.Values, seed, 0, 0, deviation);

    /// <summary>Uniform in <c>±1 / √fanIn</c>, where fanIn is the last axis: PyTorch's default for linear layers.</summary>
    public static Action<Parameter, ulong> FanIn() => (parameter, seed) => Uniform((real)(1 / Math.Sqrt(Math.Max(1, parameter.Shape[^1]))))(parameter, seed);

    /// <summary>Uniform in <c>±√(6 / (fanIn + fanOut))</c> (Glorot &amp; Bengio 2010, eq. 16), which suits tanh and sigmoid.</summary>
    public static Action<Parameter, ulong> Glorot() => (parameter, seed) =>
    {
        int fanIn = parameter.Shape[^1], fanOut = parameter.Shape.Length / Math.Max(1, fanIn);
        Uniform((real)Math.Sqrt(6.0 / Math.Max(1, fanIn + fanOut)))(parameter, seed);
    };
}
