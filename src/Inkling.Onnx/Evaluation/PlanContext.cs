using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Evaluation;

/// <summary>What nodes mean where they stand: the versions of the operator sets, and within a function the attributes of its caller.</summary>
/// <param name="opsets">Domain → version.</param>
/// <param name="arguments">The attributes of the calling node; null outside functions.</param>
internal sealed class PlanContext(IReadOnlyDictionary<string, int> opsets, IReadOnlyDictionary<string, AttributeProto>? arguments = null)
{
    /// <summary>The version of a domain's operator set; 1 when the model does not say.</summary>
    public int Opset(string domain) => opsets.GetValueOrDefault(domain, 1);

    /// <summary>The attributes of a node, with references to attributes of the caller replaced; where the caller gives none, there is none.</summary>
    public Dictionary<string, AttributeProto> Bind(List<AttributeProto> attributes)
    {
        Dictionary<string, AttributeProto> bound = new(StringComparer.Ordinal);
        foreach (AttributeProto attribute in attributes)
        {
            if (attribute.ReferenceName.Length == 0)
                bound[attribute.Name] = attribute;
            else if (arguments?.GetValueOrDefault(attribute.ReferenceName) is { } argument)
                bound[attribute.Name] = argument.Renamed(attribute.Name);
        }

        return bound;
    }
}
