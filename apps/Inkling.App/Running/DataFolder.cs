namespace Inkling.App.Running;

/// <summary>Where the user's own models, indexes and studies live: <c>$XDG_DATA_HOME/inkling</c>, by default <c>~/.local/share/inkling</c>.</summary>
internal sealed class DataFolder
{
    /// <summary>The folder of this user.</summary>
    public static DataFolder OfUser()
    {
        string? data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        // The XDG specification says that a relative path is to be ignored.
        if (string.IsNullOrEmpty(data) || !Path.IsPathRooted(data))
        {
            string home = Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } set
                ? set : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            data = Path.Combine(home, ".local", "share");
        }

        return new DataFolder(Path.Combine(data, "inkling"));
    }

    /// <summary>A data folder anywhere; nothing is created until something is stored.</summary>
    public DataFolder(string root) => Root = Path.GetFullPath(root);

    /// <summary>The folder itself.</summary>
    public string Root { get; }

    /// <summary>The user's own models, one folder each.</summary>
    public string Models => Path.Combine(Root, "models");

    /// <summary>Search indexes.</summary>
    public string Index => Path.Combine(Root, "index");

    /// <summary>Studies of the tuner.</summary>
    public string Studies => Path.Combine(Root, "studies");

    /// <summary>The user's settings.</summary>
    public string SettingsFile => Path.Combine(Root, "settings.json");
}
