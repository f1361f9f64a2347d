namespace Inkling.Playground;

/// <summary>One line of the arithmetic of a sample.</summary>
/// <param name="Name">What is computed: <c>z₁</c>.</param>
/// <param name="Formula">How: <c>w₁₁·X₁ + w₁₂·X₂ + b₁</c>.</param>
/// <param name="Numbers">The same with the numbers, rounded as they are shown.</param>
/// <param name="Value">What comes out, as the tape has it.</param>
public sealed record SampleLine(string Name, string Formula, string Numbers, float Value);
