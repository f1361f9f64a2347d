using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Inkling.App.Running;
using Inkling.App.Searching;
using Inkling.Language;
using Inkling.Mail;
using Inkling.Nn.Checkpoints;
using Inkling.Training;

namespace Inkling.App.Studio.Searching;

/// <summary>
/// The search of the user's own mailbox: indexing that goes on whether or not a page looks at it, and again by itself when mail arrives; searches; and
/// sentences that the user wrote before. Thread-safe.
/// </summary>
internal sealed class SearchService : IHostedService, IDisposable
{
    private static readonly TimeSpan s_redraw = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new(), _opening = new();
    private readonly string _folder;
    private readonly MailStorage _storage;
    private readonly Lazy<SentenceEncoder> _encoder;
    private readonly PauseGate _gate = new();
    private readonly MailWatch _watch;
    private volatile SearchState _state = new();
    private MailSearchIndex? _index;
    private CancellationTokenSource? _stop;
    private Task _work = Task.CompletedTask, _retry = Task.CompletedTask;
    private volatile bool _ending;
    private bool _more;
    private long _told;

    /// <summary>Makes one.</summary>
    /// <param name="data">Where the user's data is; the list of what is followed is there in any case.</param>
    /// <param name="storage">Where the index is; null for a folder of the user's data.</param>
    public SearchService(DataFolder data, MailStorage? storage = null)
    {
        _folder = SearchPlaces.Index(data);
        if (storage is not null) _folder = $"{_folder}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(storage.Place)).AsSpan(0, 6))}";
        _storage = storage ?? MailStorage.InFolder(_folder);
        Elsewhere = storage?.Place;
        _encoder = new Lazy<SentenceEncoder>(() => SearchPlaces.LoadEncoder());
        _watch = new MailWatch(Again, _folder);
    }

    /// <summary>Raised after every change of <see cref="State"/>, on any thread.</summary>
    public event Action? Changed;

    /// <summary>The data base that has the index; null where it is on this machine.</summary>
    public string? Elsewhere { get; }

    /// <summary>Where it stands.</summary>
    public SearchState State => _state;

    private string SourcesFile => Path.Combine(_folder, "sources.txt");

    /// <summary>Begins to index mail; what is indexed already stays.</summary>
    /// <param name="paths">Where it is.</param>
    /// <param name="me">The user's addresses; null to find out.</param>
    /// <exception cref="InvalidOperationException">Something is under way, or no path was given.</exception>
    public void Index(IReadOnlyList<string> paths, string? me)
    {
        if (paths.Count == 0) throw new InvalidOperationException("No mail was chosen: give a file or a folder.");
        lock (_lock)
        {
            if (_state.Busy) throw new InvalidOperationException("Mail is being indexed already; wait for it, or stop it first.");
            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            _gate.Resume();
            _more = false;
            _state = _state with { Busy = true, Paused = false, Stopping = false, Error = null, Done = null, Progress = default, Warnings = [] };
            CancellationToken stop = _stop.Token;
            _work = Task.Run(() => Run(paths, me, stop), CancellationToken.None);
        }

        Changed?.Invoke();
    }

    /// <summary>Begins to index one more file or folder, and what is new in those that were indexed before.</summary>
    /// <exception cref="InvalidOperationException">Something is under way.</exception>
    public void Add(string path, string? me) => Index([.. _state.Sources.Append(path).Distinct(StringComparer.Ordinal)], me);

    /// <summary>Indexes what is new in the folders that were indexed before; while a run is under way, once more after it.</summary>
    public void Again()
    {
        IReadOnlyList<string> sources;
        lock (_lock)
        {
            if (_state.Busy)
            {
                _more = true;
                return;
            }

            sources = _state.Sources;
        }

        if (sources.Count > 0 && !_ending) Index(sources, null);
    }

    /// <summary>Follows a file or folder no longer; its mail stays in the index.</summary>
    /// <exception cref="InvalidOperationException">Something is under way.</exception>
    public void Remove(string source)
    {
        lock (_lock)
        {
            if (_state.Busy) throw new InvalidOperationException("Mail is being indexed; wait for it, or stop it first.");
            Keep([.. _state.Sources.Where(one => one != source)]);
        }

        Changed?.Invoke();
        _watch.Follow(_state.Sources);
    }

    /// <summary>Holds indexing.</summary>
    public void Pause()
    {
        if (!_state.Busy) return;
        _gate.Pause();
        Set(state => state with { Paused = true });
    }

    /// <summary>Lets it go on.</summary>
    public void Resume()
    {
        _gate.Resume();
        Set(state => state with { Paused = false });
    }

    /// <summary>Ends indexing; what was read stays.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            if (!_state.Busy) return;
            _stop?.Cancel();
        }

        Set(state => state with { Stopping = true, Paused = false });
        _gate.Resume();
    }

    /// <summary>Searches.</summary>
    /// <exception cref="InvalidOperationException">There is no index.</exception>
    /// <exception cref="ArgumentException">There is no word in the question.</exception>
    public IReadOnlyList<MailHit> Search(MailSearchRequest request) => Opened().Search(request);

    /// <summary>The mails of a thread.</summary>
    public IReadOnlyList<MailThreadMail> Thread(int number) => Opened().Thread(number);

    /// <summary>Sentences that the user sent in a like situation; none where there is no index.</summary>
    public IReadOnlyList<OwnSentence> OwnSentences(string draft, string context, int top)
    {
        try
        {
            if (_index is { } index) return index.OwnSentences(draft, context, top);
            Retry();
            return [];
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException)
        {
            // A server that is away, or an index that is damaged, must not disturb who writes; the page of the search says so.
            return [];
        }
    }

    /// <summary>Looks again for a data base that was away; does not wait for it.</summary>
    public void Retry()
    {
        lock (_lock)
        {
            if (Elsewhere is null || _state.Mails > 0 || _ending || _state.Busy || !_work.IsCompleted || !_retry.IsCompleted) return;
            _retry = Task.Run(Open);
        }
    }

    /// <summary>Opens the index that an earlier run of the program made.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _work = Task.Run(
            () =>
            {
                if (File.Exists(SourcesFile))
                {
                    IReadOnlyList<string> sources = [.. File.ReadAllLines(SourcesFile).Where(line => line.Length > 0).Distinct(StringComparer.Ordinal)];
                    Set(state => state with { Sources = sources });
                    _watch.Follow(sources);
                }

                // The command line makes the same index, and leaves no list of sources.
                if (Elsewhere is not null || SearchPlaces.IsIndex(_folder)) Open();
            },
            CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Ends what is under way with the program.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _ending = true;
        Stop();
        try
        {
            await Task.WhenAll(_work, _retry).WaitAsync(TimeSpan.FromSeconds(10), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            // What was read is on the disk already.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watch.Dispose();
        _stop?.Dispose();
        _gate.Dispose();
        _index?.Dispose();
    }

    private void Run(IReadOnlyList<string> paths, string? me, CancellationToken stop)
    {
        try
        {
            // A disk that is not in the machine now is no reason to leave new mail elsewhere unread.
            List<string> there = [.. paths.Where(Path.Exists)];
            if (there.Count == 0) throw new FileNotFoundException($"There is nothing to read: {string.Join(", ", paths)} {(paths.Count == 1 ? "does" : "do")} not exist. Mount it again, choose another path, or remove it from the list.");
            MailIndexResult result = new MailIndexer(_encoder.Value, new MailIndexOptions { Mail = there, Storage = _storage, Me = me }).Run(new Progress(this), _gate, stop);
            string seconds = result.Elapsed.TotalSeconds.ToString(result.Elapsed.TotalSeconds < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
            Open();
            IReadOnlyList<string> warnings = [.. paths.Except(there).Select(path => $"{path} is not there; its mail stays in the index."), .. result.Reading.Warnings];
            lock (_lock) Keep(paths);
            _watch.Follow(paths);
            Set(state => state with { Busy = false, Paused = false, Stopping = false, Warnings = warnings, Done = $"{Count(result.Added)} new {(result.Added == 1 ? "mail" : "mails")}{(result.Gone > 0 ? $", {Count(result.Gone)} gone" : "")} in {seconds} seconds" });
        }
        catch (Exception problem)
        {
            bool stopped = problem is OperationCanceledException;
            if (stopped)
            {
                Open();
                lock (_lock) TryKeep(paths);
            }

            Set(state => state with { Busy = false, Paused = false, Stopping = false, Done = stopped ? "Stopped; what was read is kept, and indexing goes on from there" : null, Error = stopped ? null : Explain(problem) });
        }

        try
        {
            if (!stop.IsCancellationRequested && Wanted()) Again();
        }
        catch (InvalidOperationException)
        {
            // Somebody began another run, which reads that mail as well.
        }
    }

    private bool Wanted()
    {
        lock (_lock) return _more;
    }

    private void TryKeep(IReadOnlyList<string> sources)
    {
        try
        {
            Keep(sources);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _state = _state with { Warnings = [problem.Message] };
        }
    }

    // Within the lock. A power cut leaves the old list or the new one.
    private void Keep(IReadOnlyList<string> sources)
    {
        Directory.CreateDirectory(_folder);
        string unfinished = SourcesFile + ".tmp";
        File.WriteAllLines(unfinished, sources);
        File.Move(unfinished, SourcesFile, overwrite: true);
        _state = _state with { Sources = sources };
    }

    // The old index serves those who still search in it; nobody needs it afterwards.
    private void Open()
    {
        try
        {
            Reopened();
        }
        catch (FileNotFoundException) when (Elsewhere is not null)
        {
            // A mailbox that is still to be made.
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or FailureException)
        {
            if (!_state.Busy) Set(state => state with { Error = Explain(problem) });
        }
    }

    // A data base is searched as it stands; a folder as it was when it was opened.
    private MailSearchIndex Reopened()
    {
        MailSearchIndex opened;
        lock (_opening) _index = opened = Elsewhere is not null && _index is { } open ? open : MailSearchIndex.Open(_storage, _encoder.Value);
        int mails = opened.Mails;
        Set(state => state with { Mails = mails, Error = null });
        return opened;
    }

    private MailSearchIndex Opened() => _index ?? (Elsewhere is not null ? Reopened() : throw new InvalidOperationException("There is no index yet: choose your mail below and index it."));

    private void Set(Func<SearchState, SearchState> change)
    {
        lock (_lock) _state = change(_state);
        Changed?.Invoke();
    }

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Explain(Exception problem) => problem switch
    {
        FailureException or CheckpointException or InvalidDataException or InvalidOperationException or FileNotFoundException or DirectoryNotFoundException => problem.Message,
        IOException => $"Indexing failed: {problem.Message}",
        UnauthorizedAccessException => $"Indexing failed: {problem.Message} Change the rights of the file, or choose another.",
        _ => $"Indexing failed: {problem.Message}",
    };

    private sealed class Progress(SearchService service) : IProgress<MailIndexProgress>
    {
        public void Report(MailIndexProgress value)
        {
            if (TimeProvider.System.GetElapsedTime(service._told) < s_redraw && service._told != 0) return;
            service._told = TimeProvider.System.GetTimestamp();
            service.Set(state => state with { Progress = value });
        }
    }
}
