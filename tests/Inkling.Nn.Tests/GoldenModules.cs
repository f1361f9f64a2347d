using Inkling.Golden;
using Inkling.Nn;

namespace Inkling.Tests;

/// <summary>Modules with the parameters of a golden case, under the names that PyTorch gives them.</summary>
internal static class GoldenModules
{
    /// <summary>Copies every parameter of a built module from the case; a name or a shape that the case lacks fails.</summary>
    public static TModule Load<TModule>(GoldenFamily golden, string @case, TModule module)
        where TModule : Module
    {
        module.Build(seed: 1);
        foreach (Parameter parameter in module.Parameters)
        {
            Assert.Equal(golden.Shape(@case, "in." + parameter.Name), parameter.Shape.ToArray());
            golden.Values(@case, "in." + parameter.Name).CopyTo(parameter.Values);
        }

        return module;
    }

    /// <summary>An operand of the case, which wants a gradient.</summary>
    public static Tensor Input(GoldenFamily golden, Tape tape, string @case, string name) => tape.Input(Shape.Create(golden.Shape(@case, "in." + name)), golden.Values(@case, "in." + name), requiresGradient: true);

    /// <summary>The lengths of the case, or null.</summary>
    public static Indices? Lengths(GoldenFamily golden, Tape tape, string @case)
    {
        if (!golden.Has(@case, "in.lengths")) return null;
        int[] lengths = golden.Integers(@case, "in.lengths");
        return tape.Indices([lengths.Length], lengths);
    }

    /// <summary>Compares results, runs back from them with the seeds of the case, and compares the gradients of all parameters.</summary>
    public static void Check(GoldenFamily golden, Tape tape, string @case, ParameterSet? parameters, params Tensor[] results)
    {
        Tensor total = tape.Constant(0);
        for (int i = 0; i < results.Length; i++)
        {
            golden.AssertClose(@case, "out." + i, results[i].Values);
            total += (results[i] * tape.Input(results[i].Shape, golden.Values(@case, "seed." + i))).Sum();
        }

        tape.Backward(total);
        foreach (Parameter parameter in parameters ?? Enumerable.Empty<Parameter>()) golden.AssertClose(@case, "grad." + parameter.Name, parameter.Gradients);
    }
}
