using CsCheck;

namespace Inkling.Text.Tests;

/// <summary>Texts for tests: a small made-up mailbox, and random text of every kind.</summary>
internal static class Texts
{
    public static readonly string[] Specials = ["<pad>", "<s>", "</s>", "<subject>", "<body>", "<number>", "<email>"];

    public static readonly string[] Mail =
    [
        "Hi Nora,\n\nThank you for your help with the garden plan. I'll send you the drawings on Monday.\n\nBest regards,\nTomas",
        "Dear all,\n\nPlease find attached the minutes of our meeting. If you have any questions, please let me know.\n\nKind regards,\nNora",
        "Hello Tomas,\n\nthanks a lot for the drawings! We'd like to plant <number> apple trees. Could you call me at <number> tomorrow?\n\nNora",
        "Hi,\n\nI don't think that we can make it on Friday; let's meet next week instead. Please let me know what works for you.\n\nThanks,\nJo",
        "Please let me know if you have any questions.  Thank you for your patience - the report isn't ready yet.\n",
        "Größe, naïve café, 北京 and Ελλάδα are words too; так и есть. We’re fine 👍🏽 with that.",
    ];

    public static Tokenizer Train(int size = 600) =>
        BpeTrainer.Train(Mail, new BpeTrainerOptions { VocabularySize = size, SpecialTokens = Specials, MinimumFrequency = 1 });

    /// <summary>Mixtures of plain words, special tokens and their parts, white space, apostrophes, marks, emoji, any code unit at all.</summary>
    public static readonly Gen<string> Any = Gen.Frequency(
        (6, Gen.OneOf("the", "plan", " garden", "don't", "I'll", "we’re", "Nora", "x", "'s", "'", "’", "''")),
        (4, Gen.OneOf(" ", "  ", "\n", "\r\n", "\n\n", "\t", "\u00A0", "\u0085", "\u2028", "\u3000", "\uFEFF", "\v", "\u200B", "\u180E")),
        (2, Gen.OneOf("<s>", "<number>", "<numb", "er>", "<", "<su<subject>", "<body", "</s", "</", ">")),
        (2, Gen.OneOf("1", "42", "²", "Ⅷ", "٣", ".", ",", "--", "=====", "…", "(", "$", "€")),
        (2, Gen.OneOf("é", "e\u0301", "ñ", "北", "か", "हिन्दी", "👍🏽", "🇩🇪", "𝒜", "\u0327", "\u202E", "שלום", "\uFFFD")),
        (1, Gen.Char.Select(c => c.ToString())),
        (1, Gen.Int[0x10000, 0x10FFFF].Select(char.ConvertFromUtf32)),
        (1, Gen.OneOf("\uD800", "\uDC00", "\uD83D"))).Array[0, 30].Select(string.Concat);
}
