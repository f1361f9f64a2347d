namespace Inkling.Nn;

/// <summary>One operation of a <see cref="ModelSummary"/>.</summary>
/// <param name="Operation">What it is.</param>
/// <param name="Module">The module whose parameters it uses; empty when it uses none.</param>
/// <param name="Output">The shape of its first result.</param>
/// <param name="ParameterCount">Numbers of the parameters that it is the first to use.</param>
/// <param name="Flops">Floating-point operations of the forward pass, a product with a sum counted as two.</param>
/// <param name="OutputBytes">Bytes of its results.</param>
public sealed record SummaryRow(string Operation, string Module, Shape Output, long ParameterCount, double Flops, long OutputBytes);
