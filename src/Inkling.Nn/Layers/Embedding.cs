namespace Inkling.Nn;

/// <summary>A table of learnt vectors: indices <c>[…]</c> → <c>[…, E]</c>. Parameter <c>weight</c> <c>[V, E]</c>, normal with a deviation of 0.1 at first unless given.</summary>
public sealed class Embedding : Module
{
    /// <summary>Declares the table.</summary>
    /// <param name="count">Number of entries V, at least 1.</param>
    /// <param name="width">Width E, at least 1.</param>
    /// <param name="initialize">Initial vectors; default normal with deviation 0.1.</param>
    /// <param name="padding">The entry for places that are only filled up, 0 … V − 1: zero at first, and it gets no gradient. Default: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1, or the padding entry outside the table.</exception>
    public Embedding(int count, int width, Action<Parameter, ulong>? initialize = null, int? padding = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (padding is int entry && (uint)entry >= (uint)count) throw new ArgumentOutOfRangeException(nameof(padding), padding, $"Embedding: the padding entry {padding} is outside the table of {count} entries.");
        Padding = padding;
        Action<Parameter, ulong> fill = initialize ?? Initializer.Normal((real)0.1);
        Weight = AddParameter("weight", [count, width], padding is not int zero ? fill : (parameter, seed) =>
        {
            fill(parameter, seed);
            parameter.Values.Slice(zero * width, width).Clear();
        }, decays: false);
    }

    /// <summary>The entry for places that are only filled up, or null.</summary>
    public int? Padding { get; }

    /// <summary>The table, <c>[V, E]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>
    /// Whether the gradient of the table goes by rows: a step then costs as much as the entries it uses, and not as the table. Optimizers leave the others alone, momentum and decay included
    /// (<see cref="Parameter.SparseGradient"/>). Default: false.
    /// </summary>
    public bool SparseGradient
    {
        get => Weight.SparseGradient;
        init => Weight.SparseGradient = value;
    }

    /// <summary>Looks the vectors up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the table.</exception>
    public Tensor Forward(Indices indices) => indices.Lookup(Weight, Padding ?? -1);

    /// <inheritdoc/>
    public override string ToString() => $"Embedding({Weight.Shape[0]} × {Weight.Shape[1]})";
}
