namespace Inkling.Text;

/// <summary>Turns a text into the terms it is found by. Must give the same terms for the same text, always and on any thread.</summary>
public interface ITextAnalyzer
{
    /// <summary>Names the rules, their version included: an index file remembers it and is opened with no other. Up to 64 characters.</summary>
    string Name { get; }

    /// <summary>Adds the terms of a text, in their order, repeated ones each time.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="terms">Where they go.</param>
    void Analyze(ReadOnlySpan<char> text, ICollection<string> terms);
}
