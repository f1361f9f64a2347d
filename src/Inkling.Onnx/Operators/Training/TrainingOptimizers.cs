using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// An optimizer of <c>ai.onnx.preview.training</c>: learning rate R, number of earlier steps T, then all parameters, all gradients, and all of
/// each further state. The outputs are the new parameters and states in the same order.
/// </summary>
/// <param name="states">States for each parameter.</param>
internal abstract class TrainingOptimizer(int states) : FloatOperator
{
    private const int FirstParameter = 2;

    /// <inheritdoc/>
    protected override int TypedInput => FirstParameter;

    /// <inheritdoc/>
    protected sealed override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        int lists = 2 + states, count = (call.Inputs.Length - FirstParameter) / lists;
        if (count == 0 || call.Inputs.Length != FirstParameter + (count * lists))
            throw new OnnxException($"{call.Inputs.Length - FirstParameter} tensors are given; {lists} for each parameter are wanted");
        double rate = double.CreateTruncating(Conversion.Convert(call.Input(0), ElementTypes.Of<T>()).As<T>().Data[0]);
        var step = new Step(call, rate, call.Integer(1));
        OnnxValue?[] results = new OnnxValue?[count * (1 + states)];
        for (int i = 0; i < count; i++)
        {
            T[][] values = [.. Enumerable.Range(0, lists).Select(list => call.Input<T>(FirstParameter + (list * count) + i).Data.ToArray())];
            if (Array.Exists(values, value => value.Length != values[0].Length))
                throw new OnnxException($"parameter {i}, its gradient and its states differ in length");
            Update(step, values[0], values[1], values[2..]);
            for (int list = 0; list <= states; list++)
                results[(list * count) + i] = new OnnxValue<T>(call.Input(FirstParameter + i).Sizes, list == 0 ? values[0] : values[list + 1]);
        }

        return results;
    }

    /// <summary>Changes a parameter and its states.</summary>
    /// <param name="step">What is the same for all parameters.</param>
    /// <param name="x">The parameter.</param>
    /// <param name="g">The gradient; may be overwritten.</param>
    /// <param name="state">The states.</param>
    protected abstract void Update<T>(Step step, T[] x, T[] g, T[][] state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>One step.</summary>
    /// <param name="Call">The call, with the attributes.</param>
    /// <param name="Rate">The learning rate.</param>
    /// <param name="Number">Steps before this one.</param>
    protected sealed record Step(OperatorCall Call, double Rate, long Number)
    {
        /// <summary>An attribute in the type that is computed with.</summary>
        public T Attribute<T>(string name, float otherwise)
            where T : INumber<T> => T.CreateTruncating(Call.Attributes.Float(name, otherwise));
    }
}

/// <summary>Adagrad (Duchi 2011): <c>h += g²</c>, <c>x −= r g / (√h + ε)</c> with <c>r = R / (1 + T · decay)</c> and <c>g += norm · x</c> before.</summary>
internal sealed class Adagrad() : TrainingOptimizer(states: 1)
{
    /// <inheritdoc/>
    protected override void Update<T>(Step step, T[] x, T[] g, T[][] state)
    {
        T norm = step.Attribute<T>("norm_coefficient", 0), epsilon = step.Attribute<T>("epsilon", 0);
        T rate = T.CreateTruncating(step.Rate / (1 + (step.Number * step.Attribute<double>("decay_factor", 0))));
        T[] h = state[0];
        for (int i = 0; i < x.Length; i++)
        {
            T gradient = g[i] + (norm * x[i]);
            h[i] += gradient * gradient;
            x[i] -= rate * gradient / (T.Sqrt(h[i]) + epsilon);
        }
    }
}

/// <summary>
/// Adam (Kingma and Ba 2015): <c>v = α v + (1 − α) g</c>, <c>h = β h + (1 − β) g²</c>, <c>x −= r v / (√h + ε)</c> with
/// <c>r = R √(1 − βᵀ) / (1 − αᵀ)</c> from step 1 on, and <c>norm_coefficient_post</c> taken off at the end.
/// </summary>
internal sealed class Adam() : TrainingOptimizer(states: 2)
{
    /// <inheritdoc/>
    protected override void Update<T>(Step step, T[] x, T[] g, T[][] state)
    {
        T alpha = step.Attribute<T>("alpha", 0.9f), beta = step.Attribute<T>("beta", 0.999f), epsilon = step.Attribute<T>("epsilon", 0);
        T norm = step.Attribute<T>("norm_coefficient", 0), after = step.Attribute<T>("norm_coefficient_post", 0);
        double rate = step.Rate;
        if (step.Number > 0)
            rate *= double.Sqrt(1 - double.Pow(double.CreateTruncating(beta), step.Number)) / (1 - double.Pow(double.CreateTruncating(alpha), step.Number));
        T r = T.CreateTruncating(rate);
        (T[] v, T[] h) = (state[0], state[1]);
        for (int i = 0; i < x.Length; i++)
        {
            T gradient = g[i] + (norm * x[i]);
            v[i] = (alpha * v[i]) + ((T.One - alpha) * gradient);
            h[i] = (beta * h[i]) + ((T.One - beta) * gradient * gradient);
            x[i] = (T.One - after) * (x[i] - (r * v[i] / (T.Sqrt(h[i]) + epsilon)));
        }
    }
}

/// <summary>
/// Momentum: <c>v = α v + β g</c> (β is 1 in the first step), <c>x −= R v</c>, or with <c>mode</c> = nesterov <c>x −= R (g + α v)</c>; <c>g += norm · x</c>
/// before.
/// </summary>
internal sealed class Momentum() : TrainingOptimizer(states: 1)
{
    /// <inheritdoc/>
    protected override void Update<T>(Step step, T[] x, T[] g, T[][] state)
    {
        T norm = step.Attribute<T>("norm_coefficient", 0), alpha = step.Attribute<T>("alpha", 0), rate = T.CreateTruncating(step.Rate);
        T beta = step.Number > 0 ? step.Attribute<T>("beta", 0) : T.One;
        bool nesterov = step.Call.Attributes.Text("mode", "standard") == "nesterov";
        T[] v = state[0];
        for (int i = 0; i < x.Length; i++)
        {
            T gradient = g[i] + (norm * x[i]);
            v[i] = (alpha * v[i]) + (beta * gradient);
            x[i] -= rate * (nesterov ? gradient + (alpha * v[i]) : v[i]);
        }
    }
}
