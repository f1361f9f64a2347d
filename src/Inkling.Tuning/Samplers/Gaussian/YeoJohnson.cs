namespace Inkling.Tuning;

/// <summary>
/// The power transformation of *Yeo and Johnson 2000, eq. 2.1*: smooth and increasing for every power, the identity for 1. A power above 1 draws a long tail of low values in and spreads
/// the high ones, below 1 the other way round.
/// </summary>
internal static class YeoJohnson
{
    /// <summary>
    /// <c>((1 + y)^p - 1) / p</c> for y ≥ 0 and <c>-((1 - y)^(2 - p) - 1) / (2 - p)</c> below; the logarithm where an exponent is 0.
    /// </summary>
    public static double Value(double y, double power) => Value(y, power, out _);

    /// <summary>The same with the derivative by the power.</summary>
    public static double Value(double y, double power, out double byPower)
    {
        double exponent = y < 0 ? 2 - power : power, log = Math.Log(1 + Math.Abs(y)), far = exponent * log, size;
        if (Math.Abs(far) < 1e-4)
        {
            // The beginnings of the series, whose next terms are below the last digit.
            size = log * (1 + far / 2 + far * far / 6);
            byPower = log * log * (0.5 + far / 3 + far * far / 8);
        }
        else
        {
            double raised = Math.Exp(far);
            size = (raised - 1) / exponent;
            byPower = (raised * log - size) / exponent;
        }

        // The sign of the value and that of the exponent's slope are the same, so they leave the derivative as it is.
        return y < 0 ? -size : size;
    }

    /// <summary>Values transformed, then brought to mean 0 and deviation 1.</summary>
    /// <param name="values">Values around 0, with a deviation about 1.</param>
    /// <param name="power">The power.</param>
    /// <param name="result">The transformed values.</param>
    /// <param name="byPower">Their derivatives by the power.</param>
    /// <returns>The logarithm of the determinant of the Jacobian, the standardisation taken as a plain scaling, and its derivative by the power.</returns>
    public static (double LogDeterminant, double ByPower) Standardize(ReadOnlySpan<double> values, double power, Span<double> result, Span<double> byPower)
    {
        int n = values.Length;
        double mean = 0, meanByPower = 0, logs = 0;
        for (int i = 0; i < n; i++)
        {
            result[i] = Value(values[i], power, out byPower[i]);
            mean += result[i] / n;
            meanByPower += byPower[i] / n;
            logs += Math.Sign(values[i]) * Math.Log(1 + Math.Abs(values[i]));
        }

        double variance = 0;
        for (int i = 0; i < n; i++)
        {
            result[i] -= mean;
            byPower[i] -= meanByPower;
            variance += result[i] * result[i] / n;
        }

        double deviation = variance > 1e-20 ? Math.Sqrt(variance) : 1, deviationByPower = 0;
        for (int i = 0; i < n; i++)
        {
            result[i] /= deviation;
            deviationByPower += result[i] * byPower[i] / n;
        }

        for (int i = 0; i < n; i++)
            byPower[i] = (byPower[i] - result[i] * deviationByPower) / deviation;
        return ((power - 1) * logs - n * Math.Log(deviation), logs - n * deviationByPower / deviation);
    }
}
