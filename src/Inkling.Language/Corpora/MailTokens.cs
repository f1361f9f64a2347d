namespace Inkling.Language;

/// <summary>The special tokens of a mail language model: what gives a mail its structure, and what stands for things nobody should learn.</summary>
public static class MailTokens
{
    /// <summary>Fills up batches; never read.</summary>
    public const string Padding = "<pad>";

    /// <summary>Begins a mail; the model's state is cleared before it.</summary>
    public const string Start = "<s>";

    /// <summary>Ends a mail.</summary>
    public const string End = "</s>";

    /// <summary>Begins the subject line.</summary>
    public const string Subject = "<subject>";

    /// <summary>Begins the message being answered.</summary>
    public const string Previous = "<previous>";

    /// <summary>Begins the author's own words.</summary>
    public const string Body = "<body>";

    /// <summary>Stands for a number: digits with their separators.</summary>
    public const string Number = "<number>";

    /// <summary>Stands for an e-mail address.</summary>
    public const string Email = "<email>";

    /// <summary>Stands for a link.</summary>
    public const string Url = "<url>";

    /// <summary>Stands for a phone number.</summary>
    public const string Phone = "<phone>";

    /// <summary>Stands for an account, order or document number: letters and digits mixed.</summary>
    public const string Id = "<id>";

    /// <summary>All of them, in the order of their ids in a new tokenizer.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Padding, Start, End, Subject, Previous, Body, Number, Email, Url, Phone, Id];

    /// <summary>Those that stand for something in the text.</summary>
    public static IReadOnlyList<string> Placeholders { get; } = [Number, Email, Url, Phone, Id];
}
