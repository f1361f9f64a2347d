using System.Runtime.InteropServices;
using System.Text;
using Inkling.Numerics;

namespace Inkling.Mail;

/// <summary>What the search must know of every mail at once: where it is, when and from whom, its folder and its thread. Some sixty bytes a mail.</summary>
internal sealed class MailColumns
{
    private const string FileKind = "mailcolumns";
    private const int Version = 2;
    private const long Gone = -1, Cleared = -2;   // in place of where the mail is

    private readonly List<Row> _rows = [];
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, int> _hashes = [];
    private readonly Dictionary<ulong, int> _byId = [];
    private readonly Dictionary<ulong, int> _bySubject = [];
    private readonly Dictionary<ulong, int> _awaited = [];   // mails that were answered and not read yet, and a mail of the thread they belong to
    private bool _keyed = true;

    /// <summary>Numbers that were given to mails, also to those that are gone.</summary>
    public int Count => _rows.Count;

    /// <summary>Mails that are there.</summary>
    public int Live { get; private set; }

    /// <summary>Threads that turned out to be one since this was emptied: the later and the earlier, each by the number of its first mail.</summary>
    public List<(int Later, int Earlier)> Joined { get; } = [];

    /// <summary>Where the log ends that these mails are of.</summary>
    public long LogEnd { get; set; }

    /// <summary>Number of the file of passages that goes with them; 0 for none.</summary>
    public int Generation { get; set; }

    /// <summary>What made the vectors of the passages.</summary>
    public string Encoder { get; set; } = "";

    /// <summary>The addresses of the user, with semicolons between.</summary>
    public string Owner { get; set; } = "";

    /// <summary>Mails whose passages are in the file of passages: the first so many.</summary>
    public int Indexed { get; set; }

    public Row this[int mail] => _rows[mail];

    /// <summary>Sender and folder names, by their numbers.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Whether a mail of these bytes is there.</summary>
    public bool Has(UInt128 hash)
    {
        MakeKeys();
        return _hashes.ContainsKey(hash);
    }

    /// <summary>Whether a mail with an id of this print is there.</summary>
    public bool HasId(ulong id)
    {
        MakeKeys();
        return _byId.ContainsKey(id);
    }

    /// <summary>The print of the id of the mail that has these bytes, here or in a copy.</summary>
    public bool TryIdOf(UInt128 hash, out ulong id)
    {
        MakeKeys();
        bool known = _hashes.TryGetValue(hash, out int mail);
        id = known ? _rows[mail].Id : 0;
        return known;
    }

    /// <summary>Remembers the bytes of a copy of a mail.</summary>
    public void Know(UInt128 hash, ulong id)
    {
        MakeKeys();
        if (_byId.TryGetValue(id, out int mail)) _hashes.TryAdd(hash, mail);
    }

    /// <summary>The number of a mail, by its bytes or its id; -1 if it is not there.</summary>
    public int Find(ArchivedMail mail)
    {
        MakeKeys();
        return _hashes.TryGetValue(mail.Hash, out int number) || _byId.TryGetValue(Print(mail.Id), out number) ? number : -1;
    }

    /// <summary>Whether a mail of these bytes is there and known to be the user's.</summary>
    public bool HasOwn(UInt128 hash)
    {
        MakeKeys();
        return _hashes.TryGetValue(hash, out int mail) && _rows[mail].Own != 0;
    }

    /// <summary>Takes out mails. Their numbers are not given again, and their threads stay together.</summary>
    public void Remove(IReadOnlyCollection<int> mails)
    {
        MakeKeys();
        HashSet<int> gone = [.. mails];
        foreach (UInt128 copy in _hashes.Where(one => gone.Contains(one.Value)).Select(one => one.Key).ToList()) _hashes.Remove(copy);
        foreach (int mail in gone)
        {
            Row row = _rows[mail];
            _byId.Remove(row.Id);
            if (_bySubject.GetValueOrDefault(row.Subject, -1) == mail) _bySubject.Remove(row.Subject);
            _rows[mail] = row with { Offset = Gone, Hash = 0 };
            Live--;
        }

        HashSet<int> threads = [.. Enumerable.Range(0, Count).Where(IsThere).Select(ThreadOf)];
        // Should one of them come back, it finds its thread again.
        foreach (int mail in gone.Where(mail => threads.Contains(ThreadOf(mail)))) _awaited.TryAdd(_rows[mail].Id, ThreadOf(mail));
    }

    /// <summary>Mails that are gone and whose passages have not been removed yet.</summary>
    public List<int> Leftovers(int before) => [.. Enumerable.Range(0, Math.Min(before, Count)).Where(mail => _rows[mail].Offset == Gone)];

    /// <summary>Says that the passages of a mail that is gone have been removed.</summary>
    public void Clear(int mail) => _rows[mail] = _rows[mail] with { Offset = Cleared };

    /// <summary>Whether a mail is there; if not, it is gone.</summary>
    public bool IsThere(int mail) => _rows[mail].Offset >= 0;

    /// <summary>Adds a mail.</summary>
    /// <returns>What it was: the same message in another folder is known, or was not known yet to be the user's.</returns>
    public MailAdding Add(ArchivedMail mail, long offset)
    {
        if (Find(mail) is >= 0 and int known)
        {
            _hashes.TryAdd(mail.Hash, known);
            Row row = _rows[known];
            if (!mail.Own || row.Own != 0) return MailAdding.Known;
            _rows[known] = row with { Offset = offset, Own = mail.OwnWords ? 1 : 2, Folder = Number(mail.Folder) };
            return MailAdding.FoundToBeOwn;
        }

        ulong id = Print(mail.Id), subject = Print(BareSubject(mail.Subject));
        _hashes.Add(mail.Hash, _rows.Count);
        int number = _rows.Count, thread = number;
        string bare = BareSubject(mail.Subject);
        if (mail.InReplyTo.Length > 0) thread = ThreadOfReply(Print(mail.InReplyTo), number);
        else if (bare.Length > 0 && bare.Length < mail.Subject.Length && _bySubject.TryGetValue(subject, out int same)) thread = ThreadOf(same);
        _rows.Add(new Row(mail.Hash, id, subject, offset, mail.Date?.UtcTicks ?? long.MinValue, Number(mail.Author), Number(mail.Folder), thread, !mail.Own ? 0 : mail.OwnWords ? 1 : 2));
        Remember(number);
        Live++;
        if (_awaited.Remove(id, out int replies)) Join(number, replies);
        return MailAdding.New;
    }

    /// <summary>The mails of the thread that a mail is in, in the order they were read.</summary>
    public IEnumerable<int> Thread(int mail)
    {
        int thread = ThreadOf(mail);
        return Enumerable.Range(0, Count).Where(one => IsThere(one) && ThreadOf(one) == thread);
    }

    /// <summary>The first mail of the thread that a mail is in; it may be gone.</summary>
    public int ThreadOf(int mail)
    {
        while (_rows[mail].Thread != mail) mail = _rows[mail].Thread;
        return mail;
    }

    /// <summary>Puts back a mail that is kept elsewhere; numbers only grow from one to the next.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="row">What is known of it; sender and folder are not.</param>
    /// <param name="answered">The print of the id of what it answers; 0 for nothing.</param>
    public void Restore(int number, Row row, ulong answered)
    {
        while (_rows.Count <= number) _rows.Add(new Row(0, 0, 0, -1, 0, 0, 0, _rows.Count, 0));
        _rows[number] = row with { From = 0, Folder = 0 };
        _hashes[row.Hash] = number;
        Remember(number);
        Live++;
        _awaited.Remove(row.Id);
        if (answered != 0 && !_byId.ContainsKey(answered)) _awaited.TryAdd(answered, ThreadOf(number));
    }

    /// <summary>Saves them.</summary>
    public void Save(string path)
    {
        using SectionWriter writer = new(path);
        About about = new(Version, _rows.Count, Indexed, Generation, LogEnd);
        writer.Section("about", new ReadOnlySpan<About>(in about));
        writer.Section<byte>("encoder", Encoding.UTF8.GetBytes(Encoder));
        writer.Section<byte>("owner", Encoding.UTF8.GetBytes(Owner));
        writer.Section<Row>("mails", CollectionsMarshal.AsSpan(_rows));
        writer.Section<Awaited>("awaited", [.. _awaited.Select(one => new Awaited(one.Key, one.Value))]);
        writer.Section<byte>("names", Encoding.UTF8.GetBytes(string.Join('\0', _names)));
        writer.Commit(FileKind);
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another version.</exception>
    public static MailColumns Read(string path)
    {
        SectionFile file = SectionFile.Open(path);
        if (file.Kind != FileKind) throw SectionHeader.Damaged(path, $"it is of kind {file.Kind}");
        file.Verify();
        About about = file.Section("about", Marshal.SizeOf<About>()).Slice<About>(0, 1)[0];
        if (about.Version != Version) throw new InvalidDataException($"{path} is of version {about.Version}; this program reads {Version}. Run `inkling search index` on its folder again: the mails are kept.");
        if (about.Count < 0 || about.Indexed < 0 || about.Indexed > about.Count || about.LogEnd < 0) throw SectionHeader.Damaged(path, "what it says of its mails makes no sense");
        MailColumns columns = new() { LogEnd = about.LogEnd, Generation = about.Generation, Indexed = about.Indexed, Encoder = Text(file, "encoder"), Owner = Text(file, "owner"), _keyed = false };
        columns._rows.AddRange(file.Section("mails", (long)about.Count * Marshal.SizeOf<Row>()).Slice<Row>(0, about.Count));
        if (about.Count > 0) columns._names.AddRange(Text(file, "names").Split('\0'));
        RowMemory awaited = file.Section("awaited");
        foreach (Awaited one in awaited.Slice<Awaited>(0, checked((int)(awaited.Length / Marshal.SizeOf<Awaited>())))) columns._awaited[one.Id] = (int)one.Mail;
        if (columns._awaited.Values.Any(mail => (uint)mail >= (uint)about.Count) || columns._rows.Where((row, mail) => row.Thread < 0 || row.Thread > mail).Any()) throw SectionHeader.Damaged(path, "a mail has a thread that is not there");
        columns.Live = columns._rows.Count(row => row.Offset >= 0);
        if (columns._rows.Exists(row => (uint)row.From >= (uint)columns._names.Count || (uint)row.Folder >= (uint)columns._names.Count)) throw SectionHeader.Damaged(path, "a mail has a sender or a folder that is not there");
        GC.KeepAlive(file);
        return columns;
    }

    /// <summary>The subject without <c>Re:</c>, <c>Fwd:</c> and the like.</summary>
    internal static string BareSubject(string subject)
    {
        ReadOnlySpan<char> bare = subject.AsSpan().Trim();
        while (true)
        {
            int colon = bare.IndexOf(':');
            if (colon is < 2 or > 3 || bare[..colon].ToString().ToLowerInvariant() is not ("re" or "fw" or "fwd" or "aw" or "wg" or "sv" or "tr")) return bare.ToString();
            bare = bare[(colon + 1)..].Trim();
        }
    }

    private static string Text(SectionFile file, string name)
    {
        RowMemory section = file.Section(name);
        return Encoding.UTF8.GetString(section.Slice<byte>(0, checked((int)section.Length)));
    }

    private int ThreadOfReply(ulong answered, int number)
    {
        if (_byId.TryGetValue(answered, out int known) || _awaited.TryGetValue(answered, out known)) return ThreadOf(known);
        _awaited.Add(answered, number);
        return number;
    }

    // A thread is named by its first mail; those that turn out to be one are linked from the later to the earlier.
    private void Join(int mail, int other)
    {
        (int a, int b) = (ThreadOf(mail), ThreadOf(other));
        if (a == b) return;
        int later = Math.Max(a, b);
        Joined.Add((later, Math.Min(a, b)));
        _rows[later] = _rows[later] with { Thread = Math.Min(a, b) };
    }

    // Only who adds needs to find mails by hash, id and subject.
    private void MakeKeys()
    {
        if (_keyed) return;
        _keyed = true;
        for (int i = 0; i < _names.Count; i++) _numbers.TryAdd(_names[i], i);
        for (int mail = 0; mail < _rows.Count; mail++)
        {
            if (!IsThere(mail)) continue;
            _hashes[_rows[mail].Hash] = mail;
            Remember(mail);
        }
    }

    private void Remember(int mail)
    {
        _byId.TryAdd(_rows[mail].Id, mail);
        _bySubject[_rows[mail].Subject] = mail;
    }

    private int Number(string name)
    {
        name = name.Replace('\0', ' ');
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, name, out bool known);
        if (known) return number;
        number = _names.Count;
        _names.Add(name);
        return number;
    }

    /// <summary>What stands for a text; case does not matter.</summary>
    internal static ulong Print(string text)
    {
        ulong print = 14695981039346656037; // FNV-1a
        foreach (char c in text) print = (print ^ char.ToLowerInvariant(c)) * 1099511628211;
        return print;
    }

    /// <summary>A mail.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public readonly record struct Row(UInt128 Hash, ulong Id, ulong Subject, long Offset, long Date, int From, int Folder, int Thread, int Own);

    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    private readonly record struct Awaited(ulong Id, long Mail);

    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    private readonly record struct About(int Version, int Count, int Indexed, int Generation, long LogEnd);
}
