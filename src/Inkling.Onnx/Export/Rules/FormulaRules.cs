using Inkling.Ops;

namespace Inkling.Onnx.Export.Rules;

/// <summary>Formulas of one or two variables.</summary>
internal static class FormulaRules
{
    /// <summary>What ONNX has under another name, or the same.</summary>
    public static ExportRule Operator(string type) => call => call.Result(type, call.Inputs());

    /// <summary><c>min(max(x, low), high)</c>.</summary>
    public static ExportRule Between(float low, float high) => call => call.Result("Clip", [call.Input(0), call.Graph.Number(low), call.Graph.Number(high)]);

    public static void Square(ExportCall call) => call.Result("Mul", [call.Input(0), call.Input(0)]);

    public static void Silu(ExportCall call) => call.Result("Mul", [call.Input(0), call.Node("Sigmoid", [call.Input(0)])]);

    public static void Mish(ExportCall call) => call.Result("Mul", [call.Input(0), call.Node("Tanh", [call.Node("Softplus", [call.Input(0)])])]);

    public static void HardSigmoid(ExportCall call) => call.Result("HardSigmoid", [call.Input(0)], ("alpha", 1f / 6), ("beta", 0.5f));

    public static void HardSwish(ExportCall call) => call.Result("Mul", [call.Input(0), call.Node("HardSigmoid", [call.Input(0)], ("alpha", 1f / 6), ("beta", 0.5f))]);

    /// <summary><c>½ x (1 + erf(x / √2))</c>.</summary>
    public static void GeluExact(ExportCall call)
    {
        string error = call.Node("Erf", [call.Node("Mul", [call.Input(0), call.Graph.Number((float)Math.Sqrt(0.5))])]);
        HalfTimesOnePlus(call, error);
    }

    /// <summary><c>½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))</c>.</summary>
    public static void Gelu(ExportCall call)
    {
        string x = call.Input(0);
        string cube = call.Node("Mul", [call.Node("Mul", [x, x]), x]);
        string inner = call.Node("Add", [x, call.Node("Mul", [cube, call.Graph.Number(0.044715f)])]);
        HalfTimesOnePlus(call, call.Node("Tanh", [call.Node("Mul", [inner, call.Graph.Number((float)Math.Sqrt(2 / Math.PI))])]));
    }

    public static void Celu(ExportCall call) => call.Result("Celu", [call.Input(0)], ("alpha", call.Operation<Parametric<Celu>>().Formula.Alpha));

    public static void Elu(ExportCall call) => call.Result("Elu", [call.Input(0)], ("alpha", call.Operation<Parametric<Elu>>().Formula.Alpha));

    public static void LeakyRelu(ExportCall call) => call.Result("LeakyRelu", [call.Input(0)], ("alpha", call.Operation<Parametric<LeakyRelu>>().Formula.Slope));

    public static void Clip(ExportCall call)
    {
        Clip formula = call.Operation<Parametric<Clip>>().Formula;
        Between(formula.Low, formula.High)(call);
    }

    public static void Pow(ExportCall call) => call.Result("Pow", [call.Input(0), call.Graph.Number(call.Operation<Parametric<Pow>>().Formula.Exponent)]);

    /// <summary>ONNX repeats the slopes only, and not x.</summary>
    public static void Prelu(ExportCall call)
    {
        if (call.ResultShape().AsSpan().SequenceEqual(call.Shape(0)))
        {
            call.Result("PRelu", [call.Input(0), call.Input(1)]);
            return;
        }

        string below = call.Node("Mul", [call.Node("Min", [call.Input(0), call.Graph.Number(0)]), call.Input(1)]);
        call.Result("Add", [call.Node("Relu", [call.Input(0)]), below]);
    }

    private static void HalfTimesOnePlus(ExportCall call, string value)
    {
        string half = call.Node("Mul", [call.Input(0), call.Graph.Number(0.5f)]);
        call.Result("Mul", [half, call.Node("Add", [value, call.Graph.Number(1)])]);
    }
}
