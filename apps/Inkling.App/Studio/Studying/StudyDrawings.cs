using Inkling.App.Studio.Studying.Plots;
using Inkling.App.Studio.Studying.Runs;
using Inkling.Tuning;

namespace Inkling.App.Studio.Studying;

/// <summary>The plots as files, <c>/studies/ID/PLOT.svg</c>, and the network that was trained last, <c>/studies/network-RUN.onnx</c>.</summary>
internal static class StudyDrawings
{
    /// <summary>The name of a study as files that are saved have it.</summary>
    public static string FileName(string study) => string.Concat(study.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));

    /// <summary>Maps the files.</summary>
    public static void MapStudyDrawings(this WebApplication application)
    {
        application.MapGet("/studies/network-{run:int}.onnx", (int run, StudyRuns runs) => runs.State is { Result: { } result } state && state.Run == run ? Results.Bytes(result.Network, "application/octet-stream") : Results.NotFound()).ExcludeFromDescription();
        application.MapGet("/studies/{id:long}/{plot}.svg", (long id, string plot, string? x, string? y, long? with, StudyShelf shelf) =>
        {
            try
            {
                if (shelf.Facts(id) is not { } facts) return Results.NotFound();
                StudyPlot? found = StudyPlots.One(plot, facts, with is { } second ? shelf.Facts(second) : null, x, y);
                return found is null ? Results.NotFound() : Results.Text(found.Draw(true), "image/svg+xml", System.Text.Encoding.UTF8);
            }
            catch (Exception gone) when (gone is StorageException or StudyNotFoundException or ObjectDisposedException)
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }
        }).ExcludeFromDescription();
    }
}
