using System.Globalization;
using Inkling.Numerics;

namespace Inkling.Playground;

/// <summary>One of the two fields that a <see cref="Sweep"/> varies.</summary>
/// <param name="Field">A name of <see cref="TunedFields"/>.</param>
/// <param name="Values">Its values, 2 to <see cref="Sweep.MostValues"/>; of a random search, for numbers, the ends of the range that is drawn from are the least and the largest of them.</param>
public sealed record SweepAxis(string Field, IReadOnlyList<string> Values)
{
    /// <summary>Where a value lies between the first and the last, 0 to 1: by its place in a list, by its logarithm where the field goes by that; a number off the list too.</summary>
    public double PlaceOf(string value)
    {
        if (!IsNumber) return Values.Count < 2 ? 0 : Math.Max(0, Values.ToList().IndexOf(value)) / (Values.Count - 1.0);
        (double least, double most) = Range();
        double at = Scaled(Parse(value));
        return most > least ? Math.Clamp((at - least) / (most - least), 0, 1) : 0;
    }

    private bool IsNumber => TunedFields.Find(Field) is { Scale: not TunedScale.List };

    private bool IsLogarithmic => TunedFields.Find(Field) is { Scale: TunedScale.Logarithmic };

    /// <summary>Draws a value: log-uniformly, uniformly, or one of the list.</summary>
    internal string Draw(ulong seed, ulong trial, ulong axis)
    {
        float share = CounterRandom.Uniform(seed, trial, axis);
        if (!IsNumber) return Values[Math.Min(Values.Count - 1, (int)(share * Values.Count))];
        (double least, double most) = Range();
        double drawn = least + (share * (most - least));
        if (!IsLogarithmic) return Math.Round(drawn).ToString(CultureInfo.InvariantCulture);

        // Three digits, not beyond the ends.
        double rounded = double.Parse(Math.Exp(drawn).ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Clamp(rounded, Math.Exp(least) * 0.999, Math.Exp(most) * 1.001) == rounded ? rounded.ToString("R", CultureInfo.InvariantCulture) : Values.MinBy(Parse)!;
    }

    private static double Parse(string value) => double.Parse(value, CultureInfo.InvariantCulture);

    private (double Least, double Most) Range() => (Values.Min(value => Scaled(Parse(value))), Values.Max(value => Scaled(Parse(value))));

    private double Scaled(double value) => IsLogarithmic ? Math.Log(value) : value;
}
