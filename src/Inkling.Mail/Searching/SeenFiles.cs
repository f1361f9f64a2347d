using System.Runtime.InteropServices;
using System.Text;
using Inkling.Numerics;

namespace Inkling.Mail;

/// <summary>
/// What lay in which file at the last run: files that have not changed since need not be read, and mail that lies in none any more is gone.
/// </summary>
internal sealed class SeenFiles
{
    private const string FileKind = "mailfiles";
    private const int Version = 1;

    private readonly Dictionary<string, SeenFile> _files = new(StringComparer.Ordinal);

    /// <summary>The files and what was in them.</summary>
    public IReadOnlyDictionary<string, SeenFile> Files => _files;

    /// <summary>Prints of the ids of mails that other machines see in files of theirs.</summary>
    public HashSet<ulong> Elsewhere { get; } = [];

    /// <summary>Paths of files that were set or dropped since this was emptied.</summary>
    public HashSet<string> Changed { get; } = new(StringComparer.Ordinal);

    /// <summary>Says what is in a file.</summary>
    public void Set(string path, SeenFile file)
    {
        _files[path] = file;
        Changed.Add(path);
    }

    /// <summary>Says that a file is no longer there.</summary>
    public void Drop(string path)
    {
        if (_files.Remove(path)) Changed.Add(path);
    }

    /// <summary>Saves it.</summary>
    public void Save(string path)
    {
        using SectionWriter writer = new(path);
        writer.Section("about", new ReadOnlySpan<long>([Version, _files.Count]));
        writer.Section<byte>("paths", Encoding.UTF8.GetBytes(string.Join('\0', _files.Keys)));
        writer.Section<Row>("files", [.. _files.Values.Select(file => new Row(file.Length, file.Ticks, file.Mails.Length))]);
        writer.Section<SeenMail>("mails", [.. _files.Values.SelectMany(file => file.Mails)]);
        writer.Commit(FileKind);
        Changed.Clear();
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another version.</exception>
    public static SeenFiles Read(string path)
    {
        SectionFile file = SectionFile.Open(path);
        if (file.Kind != FileKind) throw SectionHeader.Damaged(path, $"it is of kind {file.Kind}");
        file.Verify();
        ReadOnlySpan<long> about = file.Section("about", 2 * sizeof(long)).Slice<long>(0, 2);
        if (about[0] != Version) throw new InvalidDataException($"{path} is of version {about[0]}; this program reads {Version}.");
        RowMemory paths = file.Section("paths"), mails = file.Section("mails");
        int count = checked((int)about[1]), at = 0;
        string[] names = count == 0 ? [] : Encoding.UTF8.GetString(paths.Slice<byte>(0, checked((int)paths.Length))).Split('\0');
        ReadOnlySpan<Row> rows = file.Section("files", (long)count * Marshal.SizeOf<Row>()).Slice<Row>(0, count);
        ReadOnlySpan<SeenMail> all = mails.Slice<SeenMail>(0, checked((int)(mails.Length / Marshal.SizeOf<SeenMail>())));
        if (names.Length != count) throw SectionHeader.Damaged(path, "it has not as many paths as files");
        SeenFiles seen = new();
        for (int i = 0; i < count; i++)
        {
            if (rows[i].Mails < 0 || rows[i].Mails > all.Length - at) throw SectionHeader.Damaged(path, "a file has more mails than there are");
            seen._files[names[i]] = new SeenFile(rows[i].Length, rows[i].Ticks, all.Slice(at, (int)rows[i].Mails).ToArray());
            at += (int)rows[i].Mails;
        }

        GC.KeepAlive(file);
        return seen;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    private readonly record struct Row(long Length, long Ticks, long Mails);
}
