using System.CommandLine;
using System.Text.Json;
using Inkling.App.Health;
using Inkling.App.Running;
using Inkling.App.Web;

namespace Inkling.App.Commands;

/// <summary><c>doctor</c>: checks the installation and says what to do.</summary>
internal sealed class DoctorCommand : AppCommand
{
    private readonly Option<string?> _model = new("--model") { Description = "The model folder to check; by default the one in use.", HelpName = "DIR" };

    private readonly Option<int> _port = new("--port")
    {
        Description = "The port to check.",
        DefaultValueFactory = _ => ServerOptions.DefaultPort,
        HelpName = "PORT",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print what was found as one JSON document." };

    public DoctorCommand() : base("doctor", "Check the installation: SDK, processor, memory, model, port, data folder, disk; and say what to do.")
    {
        Add(_model);
        Add(_port);
        Add(_json);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling doctor", "check everything"),
        ("inkling doctor --model ./my-model", "is this model folder whole?"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop)
    {
        bool json = given.GetValue(_json);
        List<Check> checks = [];
        foreach (Check check in Examination.Run(given.GetValue(_model), given.GetValue(_port), DataFolder.OfUser()))
        {
            stop.ThrowIfCancellationRequested();
            checks.Add(check);
            if (!json)
            {
                Print(check);
            }
        }

        bool failed = checks.Any(check => check.State is CheckState.Failed);
        if (json)
        {
            StandardOutput.WriteLine(JsonSerializer.Serialize(new DoctorAnswer(!failed, checks), AppJson.Readable.DoctorAnswer));
        }
        else
        {
            StandardOutput.WriteLine(failed ? "Something is missing: see above." : "Inkling is ready.");
        }

        return Task.FromResult(failed ? ExitCode.Failed : ExitCode.Done);
    }

    private static void Print(Check check)
    {
        string mark = check.State switch { CheckState.Fine => "ok ", CheckState.Warning => "!  ", _ => "NO " };
        StandardOutput.WriteLine($"{mark}{check.Name,-12} {check.Found}");
        if (check.Remedy is not null)
        {
            StandardOutput.WriteLine($"                {check.Remedy}");
        }
    }
}

/// <summary>What <c>doctor --json</c> prints.</summary>
/// <param name="Ready">Whether nothing failed.</param>
/// <param name="Checks">Everything that was looked at.</param>
internal sealed record DoctorAnswer(bool Ready, IReadOnlyList<Check> Checks);
