namespace Inkling.Tuning;

/// <summary>
/// The belief that who chooses a range expects the best value inside it rather than at its very end, as a factor of the acquisition that loses its weight while trials are gathered:
/// <c>π(x)^(10 / n)</c> (*Hvarfner, Stoll, Souza, Lindauer, Hutter and Nardi 2022, §4.1*, with their strength of 10). In every dimension that is a number, π is the beta density <c>6 x (1 - x)</c>,
/// and a hundredth of it is spread evenly, so that ends stay possible.
/// </summary>
/// <remarks>
/// A process knows least in the corners of the cube, of which there are 2^d, and would try them all before it looks elsewhere (*Siivola, Vehtari, Vanhatalo, González and Andersen 2018*).
/// </remarks>
/// <param name="ordered">Whether a dimension is a number.</param>
/// <param name="trials">How many trials have been observed.</param>
internal sealed class InteriorBelief(bool[] ordered, int trials)
{
    private const double Strength = 10, Even = 0.01;
    private readonly double _weight = Strength / Math.Max(1, trials);

    /// <summary><c>10 / n · log π(x)</c>.</summary>
    public double Log(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            if (ordered[j]) sum += _weight * Math.Log(Density(x[j]));
        }

        return sum;
    }

    /// <summary>The same; adds its gradient.</summary>
    public double Log(ReadOnlySpan<double> x, Span<double> gradient)
    {
        for (int j = 0; j < x.Length; j++)
        {
            if (ordered[j]) gradient[j] += _weight * (1 - Even) * 6 * (1 - 2 * x[j]) / Density(x[j]);
        }

        return Log(x);
    }

    /// <summary>Adds it to the values of many places, given dimension by dimension.</summary>
    public void AddLog(double[][] columns, Span<double> values)
    {
        for (int j = 0; j < columns.Length; j++)
        {
            if (!ordered[j]) continue;
            for (int c = 0; c < values.Length; c++)
                values[c] += _weight * Math.Log(Density(columns[j][c]));
        }
    }

    private static double Density(double x) => Even + (1 - Even) * 6 * x * (1 - x);
}
