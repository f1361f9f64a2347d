namespace Inkling.App.Studio;

/// <summary>The pages: what they need, and where they are.</summary>
internal static class StudioExtensions
{
    /// <summary>Registers what the pages need.</summary>
    public static void AddStudio(this WebApplicationBuilder builder)
    {
    }

    /// <summary>Maps the pages.</summary>
    public static void MapStudio(this WebApplication application)
    {
    }
}
