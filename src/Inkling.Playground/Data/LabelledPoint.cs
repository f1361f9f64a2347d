namespace Inkling.Playground;

/// <summary>A point and what is true of it.</summary>
/// <param name="X">Across, −6 to 6.</param>
/// <param name="Y">Up, −6 to 6.</param>
/// <param name="Label">−1 or 1, or a number between.</param>
public readonly record struct LabelledPoint(float X, float Y, float Label);
