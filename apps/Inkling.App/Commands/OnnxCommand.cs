using System.CommandLine;
using System.Text.Json;
using Inkling.App.Running;
using Inkling.Onnx;
using Inkling.Onnx.Conformance;

namespace Inkling.App.Commands;

/// <summary><c>onnx test</c>: runs cases of the ONNX backend test suite.</summary>
internal sealed class OnnxCommand : AppCommand
{
    private readonly Argument<string> _action = new("ACTION") { Description = "What to do: test." };

    private readonly Argument<string[]> _folders = new("DIR")
    {
        Description = "Folders; every case below them is run: model.onnx with test_data_set_*/input_*.pb and output_*.pb.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the outcome of every case as one JSON document." };

    public OnnxCommand() : base("onnx", "Run test cases of the ONNX suite: which models does this program compute as they should be?")
    {
        _action.AcceptOnlyFromAmong("test");
        Add(_action);
        Add(_folders);
        Add(_json);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling onnx test ./node", "run all cases below a folder"),
        ("inkling onnx test --json ./node ./simple", "the outcome of each, for a script"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        bool json = given.GetValue(_json);
        IReadOnlyList<OnnxTestCase> cases = Find(given.GetValue(_folders)!);
        List<OnnxTestResult> results = [];
        foreach (OnnxTestCase one in cases)
        {
            stop.ThrowIfCancellationRequested();
            OnnxTestResult result = one.Run();
            results.Add(result);
            if (!json && result.Outcome != OnnxTestOutcome.Passed)
            {
                StandardOutput.WriteLine($"{Word(result.Outcome)} {result.Name}: {result.Detail}");
            }
        }

        var answer = new OnnxTestAnswer(
            results.Count(result => result.Outcome == OnnxTestOutcome.Passed),
            results.Count(result => result.Outcome == OnnxTestOutcome.Failed),
            results.Count(result => result.Outcome == OnnxTestOutcome.Unsupported),
            [.. results.Select(result => new OnnxCaseAnswer(result.Name, Word(result.Outcome), result.Detail))]);
        StandardOutput.WriteLine(json
            ? JsonSerializer.Serialize(answer, AppJson.Readable.OnnxTestAnswer)
            : $"{answer.Passed} passed, {answer.Failed} failed, {answer.Unsupported} unsupported");
        return Task.FromResult(answer.Failed == 0 ? ExitCode.Done : ExitCode.Failed);
    }

    private static IReadOnlyList<OnnxTestCase> Find(string[] folders)
    {
        try
        {
            IReadOnlyList<OnnxTestCase> cases = OnnxTestCase.Find(folders);
            return cases.Count > 0 ? cases : throw new FailureException($"no case below {string.Join(", ", folders)}: a case is a folder with model.onnx");
        }
        catch (OnnxException problem)
        {
            throw new FailureException(problem.Message);
        }
    }

    private static string Word(OnnxTestOutcome outcome) => outcome switch
    {
        OnnxTestOutcome.Passed => "passed",
        OnnxTestOutcome.Failed => "failed",
        _ => "unsupported",
    };
}

/// <summary>What <c>onnx test --json</c> prints.</summary>
/// <param name="Passed">Cases whose outputs were as they should be.</param>
/// <param name="Failed">Cases with a difference or an error.</param>
/// <param name="Unsupported">Cases that need something that is not implemented.</param>
/// <param name="Cases">All of them, in the order of their paths.</param>
internal sealed record OnnxTestAnswer(int Passed, int Failed, int Unsupported, IReadOnlyList<OnnxCaseAnswer> Cases);

/// <summary>One case.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Outcome"><c>passed</c>, <c>failed</c> or <c>unsupported</c>.</param>
/// <param name="Detail">What was different or missing; empty when it passed.</param>
internal sealed record OnnxCaseAnswer(string Name, string Outcome, string Detail);
