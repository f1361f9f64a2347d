namespace Inkling;

/// <summary>Where numbers that are not finite first appeared among the operations of a step.</summary>
/// <param name="Operation">The operation that returned them.</param>
/// <param name="Place">Its place on the tape, from 0.</param>
/// <param name="Parameter">The parameter it uses, or else the one that the last operation before it used; empty where there is none.</param>
/// <param name="ParameterIsFinite">Whether the numbers of the parameters it uses are finite.</param>
/// <param name="InputsAreFinite">Whether those of its other operands are.</param>
public sealed record NonFinite(string Operation, int Place, string Parameter, bool ParameterIsFinite, bool InputsAreFinite);
