using System.Globalization;

namespace Inkling.App.Studio.Learning;

/// <summary>A linear axis with round ticks.</summary>
public sealed class ChartScale
{
    private readonly double _from;
    private readonly double _to;

    /// <summary>An axis for values from <paramref name="least"/> to <paramref name="most"/>, drawn from pixel <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <param name="least">Smallest value.</param>
    /// <param name="most">Largest value.</param>
    /// <param name="from">Pixel of the axis's beginning.</param>
    /// <param name="to">Pixel of its end.</param>
    /// <param name="ticks">About how many ticks.</param>
    /// <param name="wide">Whether the axis is widened to whole ticks.</param>
    public ChartScale(double least, double most, double from, double to, int ticks, bool wide = true)
    {
        (_from, _to) = (from, to);
        if (!(most - least > 1e-9 * Math.Max(1, Math.Abs(most))))
        {
            (least, most) = (least - 0.5, most + 0.5);
        }

        double step = RoundStep((most - least) / Math.Max(1, ticks));
        Least = wide ? Math.Floor(least / step) * step : least;
        Most = wide ? Math.Ceiling(most / step) * step : most;
        List<double> marks = [];
        for (long i = (long)Math.Ceiling(Least / step - 1e-9); i * step <= Most + 1e-9 * step; i++)
        {
            marks.Add(i * step);
        }

        Ticks = marks;
        _decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 6);
    }

    private readonly int _decimals;

    /// <summary>Where the axis begins.</summary>
    public double Least { get; }

    /// <summary>Where it ends.</summary>
    public double Most { get; }

    /// <summary>Round values along it.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The pixel of a value.</summary>
    public double At(double value) => _from + ((value - Least) / (Most - Least) * (_to - _from));

    /// <summary>The text of a tick: as many decimals as the ticks need, thousands as k.</summary>
    public string Label(double tick) => tick >= 10_000 && tick % 1000 == 0
        ? (tick / 1000).ToString("0", CultureInfo.InvariantCulture) + "k"
        : tick.ToString("F" + _decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // 1, 2 or 5 times a power of ten.
    private static double RoundStep(double raw)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
