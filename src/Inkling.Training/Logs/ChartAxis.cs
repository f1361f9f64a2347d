using System.Globalization;

namespace Inkling.Training.Logs;

/// <summary>Round numbers over a range, and where they lie.</summary>
internal sealed record ChartAxis(double From, double To, double Start, double End, double Step)
{
    public IEnumerable<double> Ticks
    {
        get
        {
            for (long i = (long)Math.Ceiling((From / Step) - 1e-9); i * Step <= To + (Step * 1e-9); i++) yield return i * Step;
        }
    }

    public static ChartAxis Over(IEnumerable<double> values, double start, double end, bool whole)
    {
        (double from, double to) = (values.DefaultIfEmpty(0).Min(), values.DefaultIfEmpty(1).Max());
        if (to <= from) (from, to) = (from - (Math.Abs(from) / 10) - 1e-6, to + (Math.Abs(to) / 10) + 1e-6);
        double rough = (to - from) / 6, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = new[] { 1, 2, 5, 10 }.First(factor => factor * power >= rough * (1 - 1e-9)) * power;
        if (whole) step = Math.Max(1, Math.Round(step));
        return new ChartAxis(from, to, start, end, step);
    }

    public double At(double value) => Start + ((value - From) / (To - From) * (End - Start));

    public string Label(double value) => (Math.Abs(value) < Step * 1e-9 ? 0 : value).ToString("0.######", CultureInfo.InvariantCulture);
}
