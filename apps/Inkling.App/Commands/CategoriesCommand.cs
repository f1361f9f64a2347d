using System.CommandLine;
using Inkling.App.Running;
using Inkling.App.Words;
using Inkling.Language;
using Inkling.Nn.Checkpoints;

namespace Inkling.App.Commands;

/// <summary><c>categories</c>: what a text is about, of categories that are only named.</summary>
internal sealed class CategoriesCommand : AppCommand
{
    private readonly Argument<string> _text = new("TEXT") { Description = "The text, in English; - reads standard input." };
    private readonly Argument<string[]> _names = new("NAME") { Description = "The categories, two at least, each a word or several in quotes.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _svg = new("--svg") { Description = "Write a picture with a bar and a pie chart.", HelpName = "FILE" };
    private readonly Option<string?> _vectors = WordOptions.Vectors();
    private readonly Option<bool> _json = WordOptions.Json();

    public CategoriesCommand() : base("categories", "Share a text out among categories by the meanings of its words.")
    {
        Add(_text);
        Add(_names);
        foreach (Option option in (Option[])[_svg, _vectors, _json]) Add(option);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling categories \"Roses are red, trucks are blue, and Seattle is grey right now\" Flowers Colors Cars Weather Food", "what is it about?"),
        ("inkling categories --svg about.svg \"We had pasta in Rome and flew home\" Food Travel Sports", "the same as a picture with bars and a pie"),
        ("inkling categories --json - Finance Sports Music < mail.txt", "a text from a file, the answer as JSON"),
    ];

    public override async Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        string text = given.GetValue(_text)! is var one && one != "-" ? one : await Leaving.RunAsync(() => StandardInput.ReadText("text"), stop).ConfigureAwait(false);
        string[] names = given.GetValue(_names)!;
        if (names.Length < 2) throw FailureException.Usage("categories takes a text and two categories or more");
        if (names.FirstOrDefault(name => name.StartsWith("--", StringComparison.Ordinal)) is { } mistyped) throw FailureException.Usage($"categories has no option {mistyped}");
        string? vectors = given.GetValue(_vectors);
        WordCategories result = await Leaving.RunAsync(() => WordCategories.Of(ShippedVectors.Load(vectors), text, names), stop).ConfigureAwait(false);
        if (given.GetValue(_svg) is { } file) AtomicFile.WriteText(file, CategoryPicture.Draw(result, alone: true));
        ScoredTextAnswer.Print(result.Categories, given.GetValue(_json));
        return ExitCode.Done;
    }
}
