using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>One direction of a recurrent operator: its weights and its state. B = batch, H = hidden, G = gates.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal abstract class RecurrentCell<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What is added to the input's part of every gate, [G · H].</summary>
    public required T[] InputBias { get; init; }

    /// <summary>What is added to the recurrent part of every gate, [G · H].</summary>
    public required T[] RecurrentBias { get; init; }

    /// <summary>Bound of what goes into the activations; infinite when there is none.</summary>
    public required T Clip { get; init; }

    /// <summary>The hidden state, [B, H].</summary>
    public required T[] Hidden { get; init; }

    /// <summary>Units.</summary>
    public required int Units { get; init; }

    /// <summary>Entries of the batch.</summary>
    public int Batch => Units == 0 ? 0 : Hidden.Length / Units;

    /// <summary>Does one step of the entries that are still running.</summary>
    /// <param name="gates">The input's part of the gates with its bias, [B, G · H]; overwritten.</param>
    /// <param name="running">For each entry whether its state changes.</param>
    public abstract void Step(Span<T> gates, ReadOnlySpan<bool> running);

    /// <summary>Applies an activation to what has been cut to the bound.</summary>
    protected void Activate(RecurrentActivation<T> activation, Span<T> x)
    {
        if (T.IsFinite(Clip))
        {
            foreach (ref T element in x)
                element = T.Clamp(element, -Clip, Clip);
        }

        activation.Apply(x);
    }

    /// <summary>Adds a row to each of several rows.</summary>
    public static void AddRows(Span<T> rows, ReadOnlySpan<T> row)
    {
        for (int start = 0; start < rows.Length; start += row.Length)
        {
            Span<T> target = rows.Slice(start, row.Length);
            for (int i = 0; i < target.Length; i++)
                target[i] += row[i];
        }
    }
}
