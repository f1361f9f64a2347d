namespace Inkling.Onnx.Operators;

/// <summary>A matrix: the axes before <c>axis</c> (1) become the rows, the others the columns.</summary>
internal sealed class Flatten : Operator
{
    /// <inheritdoc/>
    public override OnnxValue?[] Run(OperatorCall call)
    {
        OnnxValue x = call.Input(0);
        long given = call.Attributes.Int("axis", 1);
        // The axis may be the rank itself: everything is then in the rows.
        int axis = given == x.Rank ? x.Rank : OperatorCall.Axis(given, x.Rank);
        return [x.Reshape([Dimensions.Product(x.Shape[..axis]), Dimensions.Product(x.Shape[axis..])])];
    }
}
