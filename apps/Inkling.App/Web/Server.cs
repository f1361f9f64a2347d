using System.Net;
using System.Net.Sockets;
using Inkling.App.Completing;
using Inkling.App.Running;
using Inkling.App.Studio;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Inkling.App.Web;

/// <summary>The web application: built here and nowhere else.</summary>
internal static class Server
{
    /// <summary>The largest request body, in bytes.</summary>
    public const int BodyLimit = 1024 * 1024;

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the server until <paramref name="stop"/> fires.</summary>
    public static async Task<int> RunAsync(ServerOptions options, CancellationToken stop)
    {
        await using WebApplication application = Build(options);
        await StartAsync(application, options, stop).ConfigureAwait(false);
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Console.WriteLine($"listening on {address}");
        if (application.Services.GetRequiredService<ICompletionService>() is CompletionService completion)
        {
            _ = Task.Run(() => completion.WarmUp(WarmUpTime), stop);
        }

        if (options.OpenBrowser)
        {
            Browser.TryOpen(address);
        }

        try
        {
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The way a server ends: answers under way are finished first.
            await application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return ExitCode.Interrupted;
    }

    /// <summary>Builds the application without starting it.</summary>
    public static WebApplication Build(ServerOptions options)
    {
        DataFolder data = DataFolder.OfUser();
        // Loaded here, before anything listens, so that a damaged model ends in one line and the first answer is as quick as the next.
        return Build(options, new CompletionService(ModelChoice.Resolve(options.Model, data)), data);
    }

    /// <summary>Builds the application around a completer and a data folder, without starting it.</summary>
    /// <param name="options">How it is to run.</param>
    /// <param name="completion">Answers the drafts.</param>
    /// <param name="data">Where the user's models and settings are.</param>
    /// <param name="services">Adds services, or replaces some: the last one registered counts.</param>
    public static WebApplication Build(ServerOptions options, ICompletionService completion, DataFolder data, Action<IServiceCollection>? services = null)
    {
        // The slim builder leaves out what a local server does not need, and with it some of the start-up time.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
            ApplicationName = typeof(Server).Assembly.GetName().Name,
        });
        Listening.Configure(builder, options);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(_ => completion);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, AppJson.Default));
        builder.Services.AddOpenApi("v1");
        if (options.Studio)
        {
            builder.AddStudio();
        }

        services?.Invoke(builder.Services);
        WebApplication application = builder.Build();
        application.UseMiddleware<Gatekeeper>();
        application.MapCompletionApi();
        application.MapOpenApi();
        if (options.Studio)
        {
            application.MapStudio();
        }

        return application;
    }

    private static async Task StartAsync(WebApplication application, ServerOptions options, CancellationToken stop)
    {
        try
        {
            await application.StartAsync(stop).ConfigureAwait(false);
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            throw new FailureException($"port {options.Port} is in use on {options.Host}; stop the program that uses it, or choose another with --port {options.Port + 1}");
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.AccessDenied)
        {
            throw new FailureException($"port {options.Port} needs rights this user does not have; choose one above 1023 with --port");
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            throw new FailureException($"--host {options.Host}: this machine has no such address; use 127.0.0.1 or one that `ip address` shows");
        }
    }
}
