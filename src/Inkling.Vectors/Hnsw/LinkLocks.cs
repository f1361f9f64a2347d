namespace Inkling.Vectors;

/// <summary>Locks for the links of places, shared by those whose numbers end alike, and one for the entry.</summary>
internal sealed class LinkLocks
{
    private const int Count = 4096;

    private readonly Lock[] _locks = [.. Enumerable.Range(0, Count).Select(_ => new Lock())];

    /// <summary>Held by whoever raises the highest layer.</summary>
    public Lock Entry { get; } = new();

    /// <summary>The lock of a place. Nobody holds two.</summary>
    public Lock Of(int place) => _locks[place & (Count - 1)];
}
