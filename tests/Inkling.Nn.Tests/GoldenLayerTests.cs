using Inkling.Golden;
using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Values and gradients of activations, rearrangements, convolutions, pooling and normalisation are PyTorch's.</summary>
public sealed class GoldenLayerTests
{
    private static readonly Dictionary<string, (string[] Operands, Func<Tensor[], Tensor> Function)> s_cases = new()
    {
        ["activation_prelu"] = (["x", "weight"], t => t[0].Prelu(t[1].Reshape([3, 1, 1]))),
        ["concat"] = (["a", "b", "d"], t => Tensor.Concat(1, t)),
        ["stack"] = (["a", "b"], t => Tensor.Stack(2, t)),
        ["slice"] = (["x"], t => t[0].Slice(2, 1, 3)),
        ["permute"] = (["x"], t => t[0].Permute(0, 2, 3, 1)),
        ["permute_wide"] = (["x"], t => t[0].Permute(2, 0, 1)),
        ["sum_axis"] = (["x"], t => t[0].Sum(1)),
        ["mean_axis"] = (["x"], t => t[0].Mean(^1, keepAxis: true)),
        ["max_axis"] = (["x"], t => t[0].Max(1)),
        ["pow"] = (["x"], t => t[0].Pow(3)),
        ["pow_root"] = (["x"], t => t[0].Pow(-0.7f)),
        ["clip"] = (["x"], t => t[0].Clip(-0.5f, 0.75f)),
        ["masked_fill"] = (["x"], t => t[0].MaskedFill(t[0].Tape.Indices([5], [1, 0, 0, 1, 0]), -2.5f)),
        ["where"] = (["a", "b"], t => Tensor.Where(t[0].Tape.Indices([4, 1], [1, 0, 1, 0]), t[0], t[1])),
        ["maxpool2d"] = (["x"], t => t[0].MaxPool(PoolingWindow.SideBySide(2))),
        ["maxpool2d_window"] = (["x"], t => new MaxPool2D((3, 2), (2, 1), 1, new Extent(1, 2)).Forward(t[0])),
        ["maxpool1d"] = (["x"], t => new MaxPool1D(3, 2, 1).Forward(t[0])),
        ["avgpool2d"] = (["x"], t => new AveragePool2D((3, 2), (2, 1), 1).Forward(t[0])),
        ["avgpool2d_inside"] = (["x"], t => new AveragePool2D(3, 2, 1, countPadding: false).Forward(t[0])),
        ["avgpool1d"] = (["x"], t => new AveragePool1D(3, 2, 1).Forward(t[0])),
        ["adaptiveavgpool2d"] = (["x"], t => new AdaptiveAveragePool((3, 4)).Forward(t[0])),
        ["adaptivemaxpool2d"] = (["x"], t => new AdaptiveMaxPool((3, 4)).Forward(t[0])),
        ["adaptiveavgpool1d"] = (["x"], t => new AdaptiveAveragePool(4).Forward(t[0])),
        ["globalavgpool"] = (["x"], t => new GlobalAveragePool().Forward(t[0])),
        ["groupnorm"] = (["x", "weight", "bias"], t => Tape.Record(new NormalizeGroups(2, 1e-5f), t)),
        ["instancenorm"] = (["x", "weight", "bias"], t => Tape.Record(new NormalizeGroups(4, 1e-5f), t)),
        ["layernorm"] = (["x", "weight", "bias"], t => Tape.Record(new Normalize(1e-5f), t)),
        ["rmsnorm"] = (["x", "weight"], t => Tape.Record(new NormalizeRms(1e-6f), t)),
        ["embedding_padding"] = (["weight"], t => Tape.Record(new Lookup(t[0].Tape.Indices([2, 3], [2, 1, 2, 0, 4, 1]), 2), t)),
    };

    // Stride, padding, dilation, groups, as in layers.py.
    private static readonly Dictionary<string, ConvolutionGeometry> s_convolutions = new()
    {
        ["2d"] = new(1, 1, 1, 1),
        ["2d_stride"] = new((2, 3), (1, 0), 1, 1),
        ["2d_dilation"] = new((1, 2), (2, 3), (2, 3), 1),
        ["2d_groups"] = new((2, 1), 1, 1, 2),
        ["2d_depthwise"] = new(1, 1, 1, 3),
        ["2d_point"] = new(1, 0, 1, 1),
        ["1d"] = new(3, 2, 2, 1),
    };

    static GoldenLayerTests()
    {
        foreach (string name in ActivationCatalogue.Names.Where(name => name is not ("prelu" or "noisy_relu" or "rrelu")))
            s_cases["activation_" + name] = (["x"], t => ActivationCatalogue.Create(name).Forward(t[0]));
        foreach ((string name, ConvolutionGeometry g) in s_convolutions)
        {
            Extent extra = new(Math.Max(g.Stride.Rows, g.Dilation.Rows) - 1, Math.Max(g.Stride.Columns, g.Dilation.Columns) - 1);
            s_cases["conv" + name] = (["x", "weight", "bias"], t => Tape.Record(new Convolve(g), t));
            s_cases["convtranspose" + name] = (["x", "weight", "bias"], t => Tape.Record(new ConvolveTransposed(g, extra), t));
        }
    }

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("layers");
        (string[] operands, Func<Tensor[], Tensor> function) = s_cases[name];
        using Tape tape = new();
        Tensor[] inputs = [.. operands.Select(o => tape.Input(Shape.Create(golden.Shape(name, "in." + o)), golden.Values(name, "in." + o), requiresGradient: true))];
        tape.Begin();
        Tensor y = function(inputs);
        Assert.Equal(golden.Shape(name, "out.0"), y.Shape);
        golden.AssertClose(name, "out.0", y.Values);
        tape.Backward((y * tape.Input(y.Shape, golden.Values(name, "seed.0"))).Sum());
        for (int i = 0; i < operands.Length; i++) golden.AssertClose(name, "grad." + operands[i], inputs[i].Gradient);
    }

    [Theory]
    [InlineData("batchnorm_features")]
    [InlineData("batchnorm1d")]
    [InlineData("batchnorm2d")]
    public void Batch_norm_is_that_of_PyTorch(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("layers");
        foreach (bool training in (bool[])[true, false])
        {
            string @case = training ? name : name + "_eval";
            BatchNorm norm = name == "batchnorm2d" ? new BatchNorm2D(4).Build(1) : new BatchNorm1D(4).Build(1);
            foreach ((string o, Parameter p) in ((string, Parameter)[])[("weight", norm.Gain), ("bias", norm.Bias), ("running_mean", norm.RunningMean), ("running_var", norm.RunningVariance)])
                golden.Values(@case, "in." + o).CopyTo(p.Values);
            norm.Frozen = !training;
            using Tape tape = new();
            Tensor x = tape.Input(Shape.Create(golden.Shape(@case, "in.x")), golden.Values(@case, "in.x"), requiresGradient: true);
            tape.Begin();
            Tensor y = norm.Forward(x);
            golden.AssertClose(@case, "out.0", y.Values);
            tape.Backward((y * tape.Input(y.Shape, golden.Values(@case, "seed.0"))).Sum());
            golden.AssertClose(@case, "grad.x", x.Gradient);
            golden.AssertClose(@case, "grad.weight", norm.Gain.Gradients);
            golden.AssertClose(@case, "grad.bias", norm.Bias.Gradients);
            if (!training) continue;
            tape.Begin();
            golden.AssertClose(@case, "out.1", norm.RunningMean.Values);
            golden.AssertClose(@case, "out.2", norm.RunningVariance.Values);
        }
    }

    [Fact]
    public void A_randomised_slope_is_its_mean_when_not_training()
    {
        using GoldenFamily golden = GoldenFamily.Open("layers");
        using Tape tape = new(new TapeOptions { Recording = false });
        Tensor x = tape.Input([5, 7], golden.Values("activation_rrelu", "in.x"));
        tape.Begin();
        golden.AssertClose("activation_rrelu", "out.0", new RandomizedLeakyRelu().Forward(x).Values);
    }

    [Fact]
    public void Every_golden_case_is_compared()
    {
        using GoldenFamily golden = GoldenFamily.Open("layers");
        Assert.DoesNotContain(golden.Cases, name => !s_cases.ContainsKey(name) && !name.StartsWith("batchnorm", StringComparison.Ordinal) && name != "activation_rrelu");
    }
}
