namespace Inkling.Tuning;

/// <summary>A value of a parameter and the distribution it came from.</summary>
/// <param name="Distribution">The values it could have had.</param>
/// <param name="Value">The number, or the place of the choice.</param>
public readonly record struct ParameterValue(Distribution Distribution, double Value)
{
    /// <summary>The value as it is shown: <c>0.001</c>, <c>7</c>, <c>adam</c>.</summary>
    public string Text => Distribution.Text(Value);

    /// <summary>Its place in [0, 1] (<see cref="Distribution.ToUnit"/>).</summary>
    public double Unit => Distribution.ToUnit(Value);
}
