using System.Text;
using Inkling.Numerics;

namespace Inkling.Text;

/// <summary>Postings in a mapped file: terms lie in the order of their bytes and are found by halving. Nothing in it is believed before it is checked.</summary>
internal sealed class PostingsFile : ITermPostings
{
    /// <summary>Names of the sections.</summary>
    public const string KeysSection = "text.keys", LengthsSection = "text.lengths", TermsSection = "text.terms", TermEndsSection = "text.term-ends",
        DocumentsSection = "text.documents", CountsSection = "text.counts", PostingEndsSection = "text.posting-ends";

    private readonly string _path;
    private readonly RowMemory _keys;
    private readonly RowMemory _lengths;
    private readonly RowMemory _terms;
    private readonly RowMemory _termEnds;
    private readonly RowMemory _documents;
    private readonly RowMemory _counts;
    private readonly RowMemory _postingEnds;

    /// <summary>Finds the sections and checks that their sizes go together.</summary>
    public PostingsFile(SectionFile file, int documents)
    {
        _path = file.Path;
        Documents = documents;
        _keys = file.Section(KeysSection, (long)documents * sizeof(long));
        _lengths = file.Section(LengthsSection, (long)documents * sizeof(int));
        _terms = file.Section(TermsSection);
        _termEnds = file.Section(TermEndsSection);
        _postingEnds = file.Section(PostingEndsSection, _termEnds.Length);
        _documents = file.Section(DocumentsSection);
        _counts = file.Section(CountsSection, _documents.Length);
        if (_termEnds.Length % sizeof(long) != 0 || _termEnds.Length / sizeof(long) > Array.MaxLength || _documents.Length % sizeof(int) != 0)
            throw Damaged("the numbers of its terms do not agree");
        Terms = (int)(_termEnds.Length / sizeof(long));
    }

    public int Documents { get; }

    /// <summary>Different terms.</summary>
    public int Terms { get; }

    public long Key(int document) => _keys.Slice<long>((long)document * sizeof(long), 1)[0];

    public int Length(int document) => _lengths.Slice<int>((long)document * sizeof(int), 1)[0];

    /// <summary>A term.</summary>
    public string Term(int number) => Encoding.UTF8.GetString(Bytes(number));

    public void Find(string term, out ReadOnlySpan<int> documents, out ReadOnlySpan<int> counts)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(term);
        int low = 0, high = Terms;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Bytes(middle).SequenceCompareTo(wanted) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        documents = counts = [];
        if (low < Terms && Bytes(low).SequenceEqual(wanted))
            Read(low, out documents, out counts);
    }

    /// <summary>The postings of a term.</summary>
    public void Read(int number, out ReadOnlySpan<int> documents, out ReadOnlySpan<int> counts)
    {
        (long start, int length) = Range(_postingEnds, number, _documents.Length / sizeof(int));
        documents = _documents.Slice<int>(start * sizeof(int), length);
        counts = _counts.Slice<int>(start * sizeof(int), length);
        foreach (int document in documents)
        {
            if ((uint)document >= (uint)Documents)
                throw Damaged($"a term is in document {document} of {Documents}");
        }
    }

    /// <summary>The error of a damaged file.</summary>
    public InvalidDataException Damaged(string what) => SectionHeader.Damaged(_path, what);

    private ReadOnlySpan<byte> Bytes(int number)
    {
        (long start, int length) = Range(_termEnds, number, _terms.Length);
        return _terms.Slice<byte>(start, length);
    }

    private (long Start, int Length) Range(RowMemory ends, int number, long limit)
    {
        long start = number == 0 ? 0 : ends.Slice<long>((long)(number - 1) * sizeof(long), 1)[0], end = ends.Slice<long>((long)number * sizeof(long), 1)[0];
        if (start < 0 || end < start || end > limit || end - start > Array.MaxLength)
            throw Damaged($"term {number} goes from {start} to {end} of {limit}");
        return (start, (int)(end - start));
    }
}
