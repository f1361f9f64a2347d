using Inkling.Nn;

namespace Inkling.Onnx.Tests.Export;

/// <summary>Operations outside of layers, and what the tape makes views of.</summary>
internal static class OperationCases
{
    private static readonly OnnxInput s_x = OnnxInput.Numbers("x", "batch", 3, 4), s_y = OnnxInput.Numbers("y", "batch", 3, 4), s_row = OnnxInput.Numbers("row", 4);

    public static IEnumerable<ExportCase> All => Formulas().Concat(Structure())
        .Select(one => one.Inputs.All(input => input.Shape.All(size => size.Size is not null)) ? one.With() : one.With(("batch", 1)).With(("batch", 6)))
        .Concat(OverTime().Select(one => one.With(("time", 3), ("batch", 1)).With(("time", 9), ("batch", 6))));

    private static IEnumerable<ExportCase> OverTime()
    {
        OnnxInput steps = OnnxInput.Numbers("x", "time", "batch", 4), lengths = OnnxInput.Lengths("lengths", "batch");
        yield return ExportCase.Function("mean over time", run => run.Output("z", run.Numbers("x").MeanOverTime()), steps);
        yield return ExportCase.Function("largest over time", run => run.Output("z", run.Numbers("x").MaxOverTime()), steps);
        yield return ExportCase.Function("mean over time, lengths", run => run.Output("z", run.Numbers("x").MeanOverTime(run.Integers("lengths"))), steps, lengths).Range("lengths", 1, "time");
        yield return ExportCase.Function("largest over time, lengths", run => run.Output("z", run.Numbers("x").MaxOverTime(run.Integers("lengths"))), steps, lengths).Range("lengths", 1, "time");
    }

    private static IEnumerable<ExportCase> Formulas()
    {
        yield return Of("abs", x => x.Abs());
        yield return Of("exp", x => x.Exp());
        yield return Of("log", x => (x.Square() + 0.1f).Log());
        yield return Of("negate", x => x.Negate());
        yield return Of("pow", x => x.Pow(3));
        yield return Of("pow, no whole number", x => x.Abs().Pow(1.5f));
        yield return Of("clip", x => x.Clip(-0.5f, 0.7f));
        yield return Of("celu", x => x.Celu(0.7));
        yield return Of("elu", x => x.Elu(0.7));
        yield return Of("unit rows", x => x.UnitRows());
        yield return Two("add", (x, y) => x + y);
        yield return Two("subtract", (x, y) => x - y);
        yield return Two("multiply", (x, y) => x * y);
        yield return Two("divide", (x, y) => x / (y.Square() + 1));
        yield return Two("maximum", (x, y) => x.Maximum(y));
        yield return Two("prelu", (x, y) => x.Prelu(y));
        yield return ExportCase.Function("repeated", run => run.Output("z", (run.Numbers("row") * run.Numbers("x")) - run.Numbers("row")), s_x, s_row);
        yield return ExportCase.Function("prelu of fewer axes", run => run.Output("z", run.Numbers("row").Prelu(run.Numbers("x"))), s_x, s_row);
    }

    private static IEnumerable<ExportCase> Structure()
    {
        yield return Of("sum of all", x => x.Sum());
        yield return Of("mean of all", x => x.Mean());
        yield return Of("sum", x => x.Sum(1));
        yield return Of("sum over the batch", x => x.Sum(0, keepAxis: true));
        yield return Of("mean", x => x.Mean(^1, keepAxis: true));
        yield return Of("max", x => x.Max(1));
        yield return Of("max, kept", x => x.Max(^1, keepAxis: true));
        yield return Of("permute", x => x.Permute(2, 0, 1));
        yield return Of("transpose", x => x.Transpose());
        yield return Of("slice", x => x.Slice(^1, 1, 2));
        yield return Of("slice of the batch", x => x.Slice(0, 0, 1));
        yield return Of("slice to the last", x => x.Slice(0, x.Shape[0] - 1, 1));
        yield return Of("reshape", x => x.Reshape([x.Shape[0] * 3, 4]));
        yield return Of("reshape twice", x => x.Reshape([x.Shape[0], 2, 6]).Reshape([2 * x.Shape[0], 6]));
        yield return Of("a view of a view", x => x.Reshape([x.Shape[0], 12]).Slice(0, 1).Reshape([3, 4]));
        yield return Of("part of a row", x => x.Select(0).Select(1).Slice(1, 2));
        yield return Of("concat", x => Tensor.Concat(1, x, x.Negate()));
        yield return Of("concat of the batch", x => Tensor.Concat(0, x, x));
        yield return Of("stack", x => Tensor.Stack(0, x, x.Negate()));
        yield return Of("the input itself", x => x);
        yield return Of("a view of the input", x => x.Reshape([x.Shape[0], 12]));
        yield return Of("masked fill", x => x.MaskedFill(x.Tape.Indices([3, 1], [1, 0, 1]), -7));
        yield return Of("numbers of one's own", x => x + x.Tape.Constant([4], [1, 2, 3, 4]));
        yield return Of("numbers as large as the batch", x => x + x.Tape.Zeros(x.Shape));
        yield return Two("where", (x, y) => Tensor.Where(x.Tape.Indices([4], [1, 0, 0, 1]), x, y));
        yield return ExportCase.Function("mask from outside", run => run.Output("z", run.Numbers("x").MaskedFill(run.Integers("mask"), 3)), s_x, OnnxInput.Integers("mask", "batch", 1, 4)).Range("mask", 0, 1);
        foreach ((bool left, bool right) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
        {
            yield return ExportCase.Function($"matrix product {left} {right}", run => run.Output("z", run.Numbers("a").MatMul(run.Numbers("b"), left, right)),
                left ? OnnxInput.Numbers("a", 3, "batch") : OnnxInput.Numbers("a", "batch", 3), right ? OnnxInput.Numbers("b", 4, 3) : OnnxInput.Numbers("b", 3, 4));
        }

        yield return ExportCase.Function("one value, two outputs", run =>
        {
            Tensor z = run.Numbers("x").Exp();
            run.Output("z", z);
            run.Output("again", z);
            run.Output("view", z.Reshape([z.Shape[0], 12]));
            run.Output("more", z + 1);
        }, s_x);
    }

    private static ExportCase Of(string what, Func<Tensor, Tensor> function) => ExportCase.Function(what, run => run.Output("z", function(run.Numbers("x"))), s_x);

    private static ExportCase Two(string what, Func<Tensor, Tensor, Tensor> function) => ExportCase.Function(what, run => run.Output("z", function(run.Numbers("x"), run.Numbers("y"))), s_x, s_y);
}
