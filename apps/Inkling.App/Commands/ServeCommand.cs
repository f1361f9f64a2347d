using System.CommandLine;
using Inkling.App.Web;

namespace Inkling.App.Commands;

/// <summary><c>serve</c>: the HTTP API alone.</summary>
internal sealed class ServeCommand : AppCommand
{
    private readonly ServerSyntax _server = new();

    public ServeCommand() : base("serve", "Serve the HTTP API alone (no page) on 127.0.0.1.") => _server.AddTo(this);

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling serve --port 7071", "the API for an editor or a script"),
        ("curl -s localhost:7071/v1/completions -H 'Content-Type: application/json' -d '{\"text\": \"Thank you\"}'", "ask it for a suggestion"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop)
        => Server.RunAsync(_server.Read(given) with { Studio = false }, stop);
}
