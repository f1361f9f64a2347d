using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Evaluation;

/// <summary>The operators that a model brings along.</summary>
internal sealed class FunctionTable
{
    private readonly Dictionary<(string Domain, string Name, string Overload), FunctionProto> _functions = [];

    /// <summary>Enters them.</summary>
    public FunctionTable(IEnumerable<FunctionProto> functions)
    {
        foreach (FunctionProto function in functions)
            _functions[(function.Domain, function.Name, function.Overload)] = function;
    }

    /// <summary>The function that a node calls; null when it is a plain operator.</summary>
    public FunctionProto? Find(NodeProto node) => _functions.GetValueOrDefault((node.Domain, node.OpType, node.Overload));
}
