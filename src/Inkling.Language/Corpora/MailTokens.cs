namespace Inkling.Language;

/// <summary>
/// The special tokens of a mail language model: what gives a mail its structure, and what stands for things nobody should learn.
/// The one place where they are spelt.
/// </summary>
/// <remarks>
/// They are written in white square brackets, which normalised text never brings in from outside: nothing a person writes,
/// <c>&lt;body&gt;</c> included, can be read as structure.
/// </remarks>
public static class MailTokens
{
    /// <summary>Fills up batches; never read.</summary>
    public const string Pad = "⟦pad⟧";

    /// <summary>Begins a mail; the model's state is cleared before it.</summary>
    public const string Start = "⟦s⟧";

    /// <summary>Ends a mail.</summary>
    public const string End = "⟦/s⟧";

    /// <summary>Begins the subject line.</summary>
    public const string Subject = "⟦subject⟧";

    /// <summary>Begins the message being answered.</summary>
    public const string Previous = "⟦previous⟧";

    /// <summary>Begins the author's own words.</summary>
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

    /// <summary>The tokens that give a mail its structure. They never come from text.</summary>
    public static IReadOnlyList<string> Structure { get; } = [Pad, Start, End, Subject, Previous, Body];

    /// <summary>The tokens that normalisation writes into text.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = [Number, Email, Url, Phone, Id];

    /// <summary>All special tokens in the order of their ids in a new tokenizer: <see cref="Pad"/> is 0.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Structure, .. Placeholders];

    /// <summary>The character with which every special token starts.</summary>
    public const char Open = '⟦';

    /// <summary>The character with which every special token ends.</summary>
    public const char Close = '⟧';

    /// <summary>Length of the placeholder that <paramref name="text"/> starts with; 0 when there is none.</summary>
    /// <param name="text">Any text.</param>
    public static int PlaceholderLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != Open)
            return 0;
        foreach (var placeholder in Placeholders)
        {
            if (text.StartsWith(placeholder))
                return placeholder.Length;
        }
        return 0;
    }
}
