using System.CommandLine;
using Inkling.App.Running;
using Inkling.App.Words;
using Inkling.Language;

namespace Inkling.App.Commands;

/// <summary><c>analogy</c>: what is to one word as another is to a third.</summary>
internal sealed class AnalogyCommand : AppCommand
{
    private const string Multiply = "multiply", AddUp = "add";

    private readonly Argument<string[]> _terms = new("TERMS") { Description = "Words with + and - between them: A - B + C.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _method = new("--method") { Description = "How candidates are compared: by the sum of cosines, or by their product, which keeps one from deciding alone.", DefaultValueFactory = _ => AddUp, HelpName = $"{AddUp}|{Multiply}" };
    private readonly Option<string?> _vectors = WordOptions.Vectors();
    private readonly Option<int> _top = WordOptions.Top();
    private readonly Option<bool> _json = WordOptions.Json();

    public AnalogyCommand() : base("analogy", "Calculate with the meanings of words: A - B + C.")
    {
        _method.AcceptOnlyFromAmong(AddUp, Multiply);
        foreach (Option option in (Option[])[_method, _vectors, _top, _json]) Add(option);
        Add(_terms);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling analogy king - man + woman", "what is to woman as king is to man?"),
        ("inkling analogy --top 3 --json paris - france + germany", "the three best as JSON"),
        ("inkling analogy --method multiply walking - walk + swim", "by the product of cosines"),
    ];

    public override async Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        AnalogyTerms terms = AnalogyTerms.Parse(given.GetValue(_terms)!);
        int top = WordOptions.Checked(given.GetValue(_top));
        string? file = given.GetValue(_vectors);
        AnalogyMethod method = given.GetValue(_method) == Multiply ? AnalogyMethod.Multiply : AnalogyMethod.Add;
        ScoredTextAnswer.Print(await Leaving.RunAsync(() => ShippedVectors.Load(file).Analogy(terms.Plus, terms.Minus, top, method), stop).ConfigureAwait(false), given.GetValue(_json));
        return ExitCode.Done;
    }
}
