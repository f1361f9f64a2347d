namespace Inkling.Onnx.Operators;

/// <summary>The attributes that describe how a kernel moves.</summary>
internal sealed class WindowAttributes
{
    private readonly string _autoPad;

    private WindowAttributes(int[] kernel, int[] strides, int[] dilations, int[] padsBefore, int[] padsBehind, string autoPad)
    {
        Kernel = kernel;
        Strides = strides;
        Dilations = dilations;
        PadsBefore = padsBefore;
        PadsBehind = padsBehind;
        _autoPad = autoPad;
    }

    /// <summary>Sizes of the kernel.</summary>
    public int[] Kernel { get; }

    /// <summary>How far the kernel moves; 1 by default.</summary>
    public int[] Strides { get; }

    /// <summary>How far apart its places lie; 1 by default.</summary>
    public int[] Dilations { get; }

    /// <summary>Pads before the input; 0 by default and with <c>auto_pad</c> = VALID.</summary>
    public int[] PadsBefore { get; }

    /// <summary>Pads behind the input; 0 by default and with <c>auto_pad</c> = VALID.</summary>
    public int[] PadsBehind { get; }

    /// <summary>Whether pads follow from the sizes (<c>auto_pad</c> = SAME_UPPER or SAME_LOWER).</summary>
    public bool IsSame => _autoPad is "SAME_UPPER" or "SAME_LOWER";

    /// <summary>Reads the attributes.</summary>
    /// <exception cref="OnnxException">They do not fit the number of spatial axes.</exception>
    public static WindowAttributes Of(OperatorCall call, int axes, int[] kernel)
    {
        if (axes < 1 || kernel.Length != axes)
            throw new OnnxException($"a kernel of {kernel.Length} axes does not fit an input with {int.Max(axes, 0)} spatial axes");
        string autoPad = call.Attributes.Text("auto_pad", "NOTSET");
        if (autoPad is not ("NOTSET" or "" or "VALID" or "SAME_UPPER" or "SAME_LOWER"))
            throw new OnnxException($"'auto_pad' is '{autoPad}', NOTSET, VALID, SAME_UPPER or SAME_LOWER is wanted");
        int[] pads = autoPad is "NOTSET" or "" ? List(call, "pads", 2 * axes, 0, int.MinValue) : new int[2 * axes];
        foreach (int size in kernel)
        {
            if (size < 1)
                throw new OnnxException($"the kernel {Dimensions.Text(kernel)} is empty");
        }

        return new WindowAttributes(kernel, List(call, "strides", axes, 1, 1), List(call, "dilations", axes, 1, 1), pads[..axes], pads[axes..], autoPad);
    }

    /// <summary>How many inputs the kernel spans along an axis.</summary>
    public int Extent(int axis) => checked(((Kernel[axis] - 1) * Dilations[axis]) + 1);

    /// <summary>Divides pads in two; the odd one goes behind with SAME_UPPER, before otherwise.</summary>
    public (int Before, int Behind) Divide(int total) => _autoPad == "SAME_UPPER" ? (total / 2, total - (total / 2)) : (total - (total / 2), total / 2);

    /// <summary>A list of one number for each axis.</summary>
    /// <exception cref="OnnxException">It has another length, or a number is too small.</exception>
    public static int[] List(OperatorCall call, string name, int length, int otherwise, int smallest)
    {
        if (call.Attributes.Ints(name) is not { Length: > 0 } given)
        {
            int[] all = new int[length];
            Array.Fill(all, otherwise);
            return all;
        }

        if (given.Length != length || Array.Exists(given, value => value < smallest || value > int.MaxValue))
            throw new OnnxException($"'{name}' is [{string.Join(", ", given)}], {length} numbers are wanted{(smallest > int.MinValue ? $", {smallest} or more each" : "")}");
        return Array.ConvertAll(given, value => (int)value);
    }
}
