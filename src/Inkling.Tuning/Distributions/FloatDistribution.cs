using System.Globalization;
using System.Text.Json;

namespace Inkling.Tuning;

/// <summary>Real numbers from <see cref="Low"/> to <see cref="High"/>, both included, on a linear or logarithmic scale or in steps.</summary>
public sealed record FloatDistribution : Distribution
{
    /// <summary>Creates a range.</summary>
    /// <param name="low">The least value; finite, above 0 with <see cref="Scale.Log"/>.</param>
    /// <param name="high">The largest value; finite, at least <paramref name="low"/>. With a step it is moved down to the last step.</param>
    /// <param name="scale">How the values are spread.</param>
    /// <param name="step">Distance of the values from <paramref name="low"/> on, above 0; null for all real numbers. Not with <see cref="Scale.Log"/>.</param>
    /// <exception cref="SearchSpaceException">The range is empty, inverted or not finite, or scale and step do not fit.</exception>
    public FloatDistribution(double low, double high, Scale scale = Scale.Linear, double? step = null)
    {
        string given = string.Create(CultureInfo.InvariantCulture, $"float from {low} to {high}");
        if (!double.IsFinite(low) || !double.IsFinite(high) || !double.IsFinite(high - low)) throw new SearchSpaceException($"Range: {given} is not finite; give two numbers.");
        if (low > high) throw new SearchSpaceException($"Range: {given} is empty; exchange the ends.");
        if (scale == Scale.Log && low <= 0) throw new SearchSpaceException($"Range: {given} has no logarithm; begin above 0 or use Scale.Linear.");
        if (scale == Scale.Log && step is not null) throw new SearchSpaceException($"Range: {given} cannot have both a step and Scale.Log; leave one out.");
        if (step is not null && !(step > 0 && double.IsFinite(step.Value))) throw new SearchSpaceException($"Range: {given}, step {step.Value.ToString(CultureInfo.InvariantCulture)}: a step is above 0.");
        if (step < 16 * Spacing(low, high)) throw new SearchSpaceException(string.Create(CultureInfo.InvariantCulture, $"Range: {given}, step {step.Value}: numbers of that size do not lie so close; take a larger step."));
        Low = low;
        Scale = scale;
        Step = step;
        // 1e-9: (0.3 - 0.1) / 0.1 is a little less than 2.
        High = step is { } size ? low + Math.Floor((high - low) / size + 1e-9) * size : high;
    }

    /// <summary>The least value.</summary>
    public double Low { get; }

    /// <summary>The largest value.</summary>
    public double High { get; }

    /// <summary>How the values are spread.</summary>
    public Scale Scale { get; }

    /// <summary>Distance of the values; null for all real numbers.</summary>
    public double? Step { get; }

    /// <inheritdoc/>
    public override double Count => Low == High ? 1 : Step is { } step ? Math.Round((High - Low) / step) + 1 : double.PositiveInfinity;

    /// <inheritdoc/>
    public override bool Contains(double value)
    {
        if (!(value >= Low && value <= High)) return false;
        if (Step is not { } step) return true;
        double steps = Math.Round((value - Low) / step);
        return Math.Abs(value - (Low + steps * step)) <= Math.Max(1e-8 * step, 4 * Spacing(Low, High));
    }

    // How far the doubles of the larger end lie apart.
    private static double Spacing(double low, double high)
    {
        double largest = Math.Max(Math.Abs(low), Math.Abs(high));
        return Math.BitIncrement(largest) - largest;
    }

    /// <inheritdoc/>
    public override double ToUnit(double value)
    {
        if (Low == High) return 0.5;
        if (Step is { } step) return (Math.Round((value - Low) / step) + 0.5) / Count;
        if (Scale == Scale.Linear) return (value - Low) / (High - Low);
        // Ends may lie so close that their logarithms are one.
        double width = Math.Log(High) - Math.Log(Low);
        return width > 0 ? (Math.Log(value) - Math.Log(Low)) / width : 0.5;
    }

    /// <inheritdoc/>
    public override double FromUnit(double unit)
    {
        unit = Math.Clamp(unit, 0, 1);
        if (Low == High) return Low;
        if (Step is { } step) return Math.Min(High, Low + Math.Min(Math.Floor(unit * Count), Count - 1) * step);
        double value = Scale == Scale.Log ? Math.Exp(Math.Log(Low) + unit * (Math.Log(High) - Math.Log(Low))) : Low + unit * (High - Low);
        return Math.Clamp(value, Low, High);
    }

    /// <inheritdoc/>
    public override string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override double Parse(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Contains(value)
            ? value
            : throw new SearchSpaceException(string.Create(CultureInfo.InvariantCulture, $"Value: {text} is none of the values from {Low} to {High}{(Step is { } step ? $" in steps of {step}" : "")}."));

    /// <inheritdoc/>
    public override bool IsCompatible(Distribution other) => other is FloatDistribution range && range.Scale == Scale;

    private protected override void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("type", "float");
        writer.WriteNumber("low", Low);
        writer.WriteNumber("high", High);
        if (Scale == Scale.Log) writer.WriteBoolean("log", true);
        if (Step is { } step) writer.WriteNumber("step", step);
    }
}
