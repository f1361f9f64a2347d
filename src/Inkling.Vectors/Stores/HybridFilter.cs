namespace Inkling.Vectors;

/// <summary>Which entries a search may find: those that satisfy everything that is given. It is data, so that a server can apply it.</summary>
public sealed record HybridFilter
{
    /// <summary>Labels that an entry must have with exactly this value. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels whose value must have this part, whatever the case of its letters. Default: none.</summary>
    public IReadOnlyDictionary<string, string> LabelParts { get; init; } = new Dictionary<string, string>();

    /// <summary>The earliest time, which still counts; null for any, also none.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which it must be; null for any, also none.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Whether an entry satisfies it.</summary>
    public bool Passes(HybridEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Labels.All(wanted => entry.Labels.TryGetValue(wanted.Key, out string? value) && value == wanted.Value)
            && LabelParts.All(wanted => entry.Labels.TryGetValue(wanted.Key, out string? value) && value.Contains(wanted.Value, StringComparison.OrdinalIgnoreCase))
            && (From is null || entry.Time >= From)
            && (Before is null || entry.Time < Before);
    }
}
