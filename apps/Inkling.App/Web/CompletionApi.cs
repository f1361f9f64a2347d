using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Inkling.App.Completing;
using Inkling.App.Running;
using Inkling.Mail;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Inkling.App.Web;

/// <summary>The HTTP API: <c>POST /v1/completions</c> and <c>GET /v1/health</c>.</summary>
internal static class CompletionApi
{
    // What is read of a body that is too large before the connection is cut.
    private const int DrainLimit = 32 * 1024 * 1024;

    /// <summary>Maps both.</summary>
    public static void MapCompletionApi(this WebApplication application)
    {
        application.MapPost("/v1/completions", (Delegate)CompleteAsync)
            .WithName("complete").WithSummary("One suggestion for a draft")
            .WithDescription("`text` is the draft up to the caret. `session` lets the server keep the model's state between keystrokes; the answers are the same without.")
            .Accepts<CompletionBody>("application/json")
            .Produces<CompletionAnswer>()
            .Produces<ProblemDetails>(400, "application/problem+json")
            .Produces<ProblemDetails>(403, "application/problem+json")
            .Produces<ProblemDetails>(413, "application/problem+json")
            .Produces<ProblemDetails>(415, "application/problem+json");
        application.MapGet("/v1/health", (Delegate)HealthAsync)
            .WithName("health").WithSummary("Whether the server answers, and with which model")
            .Produces<HealthAnswer>();
    }

    private static async Task CompleteAsync(HttpContext context)
    {
        if (!IsJson(context.Request.ContentType))
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "Not JSON",
                $"The Content-Type is {(context.Request.ContentType is { Length: > 0 } given ? $"\"{given}\"" : "missing")}; send application/json.").ConfigureAwait(false);
            return;
        }

        CompletionBody? body = await ReadAsync(context).ConfigureAwait(false);
        if (body is null)
        {
            return;
        }

        // Inline, on this thread: handing a few milliseconds of work to another one costs more than it gives.
        ICompletionService completion = context.RequestServices.GetRequiredService<ICompletionService>();
        Completion answer = completion.Complete(
            new CompletionRequest
            {
                Text = body.Text ?? "",
                Subject = body.Subject ?? "",
                Previous = body.Previous ?? "",
                To = body.To is null ? [] : [.. body.To.OfType<string>()],
            },
            body.Session);
        await WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(CompletionAnswer.From(answer), AppJson.Default.CompletionAnswer)).ConfigureAwait(false);
    }

    private static Task HealthAsync(HttpContext context)
    {
        ICompletionService completion = context.RequestServices.GetRequiredService<ICompletionService>();
        var answer = new HealthAnswer("ok", ProgramVersion.Text, completion.Info.Name, Math.Round(Environment.WorkingSet / 1e6, 1));
        return WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(answer, AppJson.Default.HealthAnswer));
    }

    // "application/json", with or without parameters. Forms and text/plain are what any page may send to localhost unasked.
    private static bool IsJson(string? contentType)
        => MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static async Task<CompletionBody?> ReadAsync(HttpContext context)
    {
        // A client that is still sending sees no answer, only a closed connection: so read on for a while, then refuse.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = DrainLimit;
        PipeReader reader = context.Request.BodyReader;
        ReadResult read;
        bool tooLarge = false;
        while (true)
        {
            read = await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            tooLarge |= read.Buffer.Length > Server.BodyLimit;
            if (read.IsCompleted)
            {
                break;
            }

            reader.AdvanceTo(tooLarge ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
        }

        if (tooLarge)
        {
            reader.AdvanceTo(read.Buffer.End);
            throw new BadHttpRequestException("Body too large", StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            return Parse(read.Buffer) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException problem)
        {
            (string? field, string detail) = Explain(problem);
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "Bad request body", detail, field).ConfigureAwait(false);
            return null;
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    private static CompletionBody? Parse(ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body);
        CompletionBody? parsed = JsonSerializer.Deserialize(ref json, AppJson.Default.CompletionBody);
        while (json.Read())
        {
            // Only blanks may follow; the reader throws at anything else.
        }

        return parsed;
    }

    private static (string? Field, string Detail) Explain(JsonException problem)
    {
        const string Form = "{\"text\": \"…\", \"subject\": \"…\", \"previous\": \"…\", \"to\": [\"…\"], \"session\": \"…\"}";
        string? field = problem.Path is ['$', '.', .. var path] ? path.Split('[', '.')[0] : null;
        return field switch
        {
            "to" => (field, "\"to\" must be an array of strings."),
            "text" or "subject" or "previous" or "session" => (field, $"\"{field}\" must be a string."),
            _ when problem.Message.Contains("required", StringComparison.Ordinal) => ("text", "\"text\" is missing: it is the draft up to the caret, a string."),
            _ => (null, $"The body is not the JSON object {Form} (line {(problem.LineNumber ?? 0) + 1}, byte {problem.BytePositionInLine ?? 0})."),
        };
    }

    private static Task WriteAsync(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = json.Length;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
    }
}
