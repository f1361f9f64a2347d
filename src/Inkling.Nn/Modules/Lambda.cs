namespace Inkling.Nn;

/// <summary>Any function of a tensor as a layer without parameters: <c>new Lambda("softmax", x =&gt; x.Softmax())</c>.</summary>
/// <param name="name">What summaries call it.</param>
/// <param name="function">Records operations on the tape of its operand; it must not keep tensors.</param>
public sealed class Lambda(string name, Func<Tensor, Tensor> function) : Module, ILayer
{
    /// <inheritdoc/>
    public Tensor Forward(Tensor x) => function(x);

    /// <inheritdoc/>
    public override string ToString() => name;
}
