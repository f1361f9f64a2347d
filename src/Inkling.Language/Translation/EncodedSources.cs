namespace Inkling.Language;

/// <summary>What was read of some sources, laid out for the rows of a search.</summary>
internal sealed class EncodedSources
{
    private readonly float[] _memory, _keys;
    private readonly int _sources;
    private int[] _rows = [];

    public EncodedSources(Tensor memory, Tensor keys, int[] lengths, float[][] states)
    {
        (Steps, _sources, MemoryWidth, KeyWidth) = (memory.Shape[0], memory.Shape[1], memory.Shape[2], keys.Shape[2]);
        (_memory, _keys) = (memory.ToArray(), keys.ToArray());
        (Memory, Keys, Lengths, States) = ([], [], lengths, states);
    }

    public int Steps { get; }

    public int MemoryWidth { get; }

    public int KeyWidth { get; }

    /// <summary>For each source, how many steps count.</summary>
    public int[] Lengths { get; }

    /// <summary>The hidden states of all layers and then the cell states, each <c>[rows, H]</c>.</summary>
    public float[][] States { get; }

    /// <summary><c>[Ts, rows, H]</c>.</summary>
    public float[] Memory { get; private set; }

    /// <summary><c>[Ts, rows, A]</c>.</summary>
    public float[] Keys { get; private set; }

    /// <summary>Lays everything out for rows, whose states come from rows of the last step.</summary>
    public void Take(List<BeamRow> rows)
    {
        int[] from = [.. rows.Select(row => row.From)];
        for (int i = 0; i < States.Length; i++) States[i] = Picked(States[i], from, 1, States[i].Length / MemoryWidth);
        int[] sources = [.. rows.Select(row => row.Sentence)];
        if (sources.AsSpan().SequenceEqual(_rows)) return;
        (_rows, Memory, Keys) = (sources, Picked(_memory, sources, Steps, _sources), Picked(_keys, sources, Steps, _sources));
    }

    /// <summary>Of an array <c>[steps, count, width]</c> the rows given, in each step.</summary>
    private static float[] Picked(float[] all, int[] rows, int steps, int count)
    {
        int width = all.Length / (steps * count);
        float[] picked = new float[steps * rows.Length * width];
        for (int t = 0; t < steps; t++)
        {
            for (int r = 0; r < rows.Length; r++) all.AsSpan(((t * count) + rows[r]) * width, width).CopyTo(picked.AsSpan(((t * rows.Length) + r) * width));
        }

        return picked;
    }
}
