namespace Inkling;

/// <summary>The check that losses over classes share.</summary>
internal static class TargetRange
{
    public static void Check(string op, Indices targets, int classes, int ignoreIndex)
    {
        foreach (int target in targets.Values)
        {
            if ((uint)target >= (uint)classes && target != ignoreIndex)
                throw new ArgumentOutOfRangeException(nameof(targets), $"{op}: target {target} is none of the {classes} classes (0 to {classes - 1}) and not the ignored index {ignoreIndex}.");
        }
    }
}
