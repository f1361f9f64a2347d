using System.Net;
using Inkling.App.Running;

namespace Inkling.App.Web;

/// <summary>Where and how Kestrel listens.</summary>
internal static class Listening
{
    /// <summary>Configures Kestrel and the logs.</summary>
    public static void Configure(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Server.BodyLimit;
            if (IPAddress.TryParse(options.Host.Trim('[', ']'), out IPAddress? address))
            {
                kestrel.Listen(address, options.Port);
            }
            else if (options.Host is "localhost")
            {
                kestrel.Listen(IPAddress.Loopback, options.Port);
            }
            else if (options.Host is "*")
            {
                kestrel.ListenAnyIP(options.Port);
            }
            else
            {
                kestrel.Listen(Resolve(options.Host), options.Port);
            }
        });

        // Requests are not logged at all: their paths say little and their bodies are mail.
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A start that fails is told by the program itself, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static IPAddress Resolve(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host) is [var first, ..] ? first : throw Unknown(host);
        }
        catch (Exception problem) when (problem is System.Net.Sockets.SocketException or ArgumentException)
        {
            throw Unknown(host);
        }
    }

    private static FailureException Unknown(string host)
        => new($"--host {host}: no address of that name is known; use 127.0.0.1 or an address of this machine");
}
