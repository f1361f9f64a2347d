namespace Inkling.Onnx.Conformance;

/// <summary>How a case of the suite ended.</summary>
public enum OnnxTestOutcome
{
    /// <summary>All outputs are as they should be.</summary>
    Passed,

    /// <summary>An output differs, or an error came up.</summary>
    Failed,

    /// <summary>It needs something that is not implemented.</summary>
    Unsupported,
}

/// <summary>How a case of the suite ended, and why.</summary>
/// <param name="Name">The case.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">What was different or missing; empty when it passed.</param>
public sealed record OnnxTestResult(string Name, OnnxTestOutcome Outcome, string Detail);
