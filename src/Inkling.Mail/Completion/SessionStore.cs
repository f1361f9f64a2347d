namespace Inkling.Mail;

/// <summary>The sessions of many drafts, by id: bounded in number and forgotten after a while. Thread-safe.</summary>
/// <remarks>When the store is full the session used longest ago makes room. An id that was forgotten simply starts anew.</remarks>
public sealed class SessionStore
{
    private sealed record Entry(DraftSession Session)
    {
        public long LastUsed { get; set; }
    }

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Completer _completer;
    private readonly int _capacity;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;

    /// <summary>Makes an empty store.</summary>
    /// <param name="completer">Answers the requests.</param>
    /// <param name="capacity">Sessions kept at most, 1 or more.</param>
    /// <param name="lifetime">How long an unused session is kept; ten minutes when null.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public SessionStore(Completer completer, int capacity = 64, TimeSpan? lifetime = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(completer);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _completer = completer;
        _capacity = capacity;
        _lifetime = lifetime ?? TimeSpan.FromMinutes(10);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Longest session id that is accepted; longer ones are answered without a session.</summary>
    public const int MaxIdLength = 128;

    /// <summary>Sessions kept at this moment.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                Expire();
                return _entries.Count;
            }
        }
    }

    /// <summary>Answers a request with the state kept under <paramref name="sessionId"/>.</summary>
    /// <param name="sessionId">Any string of the caller's; null, empty or over-long answers without a session.</param>
    /// <param name="request">The draft.</param>
    public Completion Complete(string? sessionId, CompletionRequest request) =>
        _completer.Complete(request, string.IsNullOrEmpty(sessionId) || sessionId.Length > MaxIdLength ? null : Take(sessionId));

    /// <summary>Forgets a session; unknown ids are ignored.</summary>
    /// <param name="sessionId">The id given to <see cref="Complete"/>.</param>
    public void Remove(string sessionId)
    {
        lock (_lock)
            _entries.Remove(sessionId);
    }

    private DraftSession Take(string id)
    {
        lock (_lock)
        {
            Expire();
            if (!_entries.TryGetValue(id, out var entry))
            {
                if (_entries.Count >= _capacity)
                    _entries.Remove(_entries.MinBy(pair => pair.Value.LastUsed).Key);
                _entries[id] = entry = new Entry(_completer.NewSession());
            }
            entry.LastUsed = _time.GetTimestamp();
            return entry.Session;
        }
    }

    private void Expire()
    {
        var now = _time.GetTimestamp();
        foreach (var (id, entry) in _entries)
        {
            if (_time.GetElapsedTime(entry.LastUsed, now) > _lifetime)
                _entries.Remove(id); // removing while enumerating is allowed for Dictionary
        }
    }
}
