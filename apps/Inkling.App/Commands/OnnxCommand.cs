using System.CommandLine;
using System.Text.Json;
using Inkling.App.Exporting;
using Inkling.App.Running;
using Inkling.Nn.Checkpoints;
using Inkling.Onnx;
using Inkling.Onnx.Conformance;

namespace Inkling.App.Commands;

/// <summary><c>onnx test</c>: runs cases of the ONNX backend test suite; <c>onnx export</c>: writes a mail model's network as an ONNX file.</summary>
internal sealed class OnnxCommand : AppCommand
{
    private readonly Argument<string> _action = new("ACTION") { Description = "What to do: test or export." };

    private readonly Argument<string[]> _paths = new("DIR")
    {
        Description = "test: folders; every case below them is run: model.onnx with test_data_set_*/input_*.pb and output_*.pb. export: the folder of a model, and the file to write.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the outcome of every case, or what was written, as one JSON document." };

    public OnnxCommand() : base("onnx", "Run test cases of the ONNX suite, or write a model's network as an ONNX file for other programs.")
    {
        _action.AcceptOnlyFromAmong("test", "export");
        Add(_action);
        Add(_paths);
        Add(_json);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling onnx test ./node", "run all cases below a folder"),
        ("inkling onnx test --json ./node ./simple", "the outcome of each, for a script"),
        ("inkling onnx export models/default mail.onnx", "the network of a mail model: tokens and states in, log-probabilities and states out"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        bool json = given.GetValue(_json);
        string[] paths = given.GetValue(_paths)!;
        return Task.FromResult(given.GetValue(_action) == "export" ? Export(paths, json) : Test(paths, json, stop));
    }

    private static int Test(string[] folders, bool json, CancellationToken stop)
    {
        IReadOnlyList<OnnxTestCase> cases = Find(folders);
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
        return answer.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Export(string[] paths, bool json)
    {
        if (paths is not [string folder, string file])
        {
            throw FailureException.Usage($"onnx export takes a model folder and the file to write, {paths.Length} {(paths.Length == 1 ? "path was" : "paths were")} given");
        }

        if (file.Length == 0 || Directory.Exists(file)) throw FailureException.Usage($"'{file}' is no file to write; name one, such as mail.onnx");
        // A slip of the order, or of a name, must not cost a model or a device.
        if (File.Exists(file) && !file.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
            throw new FailureException($"'{file}' exists and is not called .onnx, so it is left alone; name another file, or remove it first");
        folder = ModelChoice.Resolve(folder, DataFolder.OfUser());
        try
        {
            MailModelOnnx.Save(folder, file);
        }
        catch (Exception problem) when (problem is OnnxException or InvalidDataException or CheckpointException)
        {
            throw new FailureException(problem.Message);
        }

        OnnxModel model = OnnxModel.Load(file);
        var answer = new OnnxExportAnswer(
            Path.GetFullPath(file), new FileInfo(file).Length, OnnxExport.Opset, model.ParameterCount, [.. model.Inputs.Select(port => port.ToString())], [.. model.Outputs.Select(port => port.ToString())]);
        StandardOutput.WriteLine(json ? JsonSerializer.Serialize(answer, AppJson.Readable.OnnxExportAnswer) : model.ToString());
        return ExitCode.Done;
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

/// <summary>What <c>onnx export --json</c> prints.</summary>
/// <param name="File">The file that was written.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Opset">Its operator set.</param>
/// <param name="Parameters">Numbers in it.</param>
/// <param name="Inputs">What the model takes: name, type and sizes.</param>
/// <param name="Outputs">What it gives.</param>
internal sealed record OnnxExportAnswer(string File, long Bytes, int Opset, long Parameters, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs);

/// <summary>One case.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Outcome"><c>passed</c>, <c>failed</c> or <c>unsupported</c>.</param>
/// <param name="Detail">What was different or missing; empty when it passed.</param>
internal sealed record OnnxCaseAnswer(string Name, string Outcome, string Detail);
