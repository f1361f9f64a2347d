using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// Compares the gradients that <see cref="Tape.Backward"/> computes with differences of the loss, element by element: for operations and models of one's own. Each element
/// is moved by ±h/2, ±h and ±2h; Richardson's extrapolation <c>(4 D(h) − D(2h)) / 3</c> of the central differences leaves an error of h⁴.
/// </summary>
/// <remarks>
/// Where there is a kink (a rectifier, a maximum) within reach, smaller steps are tried, and if it is still there the element is counted as skipped. Dropout repeats from run
/// to run, as the step is the same. The parameters are as before when it returns.
/// </remarks>
/// <example><code>
/// GradientCheck check = GradientCheck.Run(model.Parameters, tape => Losses.MeanSquaredError(model.Forward(tape.Input([4, 2], x)), tape.Input([4, 1], y)));
/// if (!check.Passed) throw new InvalidOperationException(check.ToString());
/// </code></example>
public sealed class GradientCheck
{
    private const int Attempts = 4;

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
            double step = options.Step * Math.Max(0.1, Math.Abs(parameter.Values[i])), analytic = gradients[parameter.Offset + i];
            Slope slope = default;
            double allowed = 0;
            for (int attempt = 0; attempt < Attempts; attempt++, step /= 4)
            {
                slope = SlopeAt(parameters, parameter, i, step, start, loss, options);
                allowed = (options.Tolerance * Math.Max(Math.Abs(slope.Value), Math.Max(Math.Abs(analytic), 0.01 * scale))) + slope.Noise;
                if (Math.Abs(slope.Value - analytic) <= allowed || !slope.HasKink) break;
            }

            double numeric = slope.Value;
            if (slope.HasKink && Math.Abs(numeric - analytic) > allowed)
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

    /// <summary>
    /// The slope from losses at ±h/2, ±h and ±2h. Second differences of a smooth function grow with the square of the step, those of a kink do not.
    /// </summary>
    private static Slope SlopeAt(ParameterSet parameters, Parameter parameter, int i, double step, double start, Func<Tape, Tensor> loss, GradientCheckOptions options)
    {
        (double Slope, double Bend) half = Difference(0.5), whole = Difference(1), twice = Difference(2);
        // Each loss is rounded to about one unit in its last places.
        double rounding = 8 * Rounding * Math.Max(1e-3, Math.Abs(start));
        bool kink = !Fits(whole.Bend, 4 * half.Bend) || !Fits(twice.Bend, 4 * whole.Bend);
        return new Slope(((4 * whole.Slope) - twice.Slope) / 3, rounding / step, kink);

        bool Fits(double bend, double expected) => Math.Abs(bend - expected) <= (0.2 * Math.Abs(bend)) + (4 * rounding);

        (double Slope, double Bend) Difference(double factor)
        {
            real before = parameter.Values[i], up = (real)(before + (factor * step)), down = (real)(before - (factor * step));
            try
            {
                parameter.Values[i] = up;
                double above = Loss(parameters, loss, options, backward: false);
                parameter.Values[i] = down;
                double below = Loss(parameters, loss, options, backward: false);
                return ((above - below) / ((double)up - down), above + below - (2 * start));
            }
            finally
            {
                parameter.Values[i] = before;
            }
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

    private readonly record struct Slope(double Value, double Noise, bool HasKink);
}
