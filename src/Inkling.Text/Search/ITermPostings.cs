namespace Inkling.Text;

/// <summary>Which documents have which terms, and how often: in memory or in a file.</summary>
internal interface ITermPostings
{
    /// <summary>Documents there are, removed ones included.</summary>
    int Documents { get; }

    /// <summary>The key of a document.</summary>
    long Key(int document);

    /// <summary>Terms of a document, each repetition counted; −1 if it was removed.</summary>
    int Length(int document);

    /// <summary>The documents that have a term, in order, and how often each has it; nothing where none has it.</summary>
    void Find(string term, out ReadOnlySpan<int> documents, out ReadOnlySpan<int> counts);
}
