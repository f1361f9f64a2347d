namespace Inkling.Onnx.Export.Rules;

/// <summary>Convolutions and their transposes in one and two dimensions.</summary>
internal static class ConvolutionRules
{
    public static void Convolve(ExportCall call)
    {
        ConvolutionGeometry geometry = call.Operation<Convolve>().Geometry;
        bool flat = call.Rank(0) == 3;
        call.Result("Conv", call.Inputs(), ("dilations", Along(geometry.Dilation, flat)), ("group", geometry.Groups), ("kernel_shape", Kernel(call)),
            ("pads", Around(geometry.Padding, flat)), ("strides", Along(geometry.Stride, flat)));
    }

    public static void ConvolveTransposed(ExportCall call)
    {
        ConvolveTransposed op = call.Operation<ConvolveTransposed>();
        bool flat = call.Rank(0) == 3;
        call.Result("ConvTranspose", call.Inputs(), ("dilations", Along(op.Geometry.Dilation, flat)), ("group", op.Geometry.Groups), ("kernel_shape", Kernel(call)),
            ("output_padding", Along(op.Extra, flat)), ("pads", Around(op.Geometry.Padding, flat)), ("strides", Along(op.Geometry.Stride, flat)));
    }

    /// <summary>Rows and columns, or columns only.</summary>
    public static int[] Along(Extent extent, bool flat) => flat ? [extent.Columns] : [extent.Rows, extent.Columns];

    /// <summary>The same at the beginning and at the end of each axis.</summary>
    public static int[] Around(Extent extent, bool flat) => flat ? [extent.Columns, extent.Columns] : [extent.Rows, extent.Columns, extent.Rows, extent.Columns];

    private static int[] Kernel(ExportCall call) => [.. call.Shape(1)[2..].Select(size => size.Constant)];
}
