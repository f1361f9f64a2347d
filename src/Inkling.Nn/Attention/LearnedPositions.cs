namespace Inkling.Nn;

/// <summary>Adds a learnt vector for each position, <c>y_t = x_t + p_t</c>: <c>[T, B, D] → [T, B, D]</c> (Gehring et al. 2017, §3.1). Parameter <c>weight</c> <c>[L, D]</c>, normal with a deviation of 0.02 at first.</summary>
public sealed class LearnedPositions : Module, ILayer
{
    /// <summary>Declares the vectors.</summary>
    /// <param name="width">Width D, at least 1.</param>
    /// <param name="maxLength">Number of positions L, at least 1.</param>
    /// <param name="initialize">Initial vectors; default normal with deviation 0.02.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public LearnedPositions(int width, int maxLength, Action<Parameter, ulong>? initialize = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        Weight = AddParameter("weight", [maxLength, width], initialize ?? Initializer.Normal((real)0.02), decays: false);
    }

    /// <summary>The vectors, <c>[L, D]</c>.</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The width is another, or there are more steps than positions.</exception>
    public Tensor Forward(Tensor x)
    {
        Shape shape = x.Shape;
        if (shape.Rank != 3 || shape[2] != Weight.Shape[1] || shape[0] > Weight.Shape[0])
            throw new ArgumentException($"LearnedPositions: the input is {shape}; it must be [time, batch, {Weight.Shape[1]}] with {Weight.Shape[0]} steps at most.", nameof(x));
        return x + x.Tape.Parameter(Weight).Slice(0, shape[0]).Reshape([shape[0], 1, shape[2]]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"LearnedPositions({Weight.Shape[0]} × {Weight.Shape[1]})";
}
