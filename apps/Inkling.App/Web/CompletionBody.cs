using System.Text.Json.Serialization;

namespace Inkling.App.Web;

/// <summary>The body of <c>POST /v1/completions</c>.</summary>
public sealed record CompletionBody
{
    /// <summary>The draft up to the caret. The only field that is required; any length the body limit allows.</summary>
    [JsonRequired]
    public string? Text { get; init; }

    /// <summary>The subject line.</summary>
    public string? Subject { get; init; }

    /// <summary>The text of the message being answered.</summary>
    public string? Previous { get; init; }

    /// <summary>The recipients.</summary>
    public IReadOnlyList<string?>? To { get; init; }

    /// <summary>Any name for this draft, at most 128 characters: with it the server keeps the model's state between keystrokes.
    /// The answers are the same without.</summary>
    public string? Session { get; init; }
}
