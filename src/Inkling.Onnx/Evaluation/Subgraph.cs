using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Evaluation;

/// <summary>A graph among the attributes of a node, with the values around the node in sight.</summary>
/// <param name="plan">The graph.</param>
/// <param name="outer">The frame of the graph around it.</param>
internal sealed class Subgraph(GraphPlan plan, Frame? outer)
{
    /// <summary>How many inputs it takes.</summary>
    public int InputCount => plan.Inputs.Count;

    /// <summary>How many outputs it gives.</summary>
    public int OutputCount => plan.Outputs.Count;

    /// <summary>What an output is when it is gathered over no runs at all: an axis of 0, then what is declared, with 0 where nothing is.</summary>
    public OnnxValue Nothing(int output)
    {
        ValueInfoProto declared = plan.Declared[output];
        OnnxElementType type = declared.Type == OnnxElementType.Undefined ? OnnxElementType.Float : declared.Type;
        int[] shape = [0, .. declared.Shape?.Select(size => size.Size is >= 0 and <= int.MaxValue ? (int)size.Size : 0) ?? []];
        return ElementTypes.RunAny(type, new Empty(shape));
    }

    /// <summary>Runs it once.</summary>
    /// <param name="inputs">Its inputs, in order.</param>
    /// <returns>Its outputs, in order.</returns>
    /// <exception cref="OnnxException">The inputs are too many or too few, or a node fails.</exception>
    public OnnxValue[] Run(params ReadOnlySpan<OnnxValue?> inputs)
    {
        if (inputs.Length != plan.Inputs.Count)
            throw new OnnxException($"graph '{plan.Name}' takes {plan.Inputs.Count} inputs, {inputs.Length} are there");
        var frame = new Frame(plan, outer);
        for (int i = 0; i < inputs.Length; i++)
            frame.Set(plan.Inputs[i].Place, inputs[i]);
        Evaluator.Run(plan, frame);
        OnnxValue[] results = new OnnxValue[plan.Outputs.Count];
        for (int i = 0; i < results.Length; i++)
            results[i] = frame[plan.Outputs[i].Where] ?? throw new OnnxException($"graph '{plan.Name}' leaves its output '{plan.Outputs[i].Name}' without a value");
        return results;
    }

    private sealed class Empty(int[] shape) : IElementAction<OnnxValue>
    {
        public OnnxValue Run<T>() => new OnnxValue<T>(shape, []);
    }
}
