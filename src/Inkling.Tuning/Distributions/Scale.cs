namespace Inkling.Tuning;

/// <summary>How the values between the ends of a range are spread.</summary>
public enum Scale
{
    /// <summary>Equal differences weigh the same.</summary>
    Linear,

    /// <summary>Equal ratios weigh the same; the range must lie above zero.</summary>
    Log,
}
