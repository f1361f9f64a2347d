using Inkling.App.Running;
using Inkling.App.Words;

namespace Inkling.App.Studio.Embeddings;

/// <summary>The pictures of the page as files: <c>/embeddings/map.svg</c> and <c>/embeddings/categories.svg</c>.</summary>
internal static class WordDrawings
{
    /// <summary>Maps the files.</summary>
    public static void MapWordDrawings(this WebApplication application)
    {
        application.MapGet("/embeddings/map.svg", (string words, string? method, int? neighbors, WordDesk desk, CancellationToken stop) => Picture(() => WordMapPicture.Draw(desk.Map(words, method, neighbors ?? 10, stop), alone: true))).ExcludeFromDescription();
        application.MapGet("/embeddings/categories.svg", (string text, string names, WordDesk desk) => Picture(() => CategoryPicture.Draw(desk.Categories(text, names), alone: true))).ExcludeFromDescription();
    }

    private static IResult Picture(Func<string> draw)
    {
        try
        {
            return Results.Text(draw(), "image/svg+xml", System.Text.Encoding.UTF8);
        }
        catch (Exception problem) when (problem is FailureException or ArgumentException)
        {
            return Results.Problem(problem.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
