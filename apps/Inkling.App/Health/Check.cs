using System.Text.Json.Serialization;

namespace Inkling.App.Health;

/// <summary>How one thing stands.</summary>
internal enum CheckState
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("fine")]
    Fine,

    /// <summary>Works, but worse than it could.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Does not work.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>What was found out about one part of the installation.</summary>
/// <param name="Name">The part, in a word or two.</param>
/// <param name="State">How it stands: <c>fine</c>, <c>warning</c> or <c>failed</c>.</param>
/// <param name="Found">What was found.</param>
/// <param name="Remedy">What to do about it; null when nothing is to be done.</param>
internal sealed record Check(string Name, CheckState State, string Found, string? Remedy = null)
{
    /// <summary>As it should be.</summary>
    public static Check Fine(string name, string found) => new(name, CheckState.Fine, found);

    /// <summary>Works, but worse than it could.</summary>
    public static Check Warning(string name, string found, string remedy) => new(name, CheckState.Warning, found, remedy);

    /// <summary>Does not work.</summary>
    public static Check Failed(string name, string found, string remedy) => new(name, CheckState.Failed, found, remedy);
}
