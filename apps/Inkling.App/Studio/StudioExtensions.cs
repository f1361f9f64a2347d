using Inkling.App.Completing;
using Inkling.App.Running;
using Inkling.App.Studio.Embeddings;
using Inkling.App.Studio.Learning;
using Inkling.App.Studio.Playing;
using Inkling.App.Studio.Playing.Letters;
using Inkling.App.Studio.Searching;
using Inkling.App.Studio.Studying;
using Inkling.App.Studio.Studying.Runs;
using Inkling.App.Web;
using Microsoft.AspNetCore.DataProtection;

namespace Inkling.App.Studio;

/// <summary>The pages: what they need, and where they are.</summary>
internal static class StudioExtensions
{
    /// <summary>Registers what the pages need.</summary>
    public static void AddStudio(this WebApplicationBuilder builder)
    {
        // The program runs from its build output as well as published: the manifest says where styles and scripts lie.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddSingleton(MailPlaces.OfUser());
        builder.Services.AddSingleton<IModelShelf>(services => new ModelShelf(
            services.GetRequiredService<DataFolder>(), services.GetRequiredService<ICompletionService>(), ModelChoice.Shipped()));
        builder.Services.AddSingleton<ILearningSteps, LearningSteps>();
        builder.Services.AddSingleton<LearningService>();
        builder.Services.AddSingleton<ILearningService>(services => services.GetRequiredService<LearningService>());
        builder.Services.AddHostedService(services => services.GetRequiredService<LearningService>());
        builder.Services.AddSingleton(services => new SearchService(services.GetRequiredService<DataFolder>(), services.GetRequiredService<ServerOptions>().SearchStorage));
        builder.Services.AddHostedService(services => services.GetRequiredService<SearchService>());
        builder.Services.AddSingleton<PlayingScheduler>();
        builder.Services.AddSingleton<LettersModels>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PlayingScheduler>());
        builder.Services.AddSingleton<StudyShelf>();
        builder.Services.AddSingleton<StudyRuns>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StudyRuns>());
        builder.Services.AddSingleton<WordDesk>();
        // Keys that protect nothing beyond this run need not lie on disk.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
    }

    /// <summary>Who may get a page may ask for its head too.</summary>
    private static void AllowHead(EndpointBuilder endpoint)
    {
        for (int i = 0; i < endpoint.Metadata.Count; i++)
        {
            if (endpoint.Metadata[i] is HttpMethodMetadata methods && methods.HttpMethods.Contains("GET") && !methods.HttpMethods.Contains("HEAD")) endpoint.Metadata[i] = new HttpMethodMetadata([.. methods.HttpMethods, "HEAD"]);
        }
    }

    /// <summary>Maps the pages.</summary>
    public static void MapStudio(this WebApplication application)
    {
        application.UseMiddleware<PageSecurity>();
        application.UseAntiforgery();
        application.MapPlaying();
        application.MapBefore();
        application.MapStudyDrawings();
        application.MapWordDrawings();
        application.MapStaticAssets();
        application.MapRazorComponents<Document>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null).Add(AllowHead);
    }
}
