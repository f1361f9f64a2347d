using System.Diagnostics.CodeAnalysis;
using Inkling.Text;

namespace Inkling.Language;

/// <summary>
/// How a mail is laid out as tokens, for training and for completing alike:
/// <c>⟦s⟧ ⟦subject⟧ … ⟦previous⟧ … ⟦body⟧ … ⟦/s⟧</c>. Absent parts are left out with their mark; the body's mark always stands.
/// </summary>
public sealed class MailPrompt
{
    /// <summary>Tokens of the subject that are read at most.</summary>
    public const int SubjectTokens = 32;

    /// <summary>Tokens of the answered message that are read at most, from its beginning.</summary>
    public const int PreviousTokens = 64;

    private readonly Tokenizer _tokenizer;

    /// <summary>Prepares the layout for a tokenizer.</summary>
    /// <param name="tokenizer">Has the tokens of <see cref="MailTokens"/>.</param>
    /// <exception cref="ArgumentException">A token is missing.</exception>
    public MailPrompt(Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        Pad = Find(MailTokens.Pad);
        Start = Find(MailTokens.Start);
        End = Find(MailTokens.End);
        Subject = Find(MailTokens.Subject);
        Previous = Find(MailTokens.Previous);
        Body = Find(MailTokens.Body);
        foreach (var placeholder in MailTokens.Placeholders)
            Find(placeholder);
    }

    /// <summary>Number of tokens of the tokenizer.</summary>
    public int VocabularySize => _tokenizer.VocabularySize;

    /// <summary>Id of <see cref="MailTokens.Pad"/>.</summary>
    public int Pad { get; }

    /// <summary>Id of <see cref="MailTokens.Start"/>.</summary>
    public int Start { get; }

    /// <summary>Id of <see cref="MailTokens.End"/>.</summary>
    public int End { get; }

    /// <summary>Id of <see cref="MailTokens.Subject"/>.</summary>
    public int Subject { get; }

    /// <summary>Id of <see cref="MailTokens.Previous"/>.</summary>
    public int Previous { get; }

    /// <summary>Id of <see cref="MailTokens.Body"/>.</summary>
    public int Body { get; }

    /// <summary>Appends everything before the author's first word: from the start mark to the body mark.</summary>
    /// <param name="subject">Normalised subject; empty when there is none.</param>
    /// <param name="previous">Normalised text of the answered message; empty when there is none. Only its beginning is read.</param>
    /// <param name="into">Receives the tokens.</param>
    public void AppendHead(ReadOnlySpan<char> subject, ReadOnlySpan<char> previous, List<int> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        into.Add(Start);
        AppendPart(Subject, subject.Trim(), SubjectTokens, into);
        AppendPart(Previous, previous.Trim(), PreviousTokens, into);
        into.Add(Body);
    }

    /// <summary>Appends a whole mail: head, body and end mark.</summary>
    /// <param name="subject">Normalised subject; empty when there is none.</param>
    /// <param name="previous">Normalised text of the answered message; empty when there is none.</param>
    /// <param name="body">Normalised text of the author.</param>
    /// <param name="into">Receives the tokens.</param>
    public void AppendMail(ReadOnlySpan<char> subject, ReadOnlySpan<char> previous, ReadOnlySpan<char> body, List<int> into)
    {
        AppendHead(subject, previous, into);
        _tokenizer.Encode(body, into);
        into.Add(End);
    }

    private void AppendPart(int mark, ReadOnlySpan<char> text, int most, List<int> into)
    {
        if (text.IsEmpty)
            return;
        into.Add(mark);
        var before = into.Count;
        // No token is shorter than a byte and few are longer than sixteen characters: what is cut here cannot matter.
        _tokenizer.Encode(text[..Math.Min(text.Length, most * 32)], into);
        if (into.Count - before > most)
            into.RemoveRange(before + most, into.Count - before - most);
    }

    private int Find(string special) => _tokenizer.Id(special) ?? ThrowMissing(special);

    [DoesNotReturn]
    private static int ThrowMissing(string special) => throw new ArgumentException(
        $"MailPrompt: the tokenizer has no token {special}. Train it with the special tokens of MailTokens.All.", nameof(special));
}
