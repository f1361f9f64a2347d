using System.Globalization;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying.Plots;

/// <summary>An axis for the values of a parameter: linear, logarithmic, or choices side by side.</summary>
/// <param name="distribution">The values.</param>
/// <param name="from">Pixel of the beginning.</param>
/// <param name="to">Pixel of the end.</param>
internal sealed class ParameterAxis(Distribution distribution, double from, double to)
{
    /// <summary>The pixel of a value.</summary>
    public double At(double value)
    {
        double unit = distribution.ToUnit(value);
        return from + (Math.Clamp(double.IsFinite(unit) ? unit : 0, 0, 1) * (to - from));
    }

    /// <summary>Values to be named, with their names.</summary>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<(double Pixel, string Name)> Ticks(int most)
    {
        if (distribution is CategoricalDistribution choices)
        {
            int step = (choices.Choices.Length + most - 1) / most;
            return [.. Enumerable.Range(0, choices.Choices.Length).Where(i => i % step == 0).Select(i => (At(i), Short(choices.Choices[i])))];
        }

        int count = (int)Math.Min(most, distribution.Count);
        return [.. Enumerable.Range(0, count).Select(i => distribution.FromUnit(count == 1 ? 0.5 : (double)i / (count - 1))).Distinct()
            .Select(value => (At(value), value.ToString(Math.Abs(value) is >= 1e-3 and < 1e5 or 0 ? "G3" : "0.#e+0", CultureInfo.InvariantCulture)))];
    }

    private static string Short(string name) => name.Length <= 12 ? name : name[..11] + "…";
}
