using System.CommandLine;
using Inkling.App.Running;

namespace Inkling.App.Words;

/// <summary>Options that the commands of words share.</summary>
internal static class WordOptions
{
    public static Option<string?> Vectors() => new("--vectors") { Description = "Word vectors: a file of word2vec (text or binary), GloVe or 32-bit rows, plain or .gz, or a folder; by default the shipped ones.", HelpName = "FILE" };

    public static Option<bool> Json() => new("--json") { Description = "Print the answer as one JSON document: [{\"text\", \"score\"}], best first." };

    public static Option<int> Top() => new("--top") { Description = "How many.", DefaultValueFactory = _ => 10, HelpName = "N" };

    public static int Checked(int top) => top is > 0 and <= 100_000 ? top : throw FailureException.Usage($"--top {top}: give 1 to 100000");
}
