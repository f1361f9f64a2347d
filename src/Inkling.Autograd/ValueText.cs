using System.Globalization;

namespace Inkling;

/// <summary>Values as a debugger shows them.</summary>
internal static class ValueText
{
    /// <summary>The first six; of more also range and mean, and how many are not finite.</summary>
    public static string Of(ReadOnlySpan<real> values)
    {
        const int Shown = 6;
        string first = string.Join(", ", values[..Math.Min(Shown, values.Length)].ToArray().Select(v => v.ToString("G4", CultureInfo.InvariantCulture)));
        if (values.Length <= Shown) return $"{{ {first} }}";
        real low = real.PositiveInfinity, high = real.NegativeInfinity;
        double sum = 0;
        int broken = 0;
        foreach (real value in values)
        {
            if (!real.IsFinite(value))
            {
                broken++;
                continue;
            }

            (low, high, sum) = (real.Min(low, value), real.Max(high, value), sum + value);
        }

        string range = broken == values.Length ? "" : string.Create(CultureInfo.InvariantCulture, $" {low:G4} … {high:G4}, mean {sum / (values.Length - broken):G4}");
        return $"{{ {first}, … }}{range}{(broken == 0 ? "" : $", {broken} not finite")}";
    }
}
