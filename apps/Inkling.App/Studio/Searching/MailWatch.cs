namespace Inkling.App.Studio.Searching;

/// <summary>Tells when mail has arrived in some folders or files: some seconds after the last change.</summary>
/// <param name="arrived">Told of it.</param>
internal sealed class MailWatch(Action arrived) : IDisposable
{
    private static readonly TimeSpan s_stillness = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly List<FileSystemWatcher> _watchers = [];
    private Timer? _timer;

    /// <summary>Follows these from now on, and no others.</summary>
    public void Follow(IReadOnlyList<string> paths)
    {
        lock (_lock)
        {
            Clear();
            _timer ??= new Timer(_ => Tell());
            foreach (string path in paths) Watch(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            Clear();
            _timer?.Dispose();
        }
    }

    private void Watch(string path)
    {
        try
        {
            bool isFolder = Directory.Exists(path);
            FileSystemWatcher watcher = isFolder ? new(path) { IncludeSubdirectories = true } : new(Path.GetDirectoryName(path)!, Path.GetFileName(path));
            watcher.NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size;
            watcher.Created += (_, _) => Later();
            watcher.Changed += (_, _) => Later();
            watcher.Renamed += (_, _) => Later();
            watcher.EnableRaisingEvents = true;
            _watchers.Add(watcher);
        }
        catch (Exception problem) when (problem is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // More folders than the system watches: the button on the page still works.
        }
    }

    private void Later() => _timer?.Change(s_stillness, Timeout.InfiniteTimeSpan);

    private void Tell()
    {
        try
        {
            arrived();
        }
        catch (InvalidOperationException)
        {
            Later(); // A run is under way; what came in meanwhile is looked at after it.
        }
    }

    private void Clear()
    {
        foreach (FileSystemWatcher watcher in _watchers) watcher.Dispose();
        _watchers.Clear();
    }
}
