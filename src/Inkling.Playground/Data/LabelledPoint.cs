namespace Inkling.Playground;

/// <summary>A point and what is true of it.</summary>
/// <param name="X">Across, −6 to 6.</param>
/// <param name="Y">Up, −6 to 6.</param>
/// <param name="Label">Of two classes −1 or 1; of more the number of the class, from 0; else a number of −1 to 1.</param>
public readonly record struct LabelledPoint(float X, float Y, float Label);
