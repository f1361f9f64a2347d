using Inkling.Mail;

namespace Inkling.App.Web;

/// <summary>How the server is to run.</summary>
internal sealed record ServerOptions
{
    /// <summary>The port when none is given.</summary>
    public const int DefaultPort = 7070;

    /// <summary>The address when none is given: this machine only.</summary>
    public const string DefaultHost = "127.0.0.1";

    /// <summary>0 to 65535; 0 takes any free port.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>An IP address or a name; <c>0.0.0.0</c>, <c>::</c> or <c>*</c> for every interface.</summary>
    public string Host { get; init; } = DefaultHost;

    /// <summary>The model folder asked for; null takes the user's choice, else the shipped one.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the pages are served as well as the API.</summary>
    public bool Studio { get; init; }

    /// <summary>Where the index of the user's mail is; null for the folder of the user's data.</summary>
    public MailStorage? SearchStorage { get; init; }

    /// <summary>Whether to open the page in a browser once the server listens.</summary>
    public bool OpenBrowser { get; init; }
}
