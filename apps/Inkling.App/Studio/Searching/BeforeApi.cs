using System.Globalization;
using System.Text.Json;
using Inkling.App.Running;
using Inkling.App.Web;
using Inkling.Mail;

namespace Inkling.App.Studio.Searching;

/// <summary>What the composer asks while somebody writes: sentences that they sent before. Not for other programs.</summary>
internal static class BeforeApi
{
    /// <summary>Where it is.</summary>
    public const string Path = "/studio/before";

    private const int Most = 3;

    /// <summary>Maps it.</summary>
    public static void MapBefore(this WebApplication application) => application.MapPost(Path, (Delegate)AnswerAsync).ExcludeFromDescription();

    private static async Task AnswerAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "Not JSON", "Send application/json.").ConfigureAwait(false);
            return;
        }

        BeforeBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, AppJson.Default.BeforeBody, context.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "Bad request body", "The body is not the JSON object {\"text\": \"…\", \"subject\": \"…\", \"previous\": \"…\"}.").ConfigureAwait(false);
            return;
        }

        SearchService search = context.RequestServices.GetRequiredService<SearchService>();
        IReadOnlyList<OwnSentence> found = search.OwnSentences(body?.Text ?? "", $"{body?.Subject}. {body?.Previous}", Most);
        BeforeAnswer answer = new(search.State.Mails > 0, [.. found.Select(one => new BeforeSentence(one.Text, Source(one)))]);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, AppJson.Default.BeforeAnswer), context.RequestAborted).ConfigureAwait(false);
    }

    private static string Source(OwnSentence one)
    {
        string subject = one.Subject.Length > 0 ? one.Subject : "no subject";
        return one.Date is { } date ? $"{subject}, {date.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}" : subject;
    }
}
