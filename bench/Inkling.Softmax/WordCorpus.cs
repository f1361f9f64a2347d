namespace Inkling.SoftmaxComparison;

/// <summary>
/// The Penn Treebank as word numbers: the commonest words of the training text, a mark for every other word and one for the end of a
/// line. Words are numbered in alphabetical order, so that nothing can rely on common words having small numbers.
/// </summary>
internal sealed class WordCorpus
{
    private const string Unknown = "<unk>", End = "<eos>";

    private WordCorpus(int[] training, int[] validation, long[] counts)
    {
        Training = training;
        Validation = validation;
        Counts = counts;
    }

    public int[] Training { get; }

    public int[] Validation { get; }

    /// <summary>How often each word occurs in the training text.</summary>
    public long[] Counts { get; }

    /// <summary>Reads <c>ptb.train.txt</c> and <c>ptb.valid.txt</c>.</summary>
    public static WordCorpus Read(string folder, int vocabulary)
    {
        string[] training = Words(Path.Combine(folder, "ptb.train.txt")), validation = Words(Path.Combine(folder, "ptb.valid.txt"));
        IEnumerable<string> known = training.CountBy(word => word).Where(word => word.Key is not (Unknown or End))
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(vocabulary - 2).Select(word => word.Key);
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        foreach (string word in known.Append(Unknown).Append(End).Order(StringComparer.Ordinal)) numbers[word] = numbers.Count;
        int[] Numbers(string[] words) => [.. words.Select(word => numbers.GetValueOrDefault(word, numbers[Unknown]))];
        int[] tokens = Numbers(training);
        long[] counts = new long[vocabulary];
        foreach (int token in tokens) counts[token]++;
        return new WordCorpus(tokens, Numbers(validation), counts);
    }

    /// <summary>The folder of the corpus beside the repository, or null.</summary>
    public static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string corpus = Path.Combine(folder.FullName, "shared", "data", "lm", "ptb");
            if (Directory.Exists(corpus)) return corpus;
        }

        return null;
    }

    private static string[] Words(string file) => [.. File.ReadLines(file).SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(End))];
}
