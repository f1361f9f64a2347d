namespace Inkling.Nn;

/// <content>Those that keep the variance of what flows through a layer.</content>
public static partial class Initializer
{
    /// <summary>Uniform in <c>±gain √(6 / (fanIn + fanOut))</c> (Glorot &amp; Bengio 2010, eq. 16).</summary>
    /// <param name="gain">See <see cref="Gain"/>. Default: 1.</param>
    /// <exception cref="ArgumentException">When built: the parameter has fewer than two axes.</exception>
    public static Action<Parameter, ulong> XavierUniform(double gain = 1) => Scaled("XavierUniform", uniform: true, gain, fans => (fans.In + fans.Out) / 2);

    /// <summary>Normal with the deviation <c>gain √(2 / (fanIn + fanOut))</c> (Glorot &amp; Bengio 2010, eq. 12).</summary>
    /// <param name="gain">See <see cref="Gain"/>. Default: 1.</param>
    /// <exception cref="ArgumentException">When built: the parameter has fewer than two axes.</exception>
    public static Action<Parameter, ulong> XavierNormal(double gain = 1) => Scaled("XavierNormal", uniform: false, gain, fans => (fans.In + fans.Out) / 2);

    /// <summary>Uniform in <c>±gain √(3 / fan)</c> (He et al. 2015, eq. 10).</summary>
    /// <param name="mode">Which fan. Default: in.</param>
    /// <param name="gain">See <see cref="Gain"/>. Default: that of a rectifier, √2.</param>
    /// <exception cref="ArgumentException">When built: the parameter has fewer than two axes.</exception>
    public static Action<Parameter, ulong> HeUniform(FanMode mode = FanMode.In, double? gain = null) => Scaled("HeUniform", uniform: true, gain ?? Gain.Relu, fans => mode == FanMode.In ? fans.In : fans.Out);

    /// <summary>Normal with the deviation <c>gain / √fan</c> (He et al. 2015, eq. 10).</summary>
    /// <param name="mode">Which fan. Default: in.</param>
    /// <param name="gain">See <see cref="Gain"/>. Default: that of a rectifier, √2.</param>
    /// <exception cref="ArgumentException">When built: the parameter has fewer than two axes.</exception>
    public static Action<Parameter, ulong> HeNormal(FanMode mode = FanMode.In, double? gain = null) => Scaled("HeNormal", uniform: false, gain ?? Gain.Relu, fans => mode == FanMode.In ? fans.In : fans.Out);

    /// <summary>Uniform in <c>±√(3 / fanIn)</c>, variance <c>1 / fanIn</c> (LeCun et al. 1998, eq. 16).</summary>
    /// <exception cref="ArgumentException">When built: the parameter has fewer than two axes.</exception>
    public static Action<Parameter, ulong> LeCunUniform() => Scaled("LeCunUniform", uniform: true, 1, fans => fans.In);

    /// <summary>Normal with the variance <c>1 / fanIn</c> (LeCun et al. 1998, eq. 16), which self-normalising networks want (Klambauer et al. 2017).</summary>
    /// <exception cref="ArgumentException">When built: the parameter has fewer than two axes.</exception>
    public static Action<Parameter, ulong> LeCunNormal() => Scaled("LeCunNormal", uniform: false, 1, fans => fans.In);

    private static Action<Parameter, ulong> Scaled(string name, bool uniform, double gain, Func<(double In, double Out), double> fan) => (parameter, seed) =>
    {
        double deviation = gain / Math.Sqrt(Math.Max(1, fan(Fans(name, parameter))));
        if (uniform) Uniform((real)(deviation * Math.Sqrt(3)))(parameter, seed);
        else Normal((real)deviation)(parameter, seed);
    };

    private static (double In, double Out) Fans(string name, Parameter parameter)
    {
        Shape shape = parameter.Shape;
        if (shape.Rank < 2) throw new ArgumentException($"Initializer.{name}: '{parameter.Name}' is {shape}; fans are defined for two axes or more. Use Uniform, Normal or Constant for it.");
        int field = 1;
        for (int axis = 2; axis < shape.Rank; axis++) field *= shape[axis];
        return ((double)shape[1] * field, (double)shape[0] * field);
    }
}
