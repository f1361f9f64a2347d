namespace Inkling.Mail;

/// <summary>
/// The special tokens of the mail model: the structure of a prompt, and the placeholders that stand for numbers and addresses.
/// The one place where they are spelt.
/// </summary>
/// <remarks>
/// They are written in white square brackets, which <see cref="TextNormalizer"/> lets no text bring in from outside
/// (they become ordinary brackets). So nothing a person writes, <c>&lt;body&gt;</c> and <c>&lt;number&gt;</c> included, can be read as structure.
/// The five placeholders alone pass unchanged, which makes normalising twice harmless; they carry nothing that could be learnt.
/// </remarks>
public static class MailTokens
{
    /// <summary>Fills up sequences; never predicted.</summary>
    public const string Pad = "⟦pad⟧";

    /// <summary>Starts every sequence.</summary>
    public const string Start = "⟦s⟧";

    /// <summary>Ends every mail.</summary>
    public const string End = "⟦/s⟧";

    /// <summary>Comes before the subject line.</summary>
    public const string Subject = "⟦subject⟧";

    /// <summary>Comes before the message that is answered.</summary>
    public const string Previous = "⟦previous⟧";

    /// <summary>Comes before the author's own text.</summary>
    public const string Body = "⟦body⟧";

    /// <summary>Stands for any number, date, time or amount.</summary>
    public const string Number = "⟦number⟧";

    /// <summary>Stands for an e-mail address.</summary>
    public const string Email = "⟦email⟧";

    /// <summary>Stands for a web address or host name.</summary>
    public const string Url = "⟦url⟧";

    /// <summary>Stands for a telephone number.</summary>
    public const string Phone = "⟦phone⟧";

    /// <summary>Stands for an account-like string: a long number, or letters and digits mixed.</summary>
    public const string Id = "⟦id⟧";

    /// <summary>The tokens that give a prompt its structure. They never come from text.</summary>
    public static IReadOnlyList<string> Structure { get; } = [Pad, Start, End, Subject, Previous, Body];

    /// <summary>The tokens that <see cref="TextNormalizer"/> writes into text.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = [Number, Email, Url, Phone, Id];

    /// <summary>All special tokens in the order of their ids: <see cref="Pad"/> is 0.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Structure, .. Placeholders];

    /// <summary>The character with which every special token starts.</summary>
    internal const char Open = '⟦';

    /// <summary>The character with which every special token ends.</summary>
    internal const char Close = '⟧';

    /// <summary>Length of the placeholder that <paramref name="text"/> starts with; 0 when there is none.</summary>
    internal static int PlaceholderLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != Open)
            return 0;
        foreach (string placeholder in Placeholders)
        {
            if (text.StartsWith(placeholder))
                return placeholder.Length;
        }
        return 0;
    }
}
