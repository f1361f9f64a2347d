namespace Inkling.Nn;

/// <summary>By how much initial weights must be larger because of the activation behind them (as PyTorch's <c>calculate_gain</c>).</summary>
public static class Gain
{
    /// <summary>No activation, sigmoid, convolution: 1.</summary>
    public const double Linear = 1;

    /// <summary>Hyperbolic tangent: 5/3.</summary>
    public const double Tanh = 5.0 / 3;

    /// <summary>Scaled exponential linear unit: 3/4.</summary>
    public const double Selu = 0.75;

    /// <summary>Rectifier: √2, as half of the variance is lost (He et al. 2015, §2.2).</summary>
    public static double Relu => Math.Sqrt(2);

    /// <summary>Leaky rectifier: <c>√(2 / (1 + a²))</c> (He et al. 2015, eq. 15).</summary>
    /// <param name="slope">a, the slope below 0. Default: 0.01.</param>
    public static double LeakyRelu(double slope = 0.01) => Math.Sqrt(2 / (1 + (slope * slope)));
}
