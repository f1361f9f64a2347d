using System.CommandLine;
using Inkling.App.Searching;
using Inkling.App.Web;

namespace Inkling.App.Commands;

/// <summary><c>studio</c>: the pages and the HTTP API; what runs when no command is given.</summary>
internal sealed class StudioCommand : AppCommand
{
    private readonly ServerSyntax _server = new();
    private readonly Option<bool> _noBrowser = new("--no-browser") { Description = "Do not open a browser." };

    private readonly Option<string?> _searchStorage = new("--search-storage")
    {
        Description = "Search in mail that `inkling search index --storage` put into a data base: postgres://user@host/database. New mail goes there, too.",
        HelpName = "URL",
    };

    public StudioCommand() : base("studio", "Start the web studio and the HTTP API on 127.0.0.1 (the default command).")
    {
        _server.AddTo(this);
        Add(_noBrowser);
        Add(_searchStorage);
    }

    public override IReadOnlyList<(string Line, string Purpose)> Examples =>
    [
        ("inkling", "the studio with the chosen model, in your browser"),
        ("inkling studio --port 8080 --no-browser --model ~/.local/share/inkling/models/mine", "another port and model"),
    ];

    public override Task<int> RunAsync(ParseResult given, CancellationToken stop)
        => Server.RunAsync(_server.Read(given) with
        {
            Studio = true,
            OpenBrowser = !given.GetValue(_noBrowser),
            SearchStorage = given.GetValue(_searchStorage) is { } url ? SearchPlaces.Storage("--search-storage", url) : null,
        }, stop);
}
