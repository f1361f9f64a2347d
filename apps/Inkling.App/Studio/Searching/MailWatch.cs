namespace Inkling.App.Studio.Searching;

/// <summary>Tells when mail has arrived in, or left, some folders or files: some seconds after the last change, and at the latest a minute after the first.</summary>
/// <param name="arrived">Told of it.</param>
/// <param name="ignored">A folder in which changes mean nothing: that of the index, which may be among the mail.</param>
/// <param name="stillness">How long nothing must have changed; null for 5 seconds.</param>
/// <param name="longest">How long a folder that never stays still may put it off; null for 60 seconds.</param>
internal sealed class MailWatch(Action arrived, string ignored, TimeSpan? stillness = null, TimeSpan? longest = null) : IDisposable
{
    private readonly TimeSpan _stillness = stillness ?? TimeSpan.FromSeconds(5), _longest = longest ?? TimeSpan.FromSeconds(60);
    private readonly string _ignored = Path.TrimEndingDirectorySeparator(Path.GetFullPath(ignored)) + Path.DirectorySeparatorChar;
    private readonly Lock _lock = new(), _timing = new();
    private readonly List<FileSystemWatcher> _watchers = [];
    private Timer? _timer;
    private long? _first;

    /// <summary>Follows these from now on, and no others.</summary>
    public void Follow(IReadOnlyList<string> paths)
    {
        lock (_lock)
        {
            Clear();
            lock (_timing) _timer ??= new Timer(_ => Tell());
            foreach (string path in paths) Watch(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            Clear();
            lock (_timing)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    private void Watch(string path)
    {
        try
        {
            bool isFolder = Directory.Exists(path);
            FileSystemWatcher watcher = isFolder ? new(path) { IncludeSubdirectories = true } : new(Path.GetDirectoryName(path)!, Path.GetFileName(path));
            watcher.NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size;
            watcher.Created += (_, change) => Later(change);
            watcher.Changed += (_, change) => Later(change);
            watcher.Deleted += (_, change) => Later(change);
            watcher.Renamed += (_, change) => Later(change);
            watcher.EnableRaisingEvents = true;
            _watchers.Add(watcher);
        }
        catch (Exception problem) when (problem is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // More folders than the system watches: the button on the page still works.
        }
    }

    private void Later(FileSystemEventArgs change)
    {
        if (!Path.GetFullPath(change.FullPath).StartsWith(_ignored, StringComparison.Ordinal)) Later();
    }

    private void Later()
    {
        lock (_timing)
        {
            _first ??= TimeProvider.System.GetTimestamp();
            TimeSpan left = _longest - TimeProvider.System.GetElapsedTime(_first.Value);
            _timer?.Change(left <= TimeSpan.Zero ? TimeSpan.Zero : left < _stillness ? left : _stillness, Timeout.InfiniteTimeSpan);
        }
    }

    private void Tell()
    {
        lock (_timing) _first = null;
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
