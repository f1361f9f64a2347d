namespace Inkling.Mail;

/// <summary>One run's reading of files: which must be read, what was seen in each, and which mails are in none any more.</summary>
/// <param name="seen">What earlier runs saw; brought up to date.</param>
/// <param name="columns">The mails of the index.</param>
internal sealed class MailSightings(SeenFiles seen, MailColumns columns)
{
    // Whoever writes to a file again within this time may leave the same time and length.
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    // Only of these it is known that they were in a file once.
    private readonly HashSet<ulong> _before = [.. seen.Files.Values.SelectMany(file => file.Mails).Select(mail => mail.Id)];
    private readonly Dictionary<string, (DateTime Written, bool Settled)> _found = new(StringComparer.Ordinal);
    private readonly List<SeenMail> _now = [];
    private string? _reading;
    private long _length;

    /// <summary>The files that have changed since they were last read, or whose mails are not all in the index.</summary>
    public List<MailFile> Changed(IEnumerable<MailFile> files)
    {
        foreach (SeenMail mail in seen.Files.Values.SelectMany(file => file.Mails)) columns.Know(mail.Hash, mail.Id);
        DateTime settled = DateTime.UtcNow - s_settled;
        List<MailFile> changed = [];
        foreach (MailFile file in files)
        {
            DateTime written = Now(file.Path).Written;
            bool known = seen.Files.TryGetValue(file.Path, out SeenFile? before) && before.Ticks == written.Ticks && before.Length == file.Length && Array.TrueForAll(before.Mails, mail => columns.HasId(mail.Id));
            if (known) continue;
            _found[file.Path] = (written, written < settled);
            changed.Add(file);
        }

        return changed;
    }

    /// <summary>A mail was read that the index has by now.</summary>
    public void Saw(MailFile file, UInt128 hash)
    {
        (_reading, _length) = (file.Path, file.Length);
        if (columns.TryIdOf(hash, out ulong id)) _now.Add(new SeenMail(hash, id));
    }

    /// <summary>A file was read.</summary>
    /// <param name="file">The file.</param>
    /// <param name="whole">Whether to its end: what could not be read may be there still.</param>
    public void Finish(MailFile file, bool whole)
    {
        (_reading, _length) = (file.Path, file.Length);
        (DateTime written, bool settled) = _found[file.Path];
        // Of one that was written to meanwhile some may have been read before, some after.
        whole = whole && Now(file.Path) == (file.Length, written);
        Write(whole && settled ? written.Ticks : 0, whole);
    }

    /// <summary>Keeps what was seen of a file that is being read.</summary>
    public void Interrupt()
    {
        if (_reading is not null) Write(0, whole: false);
    }

    /// <summary>Takes files that are no longer there off the list, and finds the mails that are in none any more.</summary>
    /// <param name="roots">What was looked through.</param>
    /// <param name="files">The files that are there.</param>
    /// <param name="unread">Folders and files that could not be read, and empty folders: what was in them stays.</param>
    /// <param name="report">Told of what stays for another reason.</param>
    public List<int> Gone(IReadOnlyList<string> roots, IReadOnlyList<MailFile> files, IReadOnlyList<string> unread, MailReadReport report)
    {
        HashSet<string> there = [.. files.Select(file => file.Path)], silent = new(StringComparer.Ordinal);
        string[] all = [.. roots.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
        // A disk that is not in the machine leaves an empty folder, too.
        string[] stay = [.. unread, .. all.Where(root => !there.Any(path => IsBelow(path, root)))];
        foreach (string path in seen.Files.Keys.Where(path => !there.Contains(path) && all.Any(root => IsBelow(path, root))).ToArray())
        {
            if (Array.Find(stay, one => IsBelow(path, one)) is { } place) silent.Add(place);
            else seen.Drop(path);
        }

        foreach (string place in silent) report.Warn($"{place}: no mail is there any more, or none that can be read. What was found there before stays in the index.");

        HashSet<ulong> alive = [.. seen.Files.Values.SelectMany(file => file.Mails).Select(mail => mail.Id), .. seen.Elsewhere];
        return [.. Enumerable.Range(0, columns.Count).Where(mail => columns.IsThere(mail) && _before.Contains(columns[mail].Id) && !alive.Contains(columns[mail].Id))];
    }

    /// <summary>Mails whose bytes are in no file any more, but others with their id: they were changed, as a draft is. Called when <see cref="Gone"/> was.</summary>
    /// <param name="files">The files that are there.</param>
    /// <param name="holding">The files to read them from again.</param>
    public List<int> Stale(IReadOnlyList<MailFile> files, out List<MailFile> holding)
    {
        HashSet<UInt128> bytes = [.. seen.Files.Values.SelectMany(file => file.Mails).Select(mail => mail.Hash)];
        HashSet<ulong> ids = [.. files.SelectMany(In).Select(mail => mail.Id)];
        // Which bytes another machine has seen nobody knows here.
        ids.ExceptWith(seen.Elsewhere);
        List<int> stale = [.. Enumerable.Range(0, columns.Count).Where(mail => columns.IsThere(mail) && ids.Contains(columns[mail].Id) && !bytes.Contains(columns[mail].Hash))];
        HashSet<ulong> wanted = [.. stale.Select(mail => columns[mail].Id)];
        holding = [.. files.Where(file => Array.Exists(In(file), mail => wanted.Contains(mail.Id)))];
        return stale;
    }

    private SeenMail[] In(MailFile file) => seen.Files.TryGetValue(file.Path, out SeenFile? known) ? known.Mails : [];

    private static (long Length, DateTime Written) Now(string path)
    {
        try
        {
            FileInfo file = MailFiles.Content(new FileInfo(path));
            return (file.Length, file.LastWriteTimeUtc);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (-1, DateTime.MaxValue); // Whoever reads it says what is wrong with it.
        }
    }

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || root.EndsWith(Path.DirectorySeparatorChar) || path[root.Length] == Path.DirectorySeparatorChar);

    private void Write(long ticks, bool whole)
    {
        SeenMail[] before = !whole && seen.Files.TryGetValue(_reading!, out SeenFile? known) ? known.Mails : [];
        foreach (SeenMail mail in _now) _before.Add(mail.Id);
        seen.Set(_reading!, new SeenFile(_length, ticks, [.. before.Union(_now)]));
        _now.Clear();
        _reading = null;
    }
}
