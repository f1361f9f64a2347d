using System.Net.Sockets;
using System.Text;
using Inkling.App.Running;
using Inkling.App.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Inkling.App.Tests.Web;

/// <summary>The real server on a real port around a made-up completer.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private WebApplication? _application;

    internal EchoCompletion Completion { get; } = new();

    internal HttpClient Client { get; } = new();

    internal Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var data = new DataFolder(Path.Combine(Path.GetTempPath(), "inkling-none-" + Guid.NewGuid().ToString("N")));
        _application = Server.Build(new ServerOptions { Port = 0 }, Completion, data);
        await _application.StartAsync();
        Address = new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client.BaseAddress = Address;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application!.DisposeAsync();
    }

    /// <summary>Sends bytes as they are and reads the answer to the end (ask for <c>Connection: close</c>).</summary>
    internal async Task<string> SendRawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        await using NetworkStream stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
