using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>What is done with a run: outputs side by side, and the inputs that one place of the kernel lies on for each of them.</summary>
internal interface IRunVisitor
{
    /// <summary>Called for each run.</summary>
    /// <param name="output">The position of the first output.</param>
    /// <param name="input">The position of its input.</param>
    /// <param name="count">How many outputs.</param>
    /// <param name="step">From one input to the next.</param>
    void Visit(int output, int input, int count, int step);
}

/// <summary>
/// A kernel that moves over the spatial axes of an input, as convolutions and pools do: sizes, strides, dilations and pads, any number of
/// axes. The places of the kernel are called taps. For one tap the outputs of a line read inputs at equal steps, so loops run over lines
/// and never ask element by element whether they are inside.
/// </summary>
internal sealed class Window
{
    private readonly int[] _inputStrides;

    private Window(int[] input, int[] kernel, int[] strides, int[] dilations, int[] padsBefore, int[] padsBehind, int[] output)
    {
        Input = input;
        Kernel = kernel;
        Strides = strides;
        Dilations = dilations;
        PadsBefore = padsBefore;
        PadsBehind = padsBehind;
        Output = output;
        _inputStrides = Dimensions.Strides(input);
        Taps = Dimensions.Count(kernel);
        Positions = Dimensions.Count(output);
    }

    /// <summary>Spatial sizes of the input.</summary>
    public int[] Input { get; }

    /// <summary>Sizes of the kernel.</summary>
    public int[] Kernel { get; }

    /// <summary>How far the kernel moves from one output to the next.</summary>
    public int[] Strides { get; }

    /// <summary>How far apart the taps lie.</summary>
    public int[] Dilations { get; }

    /// <summary>How far the kernel reaches out before the input.</summary>
    public int[] PadsBefore { get; }

    /// <summary>How far the kernel reaches out behind the input.</summary>
    public int[] PadsBehind { get; }

    /// <summary>Spatial sizes of the output.</summary>
    public int[] Output { get; }

    /// <summary>Places of the kernel.</summary>
    public int Taps { get; }

    /// <summary>Elements of the input, without channels and batch.</summary>
    public int InputLength => Dimensions.Product(Input);

    /// <summary>Places the kernel takes: elements of the output, without channels and batch.</summary>
    public int Positions { get; }

    /// <summary>Outputs of a line.</summary>
    public int LineLength => Output[^1];

    /// <summary>Lines of the output.</summary>
    public int Lines => LineLength == 0 ? 0 : Positions / LineLength;

    /// <summary>The window of a convolution or pool, from its attributes.</summary>
    /// <param name="call">The call, with <c>strides</c>, <c>dilations</c>, <c>pads</c>, <c>auto_pad</c> and <c>ceil_mode</c>.</param>
    /// <param name="input">Spatial sizes of the input.</param>
    /// <param name="kernel">Sizes of the kernel.</param>
    /// <exception cref="OnnxException">The attributes do not fit.</exception>
    public static Window Of(OperatorCall call, int[] input, int[] kernel)
    {
        WindowAttributes given = WindowAttributes.Of(call, input.Length, kernel);
        bool ceil = call.Attributes.Flag("ceil_mode");
        int[] before = [.. given.PadsBefore], behind = [.. given.PadsBehind], output = new int[input.Length];
        for (int axis = 0; axis < input.Length; axis++)
        {
            int extent = given.Extent(axis), stride = given.Strides[axis];
            if (given.IsSame)
            {
                output[axis] = (input[axis] + stride - 1) / stride;
                int total = int.Max(0, ((output[axis] - 1) * stride) + extent - input[axis]);
                (before[axis], behind[axis]) = given.Divide(total);
                continue;
            }

            int room = input[axis] + before[axis] + behind[axis] - extent;
            if (room < 0)
                throw new OnnxException($"a kernel of {extent} does not fit into {input[axis]} along spatial axis {axis}, pads of {before[axis]} and {behind[axis]} included");
            output[axis] = ((room + (ceil ? stride - 1 : 0)) / stride) + 1;
            // A last window that would begin behind the input is left out.
            if (ceil && (output[axis] - 1) * stride >= input[axis] + before[axis])
                output[axis]--;
        }

        return new Window(input, kernel, given.Strides, given.Dilations, before, behind, output);
    }

    /// <summary>The window with which a convolution would go back from the output of a transposed convolution to its input.</summary>
    /// <param name="given">The attributes.</param>
    /// <param name="larger">Spatial sizes of the output of the transposed convolution.</param>
    /// <param name="padsBefore">What is cut off before it.</param>
    /// <param name="smaller">Spatial sizes of its input.</param>
    public static Window Transposed(WindowAttributes given, int[] larger, int[] padsBefore, int[] smaller) =>
        new(larger, given.Kernel, given.Strides, given.Dilations, padsBefore, new int[larger.Length], smaller);

    /// <summary>Visits the runs of one tap.</summary>
    /// <param name="tap">The tap, counted row-major in the kernel.</param>
    /// <param name="firstLine">The first line of the output.</param>
    /// <param name="lastLine">The line behind the last. Positions of outputs are counted from the first line on.</param>
    /// <param name="visitor">What is done.</param>
    [MethodImpl(Jit.Kernel)]
    public void Visit<TVisitor>(int tap, int firstLine, int lastLine, ref TVisitor visitor)
        where TVisitor : struct, IRunVisitor, allows ref struct
    {
        int axes = Input.Length, last = axes - 1;
        Span<int> shift = stackalloc int[axes], at = stackalloc int[axes];
        for (int axis = last, rest = tap; axis >= 0; axis--)
        {
            shift[axis] = (rest % Kernel[axis] * Dilations[axis]) - PadsBefore[axis];
            rest /= Kernel[axis];
        }

        for (int axis = last - 1, rest = firstLine; axis >= 0; axis--)
        {
            at[axis] = rest % Output[axis];
            rest /= Output[axis];
        }

        int stride = Strides[last];
        int from = shift[last] >= 0 ? 0 : (-shift[last] + stride - 1) / stride;
        int to = int.Min(LineLength, Input[last] <= shift[last] ? 0 : (Input[last] - shift[last] + stride - 1) / stride);
        if (from >= to)
            return;
        for (int line = firstLine; line < lastLine; line++)
        {
            int start = Start(at, shift);
            if (start >= 0)
                visitor.Visit(((line - firstLine) * LineLength) + from, start + (from * stride) + shift[last], to - from, stride);
            for (int axis = last - 1; axis >= 0 && ++at[axis] == Output[axis]; axis--)
                at[axis] = 0;
        }
    }

    /// <summary>Where a line of the input begins; −1 when it lies outside.</summary>
    private int Start(ReadOnlySpan<int> at, ReadOnlySpan<int> shift)
    {
        int start = 0;
        for (int axis = 0; axis < at.Length - 1; axis++)
        {
            int place = (at[axis] * Strides[axis]) + shift[axis];
            if ((uint)place >= (uint)Input[axis])
                return -1;
            start += place * _inputStrides[axis];
        }

        return start;
    }
}
