using System.Numerics;
using Inkling.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>An activation within a recurrent cell, applied to many elements at a time.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal abstract class RecurrentActivation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Replaces every element.</summary>
    public abstract void Apply(Span<T> x);
}

/// <summary>The activations of recurrent cells by name, with their parameters.</summary>
internal static class RecurrentActivations
{
    /// <summary>
    /// The activations of one direction from <c>activations</c>, <c>activation_alpha</c> and <c>activation_beta</c>. Each list of parameters is used up
    /// in order by the activations that have such a parameter.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="direction">Which direction.</param>
    /// <param name="defaults">The names when none are given.</param>
    /// <exception cref="OnnxException">A name is unknown, or there are too few.</exception>
    public static RecurrentActivation<T>[] Of<T>(OperatorCall call, int direction, params string[] defaults)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string[] names = call.Attributes.Texts("activations") ?? [];
        if (names.Length == 0)
            return Array.ConvertAll(defaults, name => Create<T>(name, null, null));
        if (names.Length < (direction + 1) * defaults.Length)
            throw new OnnxException($"'activations' names {names.Length}, {defaults.Length} for each direction are wanted");
        Queue<float> alphas = new(call.Attributes.Floats("activation_alpha") ?? []), betas = new(call.Attributes.Floats("activation_beta") ?? []);
        List<RecurrentActivation<T>> all = [];
        foreach (string name in names)
        {
            (bool takesAlpha, bool takesBeta) = Parameters(name);
            float? alpha = takesAlpha && alphas.TryDequeue(out float a) ? a : null, beta = takesBeta && betas.TryDequeue(out float b) ? b : null;
            all.Add(Create<T>(name, alpha, beta));
        }

        return [.. all.GetRange(direction * defaults.Length, defaults.Length)];
    }

    private static (bool Alpha, bool Beta) Parameters(string name) => name.ToUpperInvariant() switch
    {
        "AFFINE" or "SCALEDTANH" or "HARDSIGMOID" => (true, true),
        "LEAKYRELU" or "THRESHOLDEDRELU" or "ELU" => (true, false),
        _ => (false, false),
    };

    private static RecurrentActivation<T> Create<T>(string name, float? alpha, float? beta)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => name.ToUpperInvariant() switch
        {
            "SIGMOID" => new ByLanes<T, Sigmoid, Inkling.Sigmoid>(),
            "TANH" => new ByLanes<T, Tanh, Inkling.Tanh>(),
            "RELU" => new ByFormula<T, Relu>(default),
            "AFFINE" => new ByFormula<T, Affine>(new Affine(alpha ?? 1, beta ?? 0)),
            "LEAKYRELU" => new ByFormula<T, LeakyRelu>(new LeakyRelu(alpha ?? 0.01f)),
            "THRESHOLDEDRELU" => new ByFormula<T, ThresholdedRelu>(new ThresholdedRelu(alpha ?? 1)),
            "SCALEDTANH" => new ByFormula<T, ScaledTanh>(new ScaledTanh(alpha ?? 1, beta ?? 1)),
            "HARDSIGMOID" => new ByFormula<T, HardSigmoid>(new HardSigmoid(alpha ?? 0.2f, beta ?? 0.5f)),
            "ELU" => new ByFormula<T, Elu>(new Elu(alpha ?? 1)),
            "SOFTSIGN" => new ByFormula<T, Softsign>(default),
            "SOFTPLUS" => new ByFormula<T, Softplus>(default),
            _ => throw new OnnxException($"the activation '{name}' is unknown"),
        };

    private class ByFormula<T, TFormula>(TFormula formula) : RecurrentActivation<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFormula : struct, IFloatFormula<TFormula>
    {
        public override void Apply(Span<T> x)
        {
            foreach (ref T element in x)
                element = formula.Apply(element);
        }
    }

    private sealed class ByLanes<T, TFormula, TLanes>() : ByFormula<T, TFormula>(default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFormula : struct, IFloatFormula<TFormula>
        where TLanes : struct, IUnaryOp
    {
        public override void Apply(Span<T> x)
        {
            if (typeof(T) != typeof(float))
            {
                base.Apply(x);
                return;
            }

            Span<float> singles = System.Runtime.InteropServices.MemoryMarshal.Cast<T, float>(x);
            Map.Apply<TLanes>(singles, singles, Team.Single);
        }
    }
}
