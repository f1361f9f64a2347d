using System.CommandLine;
using Inkling.App.Running;
using Inkling.App.Web;

namespace Inkling.App.Commands;

/// <summary>The options that every command with a server has.</summary>
internal sealed class ServerSyntax
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "The port to listen on; 0 takes any free one.",
        DefaultValueFactory = _ => ServerOptions.DefaultPort,
        HelpName = "PORT",
    };

    private readonly Option<string> _host = new("--host")
    {
        Description = "The address or name to listen on. Anyone who can reach it can read what you write: leave it unless you mean it.",
        DefaultValueFactory = _ => ServerOptions.DefaultHost,
        HelpName = "HOST",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "The model folder; by default the one chosen in the studio, else the shipped one.",
        HelpName = "DIR",
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Add(_port);
        command.Add(_host);
        command.Add(_model);
    }

    /// <summary>Reads them.</summary>
    public ServerOptions Read(ParseResult given)
    {
        int port = given.GetValue(_port);
        if (port is < 0 or > 65535)
        {
            throw FailureException.Usage($"--port {port}: a port is a number from 0 to 65535");
        }

        return new ServerOptions { Port = port, Host = given.GetValue(_host)!, Model = given.GetValue(_model) };
    }
}
