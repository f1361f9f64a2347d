using System.Text;
using Inkling.Text;

namespace Inkling.Language.Tests.Decoding;

/// <summary>A tokenizer with a few merges, trained on made-up words.</summary>
internal static class TinyLanguage
{
    public static Tokenizer Tokenizer { get; } = BpeTrainer.Train(
        ["aba abab ab ba baab a b. ab ab ab abab ba ba. ab, ba aba ab ba."],
        new BpeTrainerOptions { VocabularySize = 256 + MailTokens.All.Count + 12, SpecialTokens = MailTokens.All });

    /// <summary>Every piece made of these characters only, and the end mark.</summary>
    public static int[] Alphabet(string characters)
    {
        var bytes = Encoding.UTF8.GetBytes(characters);
        var ids = new List<int>();
        for (var id = 0; id < Tokenizer.VocabularySize; id++)
        {
            var piece = Tokenizer.Bytes(id);
            if (!piece.IsEmpty && piece.IndexOfAnyExcept(bytes) < 0)
                ids.Add(id);
        }
        ids.Add(Tokenizer.Id(MailTokens.End)!.Value);
        return [.. ids];
    }
}
