namespace Inkling.Training.Data;

/// <summary>
/// Items that can be read by number, each with the same fields. Reading one must depend on its number alone and be safe from any thread,
/// so that a <see cref="DataLoader"/> can read ahead and an epoch can be repeated bit for bit.
/// </summary>
/// <remarks>By convention the first field is what a model gets and the second what it shall say.</remarks>
public abstract class DataSet
{
    /// <summary>How many items there are.</summary>
    public abstract int Count { get; }

    /// <summary>What each item has.</summary>
    public abstract IReadOnlyList<DataField> Fields { get; }

    /// <summary>What errors call an item, such as its file.</summary>
    /// <param name="item">0 … <see cref="Count"/> − 1.</param>
    public virtual string NameOf(int item) => $"item {item}";

    /// <summary>The length of an item in a field that <see cref="DataField.Varies"/>; 1 in others.</summary>
    /// <param name="item">0 … <see cref="Count"/> − 1.</param>
    /// <param name="field">The number of the field.</param>
    public virtual int LengthOf(int item, int field) => 1;

    /// <summary>Reads a field of real numbers.</summary>
    /// <param name="item">0 … <see cref="Count"/> − 1.</param>
    /// <param name="field">The number of the field.</param>
    /// <param name="into">Receives the values, row-major; exactly as long as the item.</param>
    /// <exception cref="InvalidOperationException">The field holds whole numbers.</exception>
    public virtual void ReadNumbers(int item, int field, Span<float> into) => throw WrongKind(field, "real");

    /// <summary>Reads a field of whole numbers.</summary>
    /// <param name="item">0 … <see cref="Count"/> − 1.</param>
    /// <param name="field">The number of the field.</param>
    /// <param name="into">Receives the values, row-major; exactly as long as the item.</param>
    /// <exception cref="InvalidOperationException">The field holds real numbers.</exception>
    public virtual void ReadIntegers(int item, int field, Span<int> into) => throw WrongKind(field, "whole");

    /// <summary>The number of a field.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public int FieldNamed(string name)
    {
        for (int i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Name == name) return i;
        }

        throw new KeyNotFoundException($"{GetType().Name}: no field is called '{name}'. There are: {string.Join(", ", Fields.Select(field => field.Name))}.");
    }

    /// <summary>Some of the items, in the order given.</summary>
    /// <param name="items">Their numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public DataSet Subset(IReadOnlyList<int> items) => new SubsetDataSet(this, items);

    /// <summary>The items for which a condition holds, in order.</summary>
    /// <param name="keep">Gets the number of the item.</param>
    public DataSet Where(Func<int, bool> keep) => Subset([.. Enumerable.Range(0, Count).Where(keep)]);

    private InvalidOperationException WrongKind(int field, string asked)
        => new($"{GetType().Name}: the field '{Fields[field].Name}' holds {Fields[field].Kind}; {asked} numbers were asked for.");
}
