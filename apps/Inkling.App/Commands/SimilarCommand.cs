using System.CommandLine;
using Inkling.App.Running;
using Inkling.App.Words;
using Inkling.Language;

namespace Inkling.App.Commands;

/// <summary><c>similar</c>: the words nearest to a word, or of several the odd one out.</summary>
internal sealed class SimilarCommand : AppCommand
{
    private readonly Argument<string[]> _words = new("WORD") { Description = "A word; of three or more the odd one out is told.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _vectors = WordOptions.Vectors();
    private readonly Option<int> _top = WordOptions.Top();
    private readonly Option<bool> _json = WordOptions.Json();

    public SimilarCommand() : base("similar", "Find the words that are nearest in meaning, or the odd one out of several.")
    {
        Add(_words);
        Add(_vectors);
        Add(_top);
        Add(_json);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling similar invoice", "the ten nearest words"),
        ("inkling similar --top 5 --json invoice", "five of them as JSON"),
        ("inkling similar breakfast cereal dinner lunch", "which does not belong: the worst fit comes last"),
        ("inkling similar --vectors glove.6B.100d.txt invoice", "with vectors of your own: word2vec, GloVe, fastText .vec"),
    ];

    public override async Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        string[] words = given.GetValue(_words)!;
        if (words.Length == 2) throw FailureException.Usage("similar takes one word, or three and more to find the odd one out");
        int top = WordOptions.Checked(given.GetValue(_top));
        string? file = given.GetValue(_vectors);
        ScoredTextAnswer.Print(await Leaving.RunAsync(
            () =>
            {
                SubwordVectors? withParts = ShippedVectors.LoadWithParts(file);
                WordVectors vectors = withParts?.Words ?? ShippedVectors.Load(file);
                return words.Length == 1 ? withParts?.Nearest(words[0], top) ?? vectors.Nearest(words[0], top) : [.. vectors.OddOneOut(words).Reverse()];
            },
            stop).ConfigureAwait(false), given.GetValue(_json));
        return ExitCode.Done;
    }
}
