using Inkling.Numerics;

namespace Inkling.Nn;

/// <summary>
/// The max-norm constraint (Srebro &amp; Shraibman 2005; Srivastava et al. 2014, §5.1): after a step, the weights that lead into one unit are scaled back to a
/// Euclidean norm of at most c. With dropout it allows large learning rates.
/// </summary>
/// <example><code>
/// MaxNorm maxNorm = new(model.Parameters, 3);
/// …
/// adam.Step();
/// maxNorm.Apply();
/// </code></example>
public sealed class MaxNorm
{
    private readonly Parameter[] _constrained;

    /// <summary>Constrains the weights of all layers: the parameters that decay and have two axes or more, output units first (<c>[O, …]</c>).</summary>
    /// <param name="parameters">The parameters of the model.</param>
    /// <param name="limit">c, more than 0; 3 to 4 are usual.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public MaxNorm(ParameterSet parameters, real limit)
        : this(limit, [.. parameters.Where(p => p.Decays && p.Shape.Rank >= 2)])
    {
    }

    /// <summary>Constrains some parameters: each entry of their first axis has a norm of at most c.</summary>
    /// <param name="limit">c, more than 0.</param>
    /// <param name="constrained">The parameters, of two axes or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    /// <exception cref="ArgumentException">A parameter has fewer than two axes.</exception>
    public MaxNorm(real limit, params ReadOnlySpan<Parameter> constrained)
    {
        if (!(limit > 0)) throw new ArgumentOutOfRangeException(nameof(limit), limit, "MaxNorm: the limit must be more than 0.");
        foreach (Parameter parameter in constrained)
        {
            if (parameter.Shape.Rank < 2) throw new ArgumentException($"MaxNorm: '{parameter.Name}' is {parameter.Shape}; units are rows, so it must have two axes or more.", nameof(constrained));
        }

        Limit = limit;
        _constrained = constrained.ToArray();
    }

    /// <summary>c.</summary>
    public real Limit { get; }

    /// <summary>Scales back what has grown beyond the limit. Frozen parameters stay. Allocates nothing.</summary>
    /// <returns>How many units were scaled.</returns>
    public int Apply()
    {
        int scaled = 0;
        foreach (Parameter parameter in _constrained)
        {
            if (!parameter.Trainable) continue;
            int units = parameter.Shape[0], width = parameter.Shape.Length / Math.Max(1, units);
            Span<real> values = parameter.Values;
            for (int i = 0; i < units; i++)
            {
                Span<real> row = values.Slice(i * width, width);
                double norm = Math.Sqrt(Reduce.SumOfSquares(row));
                if (!(norm > Limit)) continue;
                Elementwise.Scale(row, (real)(Limit / norm));
                scaled++;
            }
        }

        return scaled;
    }
}
