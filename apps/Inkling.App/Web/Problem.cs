using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Inkling.App.Running;
using Microsoft.AspNetCore.Mvc;

namespace Inkling.App.Web;

/// <summary>Writes errors as problem details (RFC 9457).</summary>
internal static class Problem
{
    /// <summary>Answers with a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">What kind of problem it is: the same text for the same kind.</param>
    /// <param name="detail">What was given and the remedy.</param>
    /// <param name="field">The field of the body it is about, if it is about one.</param>
    public static async Task WriteAsync(HttpContext context, int status, string title, string detail, string? field = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Type = $"https://www.rfc-editor.org/rfc/rfc9110#status.{status}" };
        if (field is not null)
        {
            problem.Extensions["field"] = field;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(problem, AppJson.Default.ProblemDetails);
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
