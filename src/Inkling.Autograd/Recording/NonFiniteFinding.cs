namespace Inkling.Recording;

/// <summary>The first operation of a step that returned NaN or infinity, and where that came from (<see cref="Tape.FindNonFinite"/>).</summary>
/// <param name="Step">The step.</param>
/// <param name="Operation">The operation, as recorded.</param>
/// <param name="Count">How many of its results are not finite.</param>
/// <param name="Layer">The parameter of this operation, or of the last one before it that has any: it says in which layer to look; empty when there is none.</param>
/// <param name="Spoilt">The parameter among its operands that is not finite itself; null when there is none.</param>
/// <param name="Cause">Which operand was to blame, or that all were finite.</param>
public sealed record NonFiniteFinding(long Step, TapeRecord Operation, int Count, string Layer, string? Spoilt, string Cause)
{
    /// <summary>A sentence.</summary>
    public override string ToString() => $"Step {Step}: operation {Operation} returned {Count} values that are not finite. {Cause}";
}
