namespace Inkling.Playground;

/// <summary>A minimum of a <see cref="LossSurface"/>: lower than everything around it on the picture.</summary>
/// <param name="X">Across, 0 at the left to 1 at the right.</param>
/// <param name="Y">Down, 0 at the top to 1 at the bottom.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="IsGood">Whether it is about as low as the lowest place of the picture.</param>
public readonly record struct SurfaceValley(float X, float Y, float Loss, bool IsGood);
