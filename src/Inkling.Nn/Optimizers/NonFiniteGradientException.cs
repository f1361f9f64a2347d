using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>A gradient is NaN or infinite. The message names the step, the parameter and the likely cause; nothing has been updated.</summary>
public sealed class NonFiniteGradientException : ArithmeticException
{
    /// <summary>Makes the exception.</summary>
    public NonFiniteGradientException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public NonFiniteGradientException()
    {
    }

    /// <summary>Makes the exception with what led to it.</summary>
    public NonFiniteGradientException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The step that was about to be taken, 1 for the first.</summary>
    public long Step { get; private init; }

    /// <summary>The first parameter with such a gradient.</summary>
    public string ParameterName { get; private init; } = "";

    /// <summary>Throws when a gradient is not finite; otherwise it has read them all once. For loops that clip: when <see cref="GradientClipping.ClipByGlobalNorm"/> returns a norm that is not finite.</summary>
    /// <param name="parameters">Whose gradients.</param>
    /// <param name="step">The number of the step, for the message.</param>
    /// <exception cref="NonFiniteGradientException">One is not.</exception>
    public static void ThrowIfAny(ParameterSet parameters, long step)
    {
        bool finite = true;
        foreach ((int offset, int length) in parameters.GradientRuns()) finite &= Reduce.AllFinite(parameters.Gradients.Slice(offset, length));
        if (finite) return;
        foreach (Parameter parameter in parameters)
        {
            if (!Reduce.AllFinite(parameter.Gradients)) throw Describe(parameters, parameter, step);
        }
    }

    private static NonFiniteGradientException Describe(ParameterSet parameters, Parameter parameter, long step)
    {
        ReadOnlySpan<real> gradient = parameter.Gradients;
        int count = 0, first = -1, nan = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            if (real.IsFinite(gradient[i])) continue;
            count++;
            if (real.IsNaN(gradient[i])) nan++;
            if (first < 0) first = i;
        }

        int spoilt = parameters.Count(p => !Reduce.AllFinite(p.Gradients));
        string extent = spoilt == 1 ? "only this parameter" : $"{spoilt} of {parameters.Count} parameters";
        return new($"Step {step}: the gradient of '{parameter.Name}' {parameter.Shape} is not finite in {count} of {gradient.Length} elements (the first is number {first}: {gradient[first]}), in {extent}. "
            + $"{Cause(parameters, nan > 0, spoilt)} The parameters have not been changed by this step.")
        {
            Step = step,
            ParameterName = parameter.Name,
        };
    }

    private static string Cause(ParameterSet parameters, bool nan, int spoilt)
    {
        Parameter? broken = parameters.FirstOrDefault(p => !Reduce.AllFinite(p.Values));
        if (broken is not null) return $"Likely cause: the value of '{broken.Name}' is not finite itself, so an earlier step or a checkpoint spoilt it. Go back to an older checkpoint and turn ChecksGradients on.";
        real largest = Reduce.MaxMagnitude(parameters.Values);
        if (largest > (real)1e4) return $"Likely cause: the weights have grown (up to {largest:G3}), the learning rate is too large. Lower it, or clip with GradientClipping.ClipByGlobalNorm.";
        if (!nan) return "Likely cause: an overflow on the way back: too large a loss or too many steps of a recurrence. Lower the learning rate, scale the loss down, or shorten the sequences.";
        return spoilt == parameters.Count
            ? "Likely cause: NaN or infinity in the data or in the loss. Look at tape.FindNonFinite(), which names the first operation that returned one."
            : "Likely cause: a formula outside its range (logarithm or root of 0, division by 0) between this parameter and the loss. Look at tape.FindNonFinite().";
    }
}
