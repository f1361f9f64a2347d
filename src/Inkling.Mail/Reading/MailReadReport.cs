namespace Inkling.Mail;

/// <summary>What a <see cref="MailReader"/> understood of the mail it was given. Can be looked at from other threads while reading goes on.</summary>
public sealed class MailReadReport
{
    private const int MaxWarnings = 100;
    private const int MaxSamples = 8;

    private readonly Lock _lock = new();
    private readonly int[] _skipped = new int[Enum.GetValues<MailSkipReason>().Length];
    private readonly List<string> _warnings = [];
    private readonly List<string> _notes = [];
    private readonly List<MailMessage> _samples = [];
    private long _read, _kept, _characters, _words, _bytes, _totalBytes, _files;
    private ulong _random = 0x9E3779B97F4A7C15;

    /// <summary>Mails looked at.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>Mails kept.</summary>
    public long Kept => Interlocked.Read(ref _kept);

    /// <summary>Files opened.</summary>
    public long Files => Interlocked.Read(ref _files);

    /// <summary>Bytes of all files that will be read, known once the first mail has been asked for.</summary>
    public long TotalBytes => Interlocked.Read(ref _totalBytes);

    /// <summary>Bytes read from files; reaches <see cref="TotalBytes"/> at the end.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Characters of own text in the mails kept.</summary>
    public long Characters => Interlocked.Read(ref _characters);

    /// <summary>Words of own text in the mails kept.</summary>
    public long Words => Interlocked.Read(ref _words);

    /// <summary>Mails and files left out, by reason; reasons that did not occur are absent.</summary>
    public IReadOnlyDictionary<MailSkipReason, int> Skipped
    {
        get
        {
            lock (_lock)
                return Enum.GetValues<MailSkipReason>().Where(reason => _skipped[(int)reason] > 0).ToDictionary(reason => reason, reason => _skipped[(int)reason]);
        }
    }

    /// <summary>The first hundred things that were broken, each with its file and what is wrong. They hold no mail text.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_lock)
                return [.. _warnings];
        }
    }

    /// <summary>What the reader decided by itself, such as whom it took for the writer.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_lock)
                return [.. _notes];
        }
    }

    /// <summary>A few of the mails kept, drawn at random (always the same for the same mail).</summary>
    public IReadOnlyList<MailMessage> Samples
    {
        get
        {
            lock (_lock)
                return [.. _samples];
        }
    }

    /// <summary>One line that says what was read and left out, for people.</summary>
    public override string ToString()
    {
        string skipped = string.Join(", ", Skipped.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Value} {Describe(pair.Key)}"));
        return $"{Kept} of {Read} mails kept, {Words} own words" + (skipped.Length > 0 ? $"; left out: {skipped}" : "");
    }

    /// <summary>A reason in words.</summary>
    /// <param name="reason">Why something was left out.</param>
    public static string Describe(MailSkipReason reason) => reason switch
    {
        MailSkipReason.NotOwn => "by others",
        MailSkipReason.Duplicate => "there twice",
        MailSkipReason.NoOwnText => "without own text",
        MailSkipReason.Automatic => "sent by programs",
        MailSkipReason.NotProse => "mostly tables, code or figures",
        MailSkipReason.BadJson => "lines that are no JSON mail",
        MailSkipReason.Malformed => "broken",
        MailSkipReason.TooLong => "too long",
        MailSkipReason.EmptyFile => "empty files",
        MailSkipReason.Unreadable => "that cannot be read",
        MailSkipReason.UnknownKind => "files of another kind",
        _ => reason.ToString(),
    };

    internal void CountRead() => Interlocked.Increment(ref _read);

    internal void CountFile() => Interlocked.Increment(ref _files);

    internal void SetTotalBytes(long bytes) => Interlocked.Exchange(ref _totalBytes, bytes);

    internal void CountBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);

    internal void CountKept(MailMessage mail)
    {
        long kept = Interlocked.Increment(ref _kept);
        Interlocked.Add(ref _characters, mail.Text.Length);
        Interlocked.Add(ref _words, CountWords(mail.Text));
        lock (_lock)
        {
            // Reservoir sampling (Vitter 1985, algorithm R) with a fixed seed.
            _random = _random * 6364136223846793005 + 1442695040888963407;
            if (_samples.Count < MaxSamples)
                _samples.Add(mail);
            else if ((_random >> 33) % (ulong)kept is < MaxSamples and ulong place)
                _samples[(int)place] = mail;
        }
    }

    internal int Count(MailSkipReason reason)
    {
        lock (_lock)
            return _skipped[(int)reason];
    }

    internal void Skip(MailSkipReason reason)
    {
        lock (_lock)
            _skipped[(int)reason]++;
    }

    internal void Skip(MailSkipReason reason, string warning)
    {
        lock (_lock)
        {
            _skipped[(int)reason]++;
            if (_warnings.Count < MaxWarnings)
                _warnings.Add(warning);
        }
    }

    internal void Warn(string warning)
    {
        lock (_lock)
        {
            if (_warnings.Count < MaxWarnings)
                _warnings.Add(warning);
        }
    }

    internal void Note(string note)
    {
        lock (_lock)
            _notes.Add(note);
    }

    private static int CountWords(string text)
    {
        int words = 0;
        bool inside = false;
        foreach (char c in text)
        {
            bool letter = char.IsLetter(c) || inside && c is '\'' or '’';
            if (letter && !inside)
                words++;
            inside = letter;
        }
        return words;
    }
}
