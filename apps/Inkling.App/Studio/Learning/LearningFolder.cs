using Inkling.App.Running;

namespace Inkling.App.Studio.Learning;

/// <summary>
/// Where one running program keeps the user's mail and the unfinished model while it learns: a folder in the data folder that
/// only the user may look into. Programs that run side by side have one each; the lock file tells which are abandoned.
/// </summary>
internal sealed class LearningFolder(DataFolder data) : IDisposable
{
    /// <summary>The folder of the new model, inside.</summary>
    public const string ModelName = "model";

    private const string LockName = "lock";
    private readonly string _root = Path.Combine(All(data), Path.GetRandomFileName());
    private FileStream? _lock;

    /// <summary>Files given through the page.</summary>
    public string Uploads => Path.Combine(Root, "uploads");

    /// <summary>The mail that was read, divided.</summary>
    public string Mail => Path.Combine(Root, "mail");

    /// <summary>The new model, until it is kept.</summary>
    public string Model => Path.Combine(Root, ModelName);

    // Made when first needed: looking at the page leaves nothing behind.
    private string Root
    {
        get
        {
            if (_lock is null)
            {
                Make(_root);
                _lock = new FileStream(Path.Combine(_root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }

            return _root;
        }
    }

    /// <summary>The files given so far; those still arriving are not among them.</summary>
    public IReadOnlyList<string> Given()
    {
        string uploads = Path.Combine(_root, "uploads");
        return Directory.Exists(uploads) ? [.. Directory.EnumerateFiles(uploads).Where(file => !file.EndsWith(".part", StringComparison.Ordinal)).Order()] : [];
    }

    /// <summary>The folders of programs that no longer run.</summary>
    public static IReadOnlyList<string> Abandoned(DataFolder data)
        => Directory.Exists(All(data)) ? [.. Directory.EnumerateDirectories(All(data)).Where(folder => !IsLocked(folder))] : [];

    /// <summary>Makes a folder inside, empty.</summary>
    public static void Renew(string folder)
    {
        Remove(folder);
        Make(folder);
    }

    /// <summary>Makes a folder that others may not look into.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Removes a folder and all in it.</summary>
    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Lets go of the folder and the mail in it. A model nobody has decided on stays, for the next start of the program.</summary>
    public void Dispose()
    {
        if (_lock is null)
        {
            return;
        }

        Remove(Uploads);
        Remove(Mail);
        _lock.Dispose();
        _lock = null;
        if (!Directory.EnumerateFileSystemEntries(_root).Any())
        {
            Directory.Delete(_root);
        }
    }

    private static string All(DataFolder data) => Path.Combine(data.Root, "learning");

    private static bool IsLocked(string folder)
    {
        string file = Path.Combine(folder, LockName);
        if (!File.Exists(file))
        {
            return false;
        }

        try
        {
            using var probe = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
