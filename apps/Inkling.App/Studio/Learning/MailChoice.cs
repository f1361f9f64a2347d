namespace Inkling.App.Studio.Learning;

/// <summary>The mail to learn from.</summary>
public sealed record MailChoice
{
    /// <summary>Mail files and folders, absolute.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>The writer's addresses, separated by commas; null to find out from the mail.</summary>
    public string? Me { get; init; }
}
