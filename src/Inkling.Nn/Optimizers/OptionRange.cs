using System.Diagnostics.CodeAnalysis;

namespace Inkling.Nn;

/// <summary>Checks of the numbers that optimizers and schedules are given.</summary>
internal static class OptionRange
{
    /// <summary>0 or more.</summary>
    public static real NotNegative(real value, string name)
    {
        if (!(value >= 0 && real.IsFinite(value))) Throw(name, value, "must be at least 0 and finite");
        return value;
    }

    /// <summary>More than 0.</summary>
    public static real Positive(real value, string name)
    {
        if (!(value > 0 && real.IsFinite(value))) Throw(name, value, "must be more than 0 and finite");
        return value;
    }

    /// <summary>At least 0 and less than 1.</summary>
    public static real Share(real value, string name)
    {
        if (!(value >= 0 && value < 1)) Throw(name, value, "must be at least 0 and less than 1");
        return value;
    }

    [DoesNotReturn]
    private static void Throw(string name, real value, string rule) => throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it {rule}.");
}
