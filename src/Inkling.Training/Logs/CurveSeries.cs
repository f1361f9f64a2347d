namespace Inkling.Training.Logs;

/// <summary>One line of a <see cref="CurvePicture"/>.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Points">Its points, from left to right; those that are not finite are gaps.</param>
public sealed record CurveSeries(string Name, IReadOnlyList<(double X, double Y)> Points);
