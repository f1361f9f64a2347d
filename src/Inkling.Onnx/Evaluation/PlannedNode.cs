using Inkling.Onnx.Operators;

namespace Inkling.Onnx.Evaluation;

/// <summary>A node made ready to run.</summary>
internal sealed class PlannedNode
{
    /// <summary>The operator's name and the node's, as messages show them: <c>Conv 'stem'</c>.</summary>
    public required string Label { get; init; }

    /// <summary>What it does.</summary>
    public required Operator Operator { get; init; }

    /// <summary>The version of the operator set.</summary>
    public required int Opset { get; init; }

    /// <summary>Its constants.</summary>
    public required NodeAttributes Attributes { get; init; }

    /// <summary>Where its operands are.</summary>
    public required Location[] Inputs { get; init; }

    /// <summary>The places of its results; −1 where one is not wanted.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>The places that nobody reads after it.</summary>
    public int[] Released { get; set; } = [];
}
