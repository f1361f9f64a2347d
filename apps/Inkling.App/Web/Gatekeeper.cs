using System.Net;
using Inkling.App.Running;

namespace Inkling.App.Web;

/// <summary>Lets in only requests that were meant for this server: a page from elsewhere can reach localhost through the user's
/// browser, by a foreign <c>Origin</c> or by a name of its own that resolves to 127.0.0.1 (DNS rebinding).</summary>
internal sealed class Gatekeeper(RequestDelegate next, ServerOptions options, ILogger<Gatekeeper> log)
{
    private readonly bool _everywhere = options.Host is "*" || (IPAddress.TryParse(options.Host.Trim('[', ']'), out IPAddress? address)
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    /// <summary>Checks a request; turns what goes wrong behind it into problem details.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!IsOurs(request.Host))
        {
            await Problem.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, "Foreign host",
                $"This server answers to localhost, 127.0.0.1 and [::1]{(IsLocal(options.Host) ? "" : " and " + options.Host)} only; start it with --host NAME to add a name.").ConfigureAwait(false);
            return;
        }

        // A page of ours sends no Origin, or exactly the address it came from. "null" is what a sandboxed or local file sends.
        if (request.Headers.Origin is [_, ..] origins && !(origins is [var origin] && IsSame(origin, request)))
        {
            await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "Foreign origin",
                "Only the pages of this server may call it from a browser; programs leave out the Origin header.").ConfigureAwait(false);
            return;
        }

        try
        {
            await next(context).ConfigureAwait(false);
            await ExplainAsync(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            await RefuseAsync(context, problem).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: the next keystroke came first.
        }
        catch (Exception defect) when (!context.Response.HasStarted)
        {
            // The message of an exception may quote what it was given, that is mail: it is left out.
            log.LogError("{Method} {Path}: {Type}\n{Where}", context.Request.Method, context.Request.Path, defect.GetType(), defect.StackTrace);
            context.Response.Clear();
            await Problem.WriteAsync(context, 500, "Unexpected error", $"{defect.GetType().Name}; the server's standard error says where. The next request may well work.").ConfigureAwait(false);
        }
    }

    // What routing answers by itself has no body yet.
    private static Task ExplainAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.ContentLength is > 0 || response.ContentType is not null)
        {
            return Task.CompletedTask;
        }

        return response.StatusCode switch
        {
            404 => Problem.WriteAsync(context, 404, "Not found", $"There is nothing at {context.Request.Path}; /openapi/v1.json lists what there is."),
            405 => Problem.WriteAsync(context, 405, "Method not allowed", $"{context.Request.Path} is not for {context.Request.Method}; use {response.Headers.Allow}."),
            int status => Problem.WriteAsync(context, status, "Request refused", $"The request ended with status {status}."),
        };
    }

    private static Task RefuseAsync(HttpContext context, BadHttpRequestException problem) => problem.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => Problem.WriteAsync(context, 413, "Body too large",
            $"A request may have {Server.BodyLimit:N0} bytes; send the last part of the draft."),
        int status => Problem.WriteAsync(context, status, "Bad request", problem.Message),
    };

    private bool IsOurs(HostString host)
    {
        string name = host.Host;
        return IsLocal(name) || string.Equals(name.Trim('[', ']'), options.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
            // Listening on every interface: an address cannot be rebound, and the machine's own name is as good as its address.
            || (_everywhere && (IPAddress.TryParse(name.Trim('[', ']'), out _) || string.Equals(name, Environment.MachineName, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsLocal(string name)
        => name is "127.0.0.1" or "[::1]" or "::1" || string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase);

    private static bool IsSame(string? origin, HttpRequest request)
    {
        string own = $"{request.Scheme}://{request.Host.Value}";
        return string.Equals(origin, own, StringComparison.OrdinalIgnoreCase);
    }
}
