using CsCheck;
using Inkling.Onnx.Operators;

namespace Inkling.Onnx.Tests.Operators;

/// <summary>Formulas against those of double precision, broadcasting against plain indices.</summary>
public sealed class ElementwiseTests
{
    private static readonly double[] s_points = [-7.5, -3, -1.25, -1, -0.75, -0.5, -1e-3, 0, 1e-6, 0.3, 0.5, 0.999, 1, 1.5, 2, 2.5, 4, 9];

    public static TheoryData<string, Func<double, double>> Formulas => new()
    {
        { "Abs", Math.Abs }, { "Neg", x => -x }, { "Sign", x => Math.Sign(x) }, { "Ceil", Math.Ceiling }, { "Floor", Math.Floor }, { "Round", x => Math.Round(x, MidpointRounding.ToEven) },
        { "Exp", Math.Exp }, { "Log", Math.Log }, { "Sqrt", Math.Sqrt }, { "Reciprocal", x => 1 / x },
        { "Sin", Math.Sin }, { "Cos", Math.Cos }, { "Tan", Math.Tan }, { "Asin", Math.Asin }, { "Acos", Math.Acos }, { "Atan", Math.Atan },
        { "Sinh", Math.Sinh }, { "Cosh", Math.Cosh }, { "Tanh", Math.Tanh }, { "Asinh", Math.Asinh }, { "Acosh", Math.Acosh }, { "Atanh", Math.Atanh },
        { "Relu", x => Math.Max(x, 0) }, { "Sigmoid", x => 1 / (1 + Math.Exp(-x)) }, { "Softplus", x => Math.Log(1 + Math.Exp(x)) }, { "Softsign", x => x / (1 + Math.Abs(x)) },
        { "LeakyRelu", x => x < 0 ? 0.01f * x : x }, { "Elu", x => x < 0 ? Math.Exp(x) - 1 : x }, { "Celu", x => Math.Max(0, x) + Math.Min(0, Math.Exp(x) - 1) },
        { "Selu", x => 1.05070102214813232421875f * (x > 0 ? x : 1.67326319217681884765625f * (Math.Exp(x) - 1)) }, { "ThresholdedRelu", x => x > 1 ? x : 0 },
        { "HardSigmoid", x => Math.Clamp((0.2f * x) + 0.5, 0, 1) }, { "HardSwish", x => x * Math.Clamp((x / 6) + 0.5, 0, 1) }, { "Swish", x => x / (1 + Math.Exp(-x)) },
        { "Mish", x => x * Math.Tanh(Math.Log(1 + Math.Exp(x))) }, { "Gelu", x => x / 2 * (1 + ErfByIntegration(x / Math.Sqrt(2))) }, { "Erf", ErfByIntegration }, { "Shrink", x => Math.Abs(x) > 0.5 ? x : 0 },
    };

    [Theory]
    [MemberData(nameof(Formulas))]
    public void A_formula_is_that_of_double_precision(string operation, Func<double, double> formula)
    {
        double[] expected = Array.ConvertAll(s_points, x => formula(x));
        float[] singles = Op.Run(operation, [OnnxValue.Create([s_points.Length], Array.ConvertAll(s_points, x => (float)x))]).Values<float>().ToArray();
        double[] doubles = Op.Run(operation, [OnnxValue.Create([s_points.Length], s_points)]).Values<double>().ToArray();

        for (int i = 0; i < s_points.Length; i++)
        {
            Close(expected[i], doubles[i], 1e-10, $"{operation} of {s_points[i]}");
            Close(formula((float)s_points[i]), singles[i], 3e-6, $"{operation} of {s_points[i]} in 32 bits");
        }
    }

    [Fact]
    public void Digits_near_zero_are_not_lost()
    {
        OnnxValue small = Op.Floats([2], -1e-6f, 1e-6f);

        Assert.Equal(-9.999995e-7f, Op.Run("Elu", [small]).Values<float>()[0], 2e-13f);
        Assert.Equal(1.128379e-6f, Op.Run("Erf", [small]).Values<float>()[1], 1e-12f);
        Assert.Equal(2.0611537e-9f, Op.Run("Softplus", [Op.Floats([1], -20)]).Values<float>()[0], 1e-14f);
    }

    [Fact]
    public void Every_pair_is_computed_where_broadcasting_puts_it() => Gen.Select(Gen.Int[1, 4].Array[0, 4], Gen.Int[0, 255], Gen.Int[0, 255], Gen.Int[0, 4], Gen.Int[0, 4]).Sample((shape, ones, others, cutA, cutB) =>
    {
        int[] left = Thin(shape, ones, cutA), right = Thin(shape, others, cutB);
        var random = new Random(ones);
        OnnxValue<float> a = Op.Random(random, left), b = Op.Random(random, right);
        int[] result = Dimensions.Broadcast(left, right)!;
        foreach ((string operation, Func<float, float, float> formula) in (IEnumerable<(string, Func<float, float, float>)>)[("Add", (x, y) => x + y), ("Sub", (x, y) => x - y), ("Mul", (x, y) => x * y), ("Div", (x, y) => x / y), ("Max", float.Max)])
        {
            OnnxValue y = Op.Run(operation, [a, b]);
            Assert.Equal(result, y.Shape);
            Assert.Equal([.. At(a, result).Zip(At(b, result), formula)], y.Values<float>());
        }
    });

    [Fact]
    public void Whole_numbers_divide_towards_zero_and_wrap_around()
    {
        OnnxValue a = OnnxValue.Create([5], new[] { 7, -7, 7, -7, int.MinValue }), b = OnnxValue.Create([5], new[] { 2, 2, -2, -2, -1 });

        Assert.Equal([3, -3, -3, 3, int.MinValue], Op.Run("Div", [a, b]).Values<int>());
        Assert.Equal([1, 1, -1, -1, 0], Op.Run("Mod", [a, b]).Values<int>());
        Assert.Equal([1, -1, 1, -1, 0], Op.Run("Mod", [a, b], ("fmod", 1)).Values<int>());
        Assert.Equal([int.MinValue], Op.Run("Add", [OnnxValue.Scalar(int.MaxValue), OnnxValue.Create([1], [1])]).Values<int>());
        Assert.Equal(int.MinValue, Op.Run("Abs", [OnnxValue.Scalar(int.MinValue)]).Values<int>()[0]);
        Assert.Contains("zero", Assert.Throws<OnnxException>(() => Op.Run("Div", [OnnxValue.Scalar(1), OnnxValue.Scalar(0)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Floating_point_remainders_have_the_sign_of_the_dividend() =>
        Assert.Equal([1.5f, -1.5f, 1.5f], Op.Run("Mod", [Op.Floats([3], 4, -4, 4), Op.Floats([3], 2.5f, 2.5f, -2.5f)], ("fmod", 1)).Values<float>());

    [Fact]
    public void Powers_take_the_type_of_the_base()
    {
        Assert.Equal([8f, 0.25f], Op.Run("Pow", [Op.Floats([2], 2, 2), OnnxValue.Create([2], new[] { 3, -2 })]).Values<float>());
        Assert.Equal([9_000_000_006_000_000_001L, -8, 0], Op.Run("Pow", [OnnxValue.Create([3], new[] { 3_000_000_001L, -2, 5 }), OnnxValue.Create([3], new[] { 2L, 3, -1 })]).Values<long>());
        Assert.Equal([5], Op.Run("Pow", [OnnxValue.Scalar(27), OnnxValue.Scalar(0.5f)]).Values<int>());
    }

    [Fact]
    public void NaN_passes_through_extremes_and_tests_find_it()
    {
        OnnxValue x = Op.Floats([4], float.NaN, float.NegativeInfinity, float.PositiveInfinity, 0);

        Assert.True(float.IsNaN(Op.Run("Max", [x, Op.Floats([1], 1)]).Values<float>()[0]));
        Assert.True(float.IsNaN(Op.Run("Clip", [x, OnnxValue.Scalar(0f)]).Values<float>()[0]));
        Assert.Equal([true, false, false, false], Op.Run("IsNaN", [x]).Values<bool>());
        Assert.Equal([false, true, false, false], Op.Run("IsInf", [x], ("detect_positive", 0)).Values<bool>());
        Assert.Equal(float.NegativeInfinity, Op.Run("Clip", [x, null, OnnxValue.Scalar(3f)]).Values<float>()[1]);
    }

    [Fact]
    public void Before_operator_set_7_the_second_operand_is_aligned_by_axis()
    {
        OnnxValue a = Op.Floats([2, 3, 2], [.. Enumerable.Range(0, 12).Select(i => (float)i)]), b = Op.Floats([3], 100, 200, 300);

        Assert.Equal([100, 101, 202, 203, 304, 305, 106, 107, 208, 209, 310, 311], Op.Run("Add", 6, [a, b], ("broadcast", 1), ("axis", 1)).Values<float>());
        Assert.Contains("does not fit into the first from axis 3 on", Assert.Throws<OnnxException>(() => Op.Run("Add", 6, [a, b], ("broadcast", 1), ("axis", 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_16_bits_are_computed_with_in_32_and_narrowed()
    {
        OnnxValue half = OnnxValue.Create([2], new[] { (Half)1.5f, (Half)(-2) }), brain = OnnxValue.Create([2], new[] { (BFloat16)1.5f, (BFloat16)(-2f) });

        Assert.Equal([(Half)3, (Half)(-4)], Op.Run("Add", [half, half]).Values<Half>());
        Assert.Equal([1.5f, 0], Op.Run("Relu", [brain]).Values<BFloat16>().ToArray().Select(x => (float)x));
        Assert.Equal([true, false], Op.Run("Greater", [half, OnnxValue.Scalar((Half)0)]).Values<bool>());
    }

    [Fact]
    public void Truth_values_bits_and_comparisons_combine()
    {
        OnnxValue a = OnnxValue.Create([4], new[] { false, false, true, true }), b = OnnxValue.Create([4], new[] { false, true, false, true });

        Assert.Equal([false, false, false, true], Op.Run("And", [a, b]).Values<bool>());
        Assert.Equal([false, true, true, true], Op.Run("Or", [a, b]).Values<bool>());
        Assert.Equal([false, true, true, false], Op.Run("Xor", [a, b]).Values<bool>());
        Assert.Equal([true, false, false, true], Op.Run("Equal", [a, b]).Values<bool>());
        Assert.Equal([true, false], Op.Run("Equal", [OnnxValue.Create([2], new[] { "a", "b" }), OnnxValue.Create([1], new[] { "a" })]).Values<bool>());
        Assert.Equal(new uint[] { 4, 0 }, Op.Run("BitShift", [OnnxValue.Create([2], new uint[] { 1, 1 }), OnnxValue.Create([2], new uint[] { 2, 40 })], ("direction", "LEFT")).Values<uint>());
        Assert.Equal([6], Op.Run("BitwiseXor", [OnnxValue.Scalar(5), OnnxValue.Scalar(3)]).Values<int>());
        Assert.Equal([-6], Op.Run("BitwiseNot", [OnnxValue.Scalar(5)]).Values<int>());
    }

    [Fact]
    public void A_type_that_an_operator_does_not_take_is_told()
    {
        Assert.Contains("floating-point numbers are wanted, int64 was given", Assert.Throws<OnnxException>(() => Op.Run("Sin", [Op.Longs(1)])).Message, StringComparison.Ordinal);
        Assert.Contains("input 1 is int64", Assert.Throws<OnnxException>(() => Op.Run("PRelu", [Op.Floats([1], 1), Op.Longs(1)])).Message, StringComparison.Ordinal);
        Assert.Contains("attribute 'alpha' is a whole number where a floating-point number is wanted", Assert.Throws<OnnxException>(() => Op.Run("Elu", [Op.Floats([1], 1)], ("alpha", 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_in_the_catalogue_once() => Assert.Equal(OperatorCatalogue.Names.Distinct().Count(), OperatorCatalogue.Names.Count());

    [Fact]
    public void Every_name_in_the_catalogue_makes_its_operator() =>
        Assert.All(OperatorCatalogue.Names, name => Assert.NotNull(OperatorCatalogue.Find(name.Contains(':', StringComparison.Ordinal) ? name.Split(':')[0] : "", name.Split(':')[^1])));

    /// <summary>The elements of a tensor as broadcasting repeats them.</summary>
    internal static IEnumerable<float> At(OnnxValue<float> value, int[] shape)
    {
        int[] steps = Dimensions.Strides(shape), own = Dimensions.Strides(value.Sizes);
        for (int i = 0; i < shape.Aggregate(1, (a, b) => a * b); i++)
        {
            int at = 0;
            for (int axis = 0; axis < value.Rank; axis++)
            {
                int back = shape.Length - value.Rank + axis;
                at += value.Sizes[axis] == 1 ? 0 : i / steps[back] % shape[back] * own[axis];
            }

            yield return value.Data[at];
        }
    }

    private static int[] Thin(int[] shape, int ones, int cut) => [.. shape.Select((size, axis) => (ones >> axis & 1) == 1 ? 1 : size).Skip(int.Min(cut, shape.Length))];

    private static void Close(double expected, double actual, double relative, string what) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= relative * Math.Max(1e-3, Math.Abs(expected)), $"{what}: {actual} where {expected} is expected");

    /// <summary>2/√π ∫₀ˣ e^(−t²) dt by Simpson's rule.</summary>
    private static double ErfByIntegration(double x)
    {
        const int Parts = 2000;
        double h = x / Parts, sum = 0;
        for (int i = 0; i <= Parts; i++)
            sum += (i is 0 or Parts ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-(h * i) * (h * i));
        return 2 / Math.Sqrt(Math.PI) * sum * h / 3;
    }
}
