namespace Inkling.App.Studio;

/// <summary>
/// Headers that keep every page to itself: scripts, styles and connections of this program only, no frames around it, no
/// address handed to others. With them no page can reach another machine, whatever text is pasted into it.
/// </summary>
internal sealed class PageSecurity(RequestDelegate next)
{
    private const string Policy =
        "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Adds the headers to the answer and goes on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }
}
