using Inkling.Mail;

namespace Inkling.App.Studio.Searching;

/// <summary>Where the search stands: what is indexed, and what is under way.</summary>
internal sealed record SearchState
{
    /// <summary>Mails that can be found; 0 while there is no index.</summary>
    public int Mails { get; init; }

    /// <summary>Folders and files that were indexed.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Whether mail is being indexed.</summary>
    public bool Busy { get; init; }

    /// <summary>Whether indexing is held.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether indexing is about to end because the user said so.</summary>
    public bool Stopping { get; init; }

    /// <summary>How far indexing is.</summary>
    public MailIndexProgress Progress { get; init; }

    /// <summary>What the last run did, in a sentence; null before the first.</summary>
    public string? Done { get; init; }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Error { get; init; }
}
