namespace Inkling.Comparison;

/// <summary>Where the repository is that this program was built in.</summary>
internal static class Repository
{
    private static readonly Lazy<string> s_folder = new(Find);

    /// <summary>Its root.</summary>
    public static string Folder => s_folder.Value;

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "bench", "peers")))
                return folder.FullName;
        }

        throw new PeerMissingException("bench/peers was not found above " + AppContext.BaseDirectory + ". Run bench/compare inside the repository.");
    }
}
