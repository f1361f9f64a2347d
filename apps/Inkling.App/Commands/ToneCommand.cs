using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Inkling.App.Running;
using Inkling.Language;
using Inkling.Numerics;

namespace Inkling.App.Commands;

/// <summary><c>tone</c>: whether a text is positive or negative, and which words make it so.</summary>
internal sealed class ToneCommand : AppCommand
{
    private const string Shipped = "tone";

    // Some forty pages: answered within a second. A longer text has no one tone.
    private const int MostCharacters = 100_000;

    private readonly Argument<string[]> _text = new("TEXT")
    {
        Description = "The text, in English; - or nothing reads standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _model = new("--model") { Description = "The folder of a text classifier; by default the shipped one.", HelpName = "DIR" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the answer as one JSON document." };

    public ToneCommand() : base("tone", "Tell whether a text is positive or negative, and why.")
    {
        Add(_text);
        Add(_model);
        Add(_json);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling tone \"I don't think it is a bad hotel at all\"", "positive or negative, and what it would be without the words that matter most"),
        ("inkling tone --json \"The room was not as clean as we hoped\"", "the answer as JSON"),
        ("inkling tone - < review.txt", "a text from a file"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        string[] words = given.GetValue(_text) ?? [];
        if (words.Length > 1)
        {
            throw FailureException.Usage("tone takes one text: put it in quotes");
        }

        // The parser takes an option it does not know for a text; a mistyped one has no tone.
        if (words is [['-', '-', _, ..] mistyped] && !given.Tokens.Any(token => token.Type is TokenType.DoubleDash))
        {
            throw FailureException.Usage($"tone has no option {mistyped}; put -- before a text that begins with dashes");
        }

        string folder = ModelChoice.ResolveNamed(given.GetValue(_model), Shipped, "name the folder of a text classifier with --model");
        string text = words is [var one] && one != "-" ? one : StandardInput.ReadText("text");
        if (text.Length > MostCharacters)
        {
            throw new FailureException(string.Create(CultureInfo.InvariantCulture, $"the text has {text.Length:N0} characters; tone reads up to {MostCharacters:N0}. Give a part of it"));
        }

        if (TextClassifier.WordsOf(text).Count == 0)
        {
            throw new FailureException("the text has no words; give a sentence, as in: inkling tone \"I like it\"");
        }

        // One thread: the matrices of a sentence are too small to share, and threads take time to start.
        using Team team = new(1);
        using TextClassifier classifier = TextClassifier.Load(folder, team);
        TextClassification tone = classifier.Classify(text);
        if (tone.KnownWords == 0)
        {
            throw new FailureException($"none of the {(tone.Words == 1 ? "words" : $"{tone.Words} words")} is known to the model; it reads English");
        }

        stop.ThrowIfCancellationRequested();
        StandardOutput.WriteLine(given.GetValue(_json) ? Json(tone) : Describe(tone, classifier.Explain(text)));
        return Task.FromResult(ExitCode.Done);
    }

    // Written by hand: a serializer takes longer to set up than the answer to find.
    private static string Json(TextClassification tone) =>
        $"{{\"label\": \"{JsonEncodedText.Encode(tone.Label)}\", \"confidence\": {Rounded(tone.Confidence)}}}";

    private static string Describe(TextClassification tone, IReadOnlyList<WordInfluence> reasons)
    {
        StringBuilder text = new($"{tone.Label} {Rounded(tone.Confidence)}");
        int widest = reasons.Select(reason => Shown(reason.Word).Length).DefaultIfEmpty(0).Max();
        foreach (WordInfluence reason in reasons)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  without {$"\"{Shown(reason.Word)}\"".PadRight(widest + 2)}  {reason.Without.Label} {Rounded(reason.Without.Confidence)}");
        }

        return text.ToString();
    }

    private static string Shown(string word)
    {
        string clean = string.Concat(word.Where(letter => !char.IsControl(letter)));
        return clean.Length <= 24 ? clean : clean[..23] + "…";
    }

    // Never 1: no text is certain.
    private static string Rounded(double confidence) => Math.Min(Math.Round(confidence, 4), 0.9999).ToString("0.00##", CultureInfo.InvariantCulture);
}
