using System.Globalization;
using System.Text.Json;

namespace Inkling.Tuning;

/// <summary>Whole numbers from <see cref="Low"/> to <see cref="High"/>, both included, on a linear or logarithmic scale or in steps.</summary>
public sealed record IntegerDistribution : Distribution
{
    private const long Largest = 1L << 53;   // beyond, a double does not hold every whole number

    /// <summary>Creates a range.</summary>
    /// <param name="low">The least value; at least 1 with <see cref="Scale.Log"/>.</param>
    /// <param name="high">The largest value; at least <paramref name="low"/>. With a step it is moved down to the last step.</param>
    /// <param name="scale">How the values are spread.</param>
    /// <param name="step">Distance of the values from <paramref name="low"/> on; at least 1, and 1 with <see cref="Scale.Log"/>.</param>
    /// <exception cref="SearchSpaceException">The range is empty, inverted or too large, or scale and step do not fit.</exception>
    public IntegerDistribution(long low, long high, Scale scale = Scale.Linear, long step = 1)
    {
        string given = $"integer from {low} to {high}";
        if (low > high) throw new SearchSpaceException($"Range: {given} is empty; exchange the ends.");
        if (low < -Largest || high > Largest) throw new SearchSpaceException($"Range: {given} reaches beyond ±2^53; make it smaller.");
        if (step < 1) throw new SearchSpaceException($"Range: {given}, step {step}: a step is at least 1.");
        if (scale == Scale.Log && low < 1) throw new SearchSpaceException($"Range: {given} has no logarithm; begin at 1 or use Scale.Linear.");
        if (scale == Scale.Log && step != 1) throw new SearchSpaceException($"Range: {given} cannot have both a step and Scale.Log; leave one out.");
        Low = low;
        High = low + (high - low) / step * step;
        Scale = scale;
        Step = step;
    }

    /// <summary>The least value.</summary>
    public long Low { get; }

    /// <summary>The largest value.</summary>
    public long High { get; }

    /// <summary>How the values are spread.</summary>
    public Scale Scale { get; }

    /// <summary>Distance of the values.</summary>
    public long Step { get; }

    /// <inheritdoc/>
    public override double Count => (High - Low) / Step + 1;

    /// <inheritdoc/>
    public override bool Contains(double value) => value >= Low && value <= High && value == Math.Floor(value) && (value - Low) % Step == 0;

    /// <inheritdoc/>
    public override double ToUnit(double value)
    {
        if (Low == High) return 0.5;
        return Scale == Scale.Log ? Math.Log(value / (Low - 0.5)) / Math.Log((High + 0.5) / (Low - 0.5)) : ((value - Low) / Step + 0.5) / Count;
    }

    /// <inheritdoc/>
    public override double FromUnit(double unit)
    {
        unit = Math.Clamp(unit, 0, 1);
        if (Low == High) return Low;
        if (Scale == Scale.Log) return Math.Clamp(Math.Round((Low - 0.5) * Math.Exp(unit * Math.Log((High + 0.5) / (Low - 0.5)))), Low, High);
        return Low + Math.Min(Math.Floor(unit * Count), Count - 1) * Step;
    }

    /// <inheritdoc/>
    public override string Text(double value) => ((long)value).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override double Parse(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && Contains(value)
            ? value
            : throw new SearchSpaceException($"Value: {text} is none of the whole numbers from {Low} to {High}{(Step == 1 ? "" : $" in steps of {Step}")}.");

    /// <inheritdoc/>
    public override bool IsCompatible(Distribution other) => other is IntegerDistribution range && range.Scale == Scale;

    private protected override void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("type", "int");
        writer.WriteNumber("low", Low);
        writer.WriteNumber("high", High);
        if (Scale == Scale.Log) writer.WriteBoolean("log", true);
        if (Step != 1) writer.WriteNumber("step", Step);
    }
}
