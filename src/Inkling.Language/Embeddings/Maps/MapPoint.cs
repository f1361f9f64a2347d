namespace Inkling.Language;

/// <summary>A place on a map of two dimensions; only distances mean anything.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
public readonly record struct MapPoint(double X, double Y);
