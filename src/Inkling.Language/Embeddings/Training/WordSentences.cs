using Inkling.Text;

namespace Inkling.Language;

/// <summary>Sentences of words from running text, for a <see cref="WordCorpus"/>: in lower case, cut as <see cref="EnglishWords"/> does, without marks and numbers.</summary>
public static class WordSentences
{
    /// <summary>Cuts a text at the ends of sentences and at empty lines. A word of a corpus has at least one letter.</summary>
    /// <param name="text">English text of any length.</param>
    public static IEnumerable<IReadOnlyList<string>> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (string paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            List<string> sentence = [];
            foreach (string word in EnglishWords.Split(paragraph))
            {
                if (word is "." or "!" or "?" or "..." && sentence.Count > 0)
                {
                    yield return sentence;
                    sentence = [];
                }
                else if (word.Any(char.IsLetter))
                {
                    sentence.Add(word);
                }
            }

            if (sentence.Count > 0) yield return sentence;
        }
    }
}
