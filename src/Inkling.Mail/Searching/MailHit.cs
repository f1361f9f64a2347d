namespace Inkling.Mail;

/// <summary>A mail that was found.</summary>
public sealed record MailHit
{
    /// <summary>Its Message-Id or, without one, a name made of its content; in a data set its id there, behind a name of the file.</summary>
    public required string Id { get; init; }

    /// <summary>How well it fits, 0 … 1: 1 is first by words and by meaning.</summary>
    public double Score { get; init; }

    /// <summary>Who wrote it: name and address, as far as they are known.</summary>
    public string From { get; init; } = "";

    /// <summary>When; null when unknown.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The subject.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The folder, or the file of a mailbox.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether the user wrote it.</summary>
    public bool Own { get; init; }

    /// <summary>The passage that was found, shortened to what fits best.</summary>
    public string Snippet { get; init; } = "";

    /// <summary>What to highlight in the snippet: words of the question or, without any, the sentence that means most nearly the same.</summary>
    public IReadOnlyList<Range> Highlights { get; init; } = [];

    /// <summary>Number of the mail in the index.</summary>
    public int Number { get; init; }

    /// <summary>Which it was by words, from 1; 0 if it was not among them.</summary>
    public int WordRank { get; init; }

    /// <summary>Which it was by meaning, from 1; 0 if it was not among them.</summary>
    public int MeaningRank { get; init; }
}
