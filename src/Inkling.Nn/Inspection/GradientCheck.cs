using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Compares the gradients that <see cref="Tape.Backward"/> computes with differences of the loss, element by element: for operations and models of one's own. Each element
/// is moved by ±h and ±2h; Richardson's extrapolation <c>(4 D(h) − D(2h)) / 3</c> of the central differences leaves an error of h⁴.
/// </summary>
/// <remarks>
/// Where both differences contradict each other there is a kink (a rectifier, a maximum) within reach; such elements are counted as skipped. Dropout repeats from run to run,
/// as the step is the same. The parameters are as before when it returns.
/// </remarks>
/// <example><code>
/// GradientCheck check = GradientCheck.Run(model.Parameters, tape => Losses.MeanSquaredError(model.Forward(tape.Input([4, 2], x)), tape.Input([4, 1], y)));
/// if (!check.Passed) throw new InvalidOperationException(check.ToString());
/// </code></example>
public sealed class GradientCheck
{
    private GradientCheck(IReadOnlyList<GradientDifference> parameters) => Parameters = parameters;

    /// <summary>The worst element of each trainable parameter, worst first.</summary>
    public IReadOnlyList<GradientDifference> Parameters { get; }

    /// <summary>The parameter with the largest error; null when nothing was compared.</summary>
    public GradientDifference? Worst => Parameters.Count == 0 ? null : Parameters[0];

    /// <summary>Whether all elements that were compared agree within the tolerance.</summary>
    public bool Passed => Parameters.All(p => p.Error <= 1);

    /// <summary>Runs the comparison.</summary>
    /// <param name="parameters">Parameters of the model, built.</param>
    /// <param name="loss">Makes the loss on a tape; it is called many times, and each time must compute the same function.</param>
    /// <param name="options">Steps and tolerance; null for the defaults.</param>
    /// <exception cref="ArgumentException">The loss is not one finite number.</exception>
    public static GradientCheck Run(ParameterSet parameters, Func<Tape, Tensor> loss, GradientCheckOptions? options = null)
    {
        options ??= new GradientCheckOptions();
        double start = Loss(parameters, loss, options, backward: true);
        if (!double.IsFinite(start)) throw new ArgumentException($"GradientCheck: the loss is {start}; differences need a finite one.", nameof(loss));
        real[] gradients = parameters.Gradients.ToArray();
        List<GradientDifference> found = [];
        for (int k = 0; k < parameters.Count; k++)
        {
            if (parameters[k].Trainable && parameters[k].Shape.Length > 0) found.Add(Compare(parameters, k, gradients, start, loss, options));
        }

        gradients.CopyTo(parameters.Gradients);
        return new GradientCheck([.. found.OrderByDescending(f => double.IsNaN(f.Error) ? double.PositiveInfinity : f.Error)]);
    }

    /// <summary>Passed or not, and the worst of each parameter.</summary>
    public override string ToString()
    {
        string verdict = Passed ? "Gradients agree with differences." : $"Gradients do not agree with differences; the worst is '{Worst!.Parameter}'.";
        return string.Join('\n', Parameters.Select(p => p.ToString()).Prepend(verdict));
    }

    private static GradientDifference Compare(ParameterSet parameters, int k, real[] gradients, double start, Func<Tape, Tensor> loss, GradientCheckOptions options)
    {
        Parameter parameter = parameters[k];
        int count = Math.Min(options.SamplesPerParameter, parameter.Shape.Length), skipped = 0;
        double scale = Reduce.MaxMagnitude(gradients.AsSpan(parameter.Offset, parameter.Shape.Length));
        GradientDifference worst = new(parameter.Name, 0, gradients[parameter.Offset], double.NaN, 0, 0, 0);
        for (int sample = 0; sample < count; sample++)
        {
            int i = count == parameter.Shape.Length ? sample : (int)(CounterRandom.Bits(options.Seed, (ulong)k, (ulong)sample) % (ulong)parameter.Shape.Length);
            double step = options.Step * Math.Max(0.1, Math.Abs(parameter.Values[i]));
            double near = Difference(parameters, parameter, i, step, loss, options), far = Difference(parameters, parameter, i, 2 * step, loss, options);
            double numeric = ((4 * near) - far) / 3, analytic = gradients[parameter.Offset + i];
            // Each loss is rounded to about one unit in its last places; five thirds of that reach the extrapolation.
            double noise = 8 * Rounding * Math.Max(1e-3, Math.Abs(start)) / step, allowed = (options.Tolerance * Math.Max(Math.Abs(numeric), Math.Max(Math.Abs(analytic), 0.01 * scale))) + noise;
            if (Math.Abs(near - far) > (0.2 * Math.Max(Math.Abs(near), Math.Abs(far))) + (4 * noise) && Math.Abs(numeric - analytic) > allowed)
            {
                skipped++;
                continue;
            }

            double error = Math.Abs(numeric - analytic) / allowed;
            if (!(error <= worst.Error) || double.IsNaN(worst.Numeric)) worst = worst with { Element = i, Analytic = analytic, Numeric = numeric, Error = error };
        }

        return worst with { Compared = count - skipped, Skipped = skipped };
    }

    private static double Rounding => sizeof(real) == sizeof(float) ? 6e-8 : 1.2e-16;

    private static double Difference(ParameterSet parameters, Parameter parameter, int i, double step, Func<Tape, Tensor> loss, GradientCheckOptions options)
    {
        real before = parameter.Values[i], up = (real)(before + step), down = (real)(before - step);
        try
        {
            parameter.Values[i] = up;
            double above = Loss(parameters, loss, options, backward: false);
            parameter.Values[i] = down;
            return (above - Loss(parameters, loss, options, backward: false)) / ((double)up - down);
        }
        finally
        {
            parameter.Values[i] = before;
        }
    }

    /// <summary>The loss on a fresh tape, so that step and seed, and with them all randomness, are the same every time.</summary>
    private static double Loss(ParameterSet parameters, Func<Tape, Tensor> loss, GradientCheckOptions options, bool backward)
    {
        using Tape tape = new(new TapeOptions { Seed = options.Seed, Name = "gradient check" });
        tape.Begin();
        Tensor result = loss(tape);
        if (result.Length != 1) throw new ArgumentException($"GradientCheck: the loss is {result.Shape}, but must have one element. Reduce it with Sum() or Mean().", nameof(loss));
        if (backward)
        {
            parameters.ConsumeGradients();
            tape.Backward(result);
        }

        return result.Item();
    }
}
