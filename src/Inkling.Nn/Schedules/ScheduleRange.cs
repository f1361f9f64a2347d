namespace Inkling.Nn;

/// <summary>Checks of the numbers of schedules.</summary>
internal static class ScheduleRange
{
    public static long AtLeastOne(long value, string name) => value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be at least 1.");

    public static double Positive(double value, string name) => value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be more than 0 and finite.");
}
