using Inkling.App.Completing;
using Inkling.App.Running;
using Inkling.App.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Inkling.App.Tests.Studio;

/// <summary>The program with its pages on a free port, around a completer and an empty data folder of the test's own.</summary>
internal sealed class StudioHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private StudioHost(WebApplication application, DataFolder data)
    {
        _application = application;
        Data = data;
        Address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public string Address { get; }

    public DataFolder Data { get; }

    public IServiceProvider Services => _application.Services;

    public static async Task<StudioHost> StartAsync(ICompletionService completion, Action<IServiceCollection>? services = null)
    {
        var data = new DataFolder(Directory.CreateTempSubdirectory("inkling-studio-").FullName);
        WebApplication application = Server.Build(new ServerOptions { Port = 0, Studio = true }, completion, data, services);
        await application.StartAsync();
        return new StudioHost(application, data);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        Directory.Delete(Data.Root, recursive: true);
    }
}
