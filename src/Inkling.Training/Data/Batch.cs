namespace Inkling.Training.Data;

/// <summary>Items that a model gets at once. A batch is valid until the next one is asked for; its memory is then used again.</summary>
public sealed class Batch
{
    private readonly BatchField[] _fields;
    private readonly int[] _items;

    internal Batch(IReadOnlyList<DataField> fields, int capacity)
    {
        _fields = [.. fields.Select(field => new BatchField(field))];
        _items = new int[capacity];
    }

    /// <summary>The pass over the data it belongs to, from 0.</summary>
    public long Epoch { get; private set; }

    /// <summary>Which batch of the epoch it is, from 0.</summary>
    public long Number { get; private set; }

    /// <summary>How many items it has, B.</summary>
    public int Count { get; private set; }

    /// <summary>The numbers of its items in the set.</summary>
    public ReadOnlySpan<int> Items => _items.AsSpan(0, Count);

    /// <summary>What each item has.</summary>
    public IReadOnlyList<BatchField> Fields => _fields;

    /// <summary>A field by number.</summary>
    public BatchField this[int field] => _fields[field];

    /// <summary>A field by name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public BatchField this[string name] => _fields[FieldNamed(name)];

    internal int FieldNamed(string name)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            if (_fields[i].Field.Name == name) return i;
        }

        throw new KeyNotFoundException($"Batch: no field is called '{name}'. There are: {string.Join(", ", _fields.Select(field => field.Field.Name))}.");
    }

    internal void Begin(long epoch, long number, ReadOnlySpan<int> items)
    {
        Epoch = epoch;
        Number = number;
        Count = items.Length;
        items.CopyTo(_items);
    }
}
