namespace Inkling;

/// <summary>
/// How a recurrent layer goes through a batch of sequences <c>[T, B, I]</c>: in which direction, how far in each row, and where it forgets.
/// The default goes forward through all of every row.
/// </summary>
/// <remarks>
/// Lengths are PyTorch's packed sequences without the packing: a row takes part in its first steps only, its results after them are zero,
/// its final state is that of its last step, and in reverse it begins at its own end. Rows may stand in any order; sorted with the
/// longest first, no step multiplies a row that has ended. What stands in <c>x</c> after the end of a row does not matter as long as it is finite.
/// </remarks>
public readonly record struct SequenceOrder
{
    /// <summary><c>[T, B]</c>: where it is not 0, the state is cleared before that step; null for never.</summary>
    public Indices? Resets { get; init; }

    /// <summary><c>[B]</c>: the number of steps of each row, 1 to T; null for T.</summary>
    public Indices? Lengths { get; init; }

    /// <summary>From the last step to the first.</summary>
    public bool Reverse { get; init; }

    /// <summary>
    /// Probability, 0 ≤ p &lt; 1, with which an element of the state is dropped where the recurrent weight reads it: one mask for all steps of a
    /// sequence (Gal &amp; Ghahramani 2016, §4). Nothing happens on a tape that does not record. Default: 0.
    /// </summary>
    public real RecurrentDropout { get; init; }

    /// <summary>Checks all of it against an input <c>[T, B, I]</c>.</summary>
    internal void Check(string op, in Shape x)
    {
        if (x.Rank != 3) Errors.Shape(op, $"the input is {x}; it must be [time, batch, input].");
        if (x[0] == 0 || x[1] == 0) Errors.Shape(op, $"the input {x} has no {(x[0] == 0 ? "steps" : "rows")}; leave empty batches out.");
        if (Resets is not null && Resets.Shape != [x[0], x[1]]) Errors.Shape(op, $"the resets are {Resets.Shape}; they must be [{x[0]}, {x[1]}].");
        if (!(RecurrentDropout >= 0 && RecurrentDropout < 1)) throw new ArgumentOutOfRangeException(nameof(x), $"{op}: the rate of the recurrent dropout is {RecurrentDropout}; it must be at least 0 and less than 1.");
        if (Lengths is not null) CheckLengths(op, Lengths, x[1], x[0]);
    }

    /// <summary>One length for each of <paramref name="batch"/> rows, 1 to <paramref name="time"/>.</summary>
    internal static void CheckLengths(string op, Indices lengths, int batch, int time)
    {
        if (lengths.Length != batch) Errors.Shape(op, $"{lengths.Length} lengths are given for {batch} rows.");
        for (int b = 0; b < batch; b++)
        {
            int length = lengths.Values[b];
            if (length < 1 || length > time)
                throw new ArgumentOutOfRangeException(nameof(lengths), $"{op}: row {b} has length {length}; lengths must be 1 to {time}{(length == 0 ? ". Leave empty sequences out of the batch." : ", the number of steps given.")}");
        }
    }
}
