namespace Inkling.App.Studio.Learning;

/// <summary>Finds mail on this machine: checks a typed path, lists folders, knows where mail programs keep theirs.</summary>
internal sealed class MailPlaces(string home)
{
    private static readonly string[] KnownPlaces =
        ["Maildir", "Mail", "mail", ".thunderbird", ".local/share/evolution/mail", ".local/share/geary", "Library/Thunderbird/Profiles", "snap/thunderbird/common/.thunderbird"];

    private static readonly string[] MailNames = [".eml", ".mbox", ".mbx", ".jsonl", ".jsonl.gz"];
    private const int MostEntries = 500;

    /// <summary>The user's home folder.</summary>
    public string Home { get; } = home;

    /// <summary>The home folder of whoever runs the program.</summary>
    public static MailPlaces OfUser() => new(Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } set
        ? set : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>Where mail programs keep mail, as far as it exists here.</summary>
    public IReadOnlyList<string> Known() => [.. KnownPlaces.Select(place => Path.Combine(Home, place)).Where(Directory.Exists)];

    /// <summary>A typed path made absolute: <c>~</c> is the home folder, and so is where relative paths begin.</summary>
    /// <exception cref="FileNotFoundException">There is nothing there; the message says so.</exception>
    public string Resolve(string typed)
    {
        string path = typed.Trim().Trim('"');
        if (path.StartsWith("file://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(path, UriKind.Absolute, out Uri? address))
        {
            path = address.LocalPath;
        }

        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new FileNotFoundException("Type the path of a mail file or folder.");
        }

        path = path == "~" ? Home : path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Home, path[2..]) : path;
        path = Path.GetFullPath(path, Home);
        return Path.Exists(path) ? path : throw new FileNotFoundException($"There is no file or folder {path}. Check the spelling; upper and lower case matter.");
    }

    /// <summary>What a folder holds: folders, and files that may be mail.</summary>
    /// <exception cref="UnauthorizedAccessException">It may not be looked into.</exception>
    public static IReadOnlyList<PlaceEntry> List(string folder, bool hidden)
    {
        var options = new EnumerationOptions { AttributesToSkip = hidden ? 0 : FileAttributes.Hidden, IgnoreInaccessible = true };
        var here = new DirectoryInfo(folder);
        // IgnoreInaccessible covers what is inside; the folder itself must say so.
        using (IEnumerator<FileSystemInfo> probe = here.EnumerateFileSystemInfos("*", new EnumerationOptions { IgnoreInaccessible = false }).GetEnumerator())
        {
            probe.MoveNext();
        }

        return
        [
            .. here.EnumerateDirectories("*", options).OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
                .Select(entry => new PlaceEntry(entry.Name, entry.FullName, IsFolder: true, IsMaildir(entry.FullName))).Take(MostEntries),
            .. here.EnumerateFiles("*", options).Where(LooksLikeMail).OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
                .Select(entry => new PlaceEntry(entry.Name, entry.FullName, IsFolder: false, IsMail: true)).Take(MostEntries),
        ];
    }

    private static bool IsMaildir(string folder) => Directory.Exists(Path.Combine(folder, "cur")) && Directory.Exists(Path.Combine(folder, "new"));

    // Thunderbird's mailboxes have no ending; their index beside them has .msf.
    private static bool LooksLikeMail(FileInfo file)
        => MailNames.Any(ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || (file.Extension.Length == 0 && (File.Exists(file.FullName + ".msf") || file.Name is "Sent" or "Inbox" or "mbox"));
}

/// <summary>One entry of a folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its full path.</param>
/// <param name="IsFolder">Whether it can be opened.</param>
/// <param name="IsMail">Whether it is mail, as far as its name tells.</param>
public sealed record PlaceEntry(string Name, string Path, bool IsFolder, bool IsMail);
