namespace Inkling.Recording;

/// <summary>One operation of a step as it was recorded: for summaries, drawings and searching for errors. Its tensors live as long as the step.</summary>
/// <param name="Index">Its place on the tape, 0 for the first of the step.</param>
/// <param name="Name">The operation.</param>
/// <param name="Inputs">Its operands.</param>
/// <param name="Parameters">The parameters among its operands.</param>
/// <param name="Outputs">Its results.</param>
/// <param name="Flops">Floating-point operations of the forward pass.</param>
public sealed record TapeRecord(int Index, string Name, IReadOnlyList<Tensor> Inputs, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Tensor> Outputs, double Flops)
{
    /// <summary>The operation and the shapes: <c>3: Linear [4, 2], [8, 2], [8] → [4, 8]</c>.</summary>
    public override string ToString() => $"{Index}: {Name} {string.Join(", ", Inputs.Select(i => i.Shape))} → {string.Join(", ", Outputs.Select(o => o.Shape))}";
}
