namespace Inkling.App.Studio.Searching;

/// <summary>What the composer sends to find what the user wrote before.</summary>
internal sealed record BeforeBody
{
    /// <summary>The draft up to the caret.</summary>
    public string? Text { get; init; }

    /// <summary>The subject.</summary>
    public string? Subject { get; init; }

    /// <summary>The message being answered.</summary>
    public string? Previous { get; init; }
}
