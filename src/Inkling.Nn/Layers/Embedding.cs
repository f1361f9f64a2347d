namespace Inkling.Nn;

/// <summary>A table of learnt vectors: indices <c>[…]</c> → <c>[…, E]</c>. Parameter <c>weight</c> <c>[V, E]</c>, normal with a deviation of 0.1 at first unless given.</summary>
public sealed class Embedding : Module
{
    /// <summary>Declares the table.</summary>
    /// <param name="count">Number of entries V, at least 1.</param>
    /// <param name="width">Width E, at least 1.</param>
    /// <param name="initialize">Initial vectors; default normal with deviation 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public Embedding(int count, int width, Action<Parameter, ulong>? initialize = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Weight = AddParameter("weight", [count, width], initialize ?? Initializer.Normal((real)0.1), decays: false);
    }

    /// <summary>The table, <c>[V, E]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>Looks the vectors up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the table.</exception>
    public Tensor Forward(Indices indices) => indices.Lookup(Weight);

    /// <inheritdoc/>
    public override string ToString() => $"Embedding({Weight.Shape[0]} × {Weight.Shape[1]})";
}
