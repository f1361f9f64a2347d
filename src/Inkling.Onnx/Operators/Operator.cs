namespace Inkling.Onnx.Operators;

/// <summary>
/// What nodes of one name do. An operator holds no state: everything it needs is in the call. To add one, write a class beside the others
/// of its family and a line in <see cref="OperatorCatalogue"/>.
/// </summary>
internal abstract class Operator
{
    /// <summary>Computes the outputs, in the order of the specification; trailing ones that the call does not want may be left out.</summary>
    /// <exception cref="OnnxException">The operands do not fit.</exception>
    public abstract OnnxValue?[] Run(OperatorCall call);
}
