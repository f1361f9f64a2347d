using System.Runtime.InteropServices;
using System.Text;
using Inkling.Numerics;

namespace Inkling.Text;

/// <content>Saving and opening.</content>
public sealed partial class Bm25Index
{
    /// <summary>Kind of its file.</summary>
    internal const string FileKind = "bm25";

    private const int LongestName = 64;
    private const string AboutSection = "text.about";
    private const string AnalyzerSection = "text.analyzer";

    private SectionFile? _file;

    private Bm25Index(SectionFile file, About about, ITextAnalyzer analyzer)
        : this(new Bm25Options { K1 = about.K1, B = about.B }, analyzer)
    {
        _memory = null;
        _mapped = new PostingsFile(file, about.Documents);
        _file = file;
        _live = about.Live;
        _totalLength = about.TotalLength;
    }

    /// <summary>Opens an index file: it is mapped into memory and read where a search touches it. The first change reads and verifies all of it.</summary>
    /// <param name="path">A file that <see cref="Save"/> wrote.</param>
    /// <param name="analyzer">What made terms of its texts; null for <see cref="WordAnalyzer"/>.</param>
    /// <exception cref="ArgumentException">It was made with another analyzer.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is no such file, of another version, cut short or damaged; the message says which.</exception>
    public static Bm25Index Open(string path, ITextAnalyzer? analyzer = null) => Read(SectionFile.Open(path), analyzer);

    /// <summary>
    /// Saves the index in one file. It is written beside its place and renamed when it is complete and on the disk: whoever is killed before leaves the old file
    /// as it was. Changes wait meanwhile, searches do not.
    /// </summary>
    /// <param name="path">Where; what is there is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        using SectionWriter writer = new(path);
        Write(writer);
        writer.Commit(FileKind);
    }

    /// <summary>Compares an opened file with its checksums, all of it.</summary>
    /// <exception cref="InvalidDataException">Something has changed since it was written; the message says where.</exception>
    public void Verify()
    {
        _lock.EnterReadLock();
        try
        {
            _file?.Verify();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>The index in a file that may hold more.</summary>
    internal static Bm25Index Read(SectionFile file, ITextAnalyzer? analyzer)
    {
        analyzer ??= WordAnalyzer.Default;
        file.Verify(AboutSection);
        RowMemory section = file.Section(AboutSection, Marshal.SizeOf<About>()), name = file.Section(AnalyzerSection);
        About about = section.Slice<About>(0, 1)[0];
        bool fits = about.Documents >= 0 && about.Live >= 0 && about.Live <= about.Documents && about.TotalLength >= 0;
        if (!fits || !(about.K1 is >= 0 and <= 10) || !(about.B is >= 0 and <= 1) || name.Length > 4 * LongestName)
            throw SectionHeader.Damaged(file.Path, "what it says of its texts makes no sense");
        string made = Encoding.UTF8.GetString(name.Slice<byte>(0, (int)name.Length));
        GC.KeepAlive(file);
        return made == analyzer.Name
            ? new Bm25Index(file, about, analyzer)
            : throw new ArgumentException($"Open: the texts of {file.Path} were analysed by “{made}”, not “{analyzer.Name}”. Open it with that analyzer, or build it again.", nameof(analyzer));
    }

    /// <summary>Writes the sections into a file that may hold more.</summary>
    internal void Write(SectionWriter writer)
    {
        _lock.EnterReadLock();
        try
        {
            _file?.Verify();
            PostingsInMemory memory = _memory ?? PostingsInMemory.Read(_mapped!);
            About about = new(memory.Documents, memory.Live, memory.TotalLength, Options.K1, Options.B);
            writer.Section(AboutSection, new ReadOnlySpan<About>(in about));
            writer.Section<byte>(AnalyzerSection, Encoding.UTF8.GetBytes(_analyzer.Name));
            memory.Write(writer);
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>What the file says of its index.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    private readonly record struct About(int Documents, int Live, long TotalLength, float K1, float B);
}
