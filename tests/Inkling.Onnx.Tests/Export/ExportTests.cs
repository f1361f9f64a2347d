using Inkling.Nn;
using Inkling.Onnx.Export;
using Inkling.Ops;
using Inkling.Recording;

namespace Inkling.Onnx.Tests.Export;

/// <summary>What is exported computes in ONNX Runtime and in our own evaluator what the model computes.</summary>
public sealed class ExportTests
{
    private const double Tolerance = 1e-5;

    private static readonly ExportCase[] s_cases = [.. LayerCases.All, .. Activations(), .. OperationCases.All, .. ModelCases.All];

    public static TheoryData<string> Names => [.. s_cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exported_model_computes_the_same_in_our_evaluator(string name)
    {
        ExportCase one = s_cases.Single(candidate => candidate.Name == name);
        OnnxModel model = OnnxModel.Load(one.Export(), name);
        Compare(one, model.Run);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_exported_model_computes_the_same_in_ONNX_Runtime(string name)
    {
        ExportCase one = s_cases.Single(candidate => candidate.Name == name);
        using OnnxRuntimeSession session = new(one.Export());
        Compare(one, session.Run);
    }

    [Fact]
    public void Every_layer_has_a_case()
    {
        HashSet<Type> covered = [.. s_cases.Select(one => one.Layer).Select(layer => layer.IsGenericType ? layer.GetGenericTypeDefinition() : layer)];
        IEnumerable<Type> layers = typeof(Module).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Module)) && !type.IsAbstract);
        Assert.Empty(layers.Where(layer => !covered.Contains(layer)).Select(layer => layer.Name));
    }

    [Fact]
    public void Every_operation_but_losses_and_noise_has_a_rule()
    {
        // Nothing records these when a model is in use.
        HashSet<Type> noise = [typeof(Drop), typeof(DropChannels), typeof(DropOverTime), typeof(LeakRandomly), typeof(RectifyNoisily)];
        HashSet<Type> known = [.. ExportCatalogue.Operations.SelectMany(type => type.IsGenericType ? [type, .. type.GetGenericArguments()] : (Type[])[type])];
        Type[] all = [.. typeof(Tape).Assembly.GetExportedTypes().Where(type => type.IsValueType && !type.IsGenericType
            && type.GetInterfaces().Any(one => one == typeof(IOp) || one.Name is "IUnaryOp" or "IBinaryOp" or "IParametricOp`1"))];
        Assert.True(all.Length > 60);
        Assert.Empty(all.Where(type => !known.Contains(type) && !noise.Contains(type) && !IsLoss(type)).Select(type => type.Name));
    }

    private static bool IsLoss(Type type) => type.Name.Contains("Entropy", StringComparison.Ordinal) || type.Name.Contains("Margin", StringComparison.Ordinal)
        || type.Name is "AbsoluteError" or "CosineEmbedding" or "Ctc" or "Hinge" or "Huber" or "KlDivergence" or "MeanSquaredError" or "NegativeLogLikelihood" or "SampledSoftmax" or "WeightPenalty";

    private static IEnumerable<ExportCase> Activations() => ActivationCatalogue.Names.Select(name =>
    {
        ILayer layer = ActivationCatalogue.Create(name);
        if (layer is Module module) module.Build(seed: 1);
        return ExportCase.Function($"activation {name}", run => run.Output("y", layer.Forward(run.Numbers("x"))), OnnxInput.Numbers("x", "batch", 40)).With(("batch", 1)).With(("batch", 9));
    });

    private static void Compare(ExportCase one, Func<IReadOnlyDictionary<string, OnnxValue>, IReadOnlyDictionary<string, OnnxValue>> run)
    {
        foreach ((int i, Dictionary<string, int> sizes) in one.Sizes.Index())
        {
            (Dictionary<string, OnnxValue> inputs, Dictionary<string, OnnxValue> expected) = one.Run(sizes, seed: 11 + i);
            IReadOnlyDictionary<string, OnnxValue> actual = run(inputs);
            Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
            foreach ((string output, OnnxValue value) in expected)
            {
                Assert.Equal(value.Shape.ToArray(), actual[output].Shape.ToArray());
                float[] want = value.Values<float>().ToArray(), got = actual[output].Values<float>().ToArray();
                Assert.DoesNotContain(float.NaN, want);
                double largest = want.Where(float.IsFinite).Select(x => (double)Math.Abs(x)).DefaultIfEmpty(0).Max();
                for (int k = 0; k < want.Length; k++)
                {
                    bool same = want[k].Equals(got[k]) || Math.Abs(want[k] - got[k]) <= Tolerance * largest;
                    Assert.True(same, $"{one.Name} with {string.Join(", ", sizes)}: {output}[{k}] is {got[k]}, not {want[k]} (largest {largest})");
                }
            }
        }
    }
}
