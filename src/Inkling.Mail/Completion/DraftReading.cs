using System.Text;
using Inkling.Language;
using Inkling.Text;

namespace Inkling.Mail;

/// <summary>
/// A request as the model reads it: the tokens that are settled, whatever is typed next, and the bytes of the word that is not.
/// Reused from keystroke to keystroke.
/// </summary>
internal sealed class DraftReading(Tokenizer tokenizer, MailPrompt prompt)
{
    /// <summary>The draft is read from here on back, in characters; what lies before matters to nobody and to no model.</summary>
    public const int Window = 4_096;

    /// <summary>The window moves in steps, so that a session seldom has to read it anew.</summary>
    public const int WindowStep = 2_048;

    // Characters of the answered message that are looked at: room for its heading before the part that is read.
    private const int LongestPrevious = 16_384;

    private readonly List<int> _head = new(160);
    private readonly List<int> _tokens = new(512);
    private byte[] _typed = new byte[256];
    private int _typedLength;
    private string? _subject;
    private string? _previous;

    /// <summary>Head and settled tokens of the draft.</summary>
    public ReadOnlySpan<int> Tokens => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_tokens);

    /// <summary>The bytes of the unfinished word, with the white space before it.</summary>
    public ReadOnlySpan<byte> Typed => _typed.AsSpan(0, _typedLength);

    /// <summary>Whether the caret follows a letter or a mark, not white space.</summary>
    public bool InsideWord => _typedLength > 0 && _typed[_typedLength - 1] is not ((byte)' ' or (byte)'\n');

    /// <summary>Why there is nothing to complete, or null.</summary>
    public string? Reason { get; private set; }

    /// <summary>White space that the writer puts after a sentence and that the caret still lacks; see <see cref="SentenceSpacing"/>.</summary>
    public SentenceSpacing Spacing { get; private set; }

    /// <summary>Reads a request.</summary>
    public void Read(CompletionRequest request)
    {
        _tokens.Clear();
        _typedLength = 0;
        Reason = null;
        if (string.IsNullOrWhiteSpace(request.Text) && string.IsNullOrWhiteSpace(request.Subject) && string.IsNullOrWhiteSpace(request.Previous))
        {
            Reason = CompletionReason.NothingToComplete;
            return;
        }
        ReadHead(request);
        var text = request.Text.AsSpan(WindowStart(request.Text));
        Spacing = SentenceSpacing.Of(text);
        if (PrivateText.EndsIn(text))
        {
            Reason = CompletionReason.Privacy;
            return;
        }
        var normalized = TextNormalizer.Normalize(text);
        if (TextNormalizer.EndsInPlaceholder(normalized))
        {
            Reason = CompletionReason.Privacy;
            return;
        }
        var stable = tokenizer.StableLength(normalized);
        _tokens.AddRange(_head);
        tokenizer.Encode(normalized.AsSpan(0, stable), _tokens);
        var open = normalized.AsSpan(stable);
        if (_typed.Length < 3 * open.Length)
            _typed = new byte[3 * open.Length];
        _typedLength = Encoding.UTF8.GetBytes(open, _typed);
    }

    private void ReadHead(CompletionRequest request)
    {
        if (_subject == request.Subject && _previous == request.Previous)
            return;
        _head.Clear();
        prompt.AppendHead(
            TextNormalizer.Normalize(Start(request.Subject, 4 * 32 * MailPrompt.SubjectTokens)),
            TextNormalizer.Normalize(Start(Answered(request.Previous), 4 * 32 * MailPrompt.PreviousTokens)), _head);
        (_subject, _previous) = (request.Subject, request.Previous);
    }

    // As in training: without the heading, quote marks and signature that a mail program hands over with the message.
    private static string Answered(string? previous) => MailCleaner.CleanPrevious(Start(previous, LongestPrevious).ToString());

    private static ReadOnlySpan<char> Start(string? text, int most) => text is null ? default : text.AsSpan(0, Math.Min(text.Length, most));

    /// <summary>
    /// Where reading starts: at 0, or for long drafts at the first line or word after a multiple of <see cref="WindowStep"/>. Depends on the
    /// text alone, and only on its length and the characters near the cut.
    /// </summary>
    private static int WindowStart(string text)
    {
        if (text.Length <= Window)
            return 0;
        var cut = (text.Length - Window + WindowStep - 1) / WindowStep * WindowStep;
        var near = text.AsSpan(cut, Math.Min(256, text.Length - cut));
        var blank = near.IndexOfAny(' ', '\n');
        if (blank >= 0)
            return cut + blank + 1;
        return char.IsLowSurrogate(text[cut]) ? cut + 1 : cut;
    }
}
