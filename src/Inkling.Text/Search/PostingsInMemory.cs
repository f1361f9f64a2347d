using System.Runtime.InteropServices;
using System.Text;
using Inkling.Numerics;

namespace Inkling.Text;

/// <summary>Postings that may change.</summary>
internal sealed class PostingsInMemory : ITermPostings
{
    private readonly Dictionary<string, Posting> _terms = new(StringComparer.Ordinal);
    private readonly List<long> _keys = [];
    private readonly List<int> _lengths = [];
    private readonly Dictionary<long, int> _documents = [];

    public int Documents => _keys.Count;

    /// <summary>Documents that were not removed.</summary>
    public int Live => _documents.Count;

    /// <summary>Terms of all of those.</summary>
    public long TotalLength { get; private set; }

    public long Key(int document) => _keys[document];

    public int Length(int document) => _lengths[document];

    public bool Contains(long key) => _documents.ContainsKey(key);

    public void Find(string term, out ReadOnlySpan<int> documents, out ReadOnlySpan<int> counts)
    {
        Posting? posting = _terms.GetValueOrDefault(term);
        documents = posting is null ? [] : CollectionsMarshal.AsSpan(posting.Documents);
        counts = posting is null ? [] : CollectionsMarshal.AsSpan(posting.Counts);
    }

    /// <summary>Adds a document behind the others.</summary>
    public void Add(long key, List<string> terms)
    {
        int document = _keys.Count;
        _documents.Add(key, document);
        _keys.Add(key);
        _lengths.Add(terms.Count);
        TotalLength += terms.Count;
        foreach (string term in terms)
        {
            ref Posting? posting = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, term, out _);
            (posting ??= new Posting()).Add(document);
        }
    }

    /// <summary>Removes a document; its postings stay until <see cref="Reclaim"/>.</summary>
    public bool Remove(long key)
    {
        if (!_documents.Remove(key, out int document))
            return false;
        TotalLength -= _lengths[document];
        _lengths[document] = -1;
        return true;
    }

    /// <summary>The same without removed documents.</summary>
    public PostingsInMemory Reclaim()
    {
        PostingsInMemory kept = new();
        int[] places = new int[Documents];
        for (int document = 0; document < places.Length; document++)
            places[document] = Length(document) < 0 ? -1 : kept.Begin(Key(document), Length(document));
        foreach ((string term, Posting posting) in _terms)
            kept.Take(term, CollectionsMarshal.AsSpan(posting.Documents), CollectionsMarshal.AsSpan(posting.Counts), places);
        return kept;
    }

    /// <summary>Everything that a file has.</summary>
    public static PostingsInMemory Read(PostingsFile file)
    {
        PostingsInMemory read = new();
        int[] places = new int[file.Documents];
        for (int document = 0; document < places.Length; document++)
        {
            if (file.Length(document) >= 0 && read.Contains(file.Key(document)))
                throw file.Damaged($"key {file.Key(document)} is there twice");
            places[document] = file.Length(document) < 0 ? -1 : read.Begin(file.Key(document), file.Length(document));
        }

        for (int term = 0; term < file.Terms; term++)
        {
            file.Read(term, out ReadOnlySpan<int> documents, out ReadOnlySpan<int> counts);
            read.Take(file.Term(term), documents, counts, places);
        }

        return read;
    }

    /// <summary>Writes the sections of a file: terms in the order of their bytes.</summary>
    public void Write(SectionWriter writer)
    {
        (byte[] Bytes, Posting Posting)[] terms = [.. _terms.Select(one => (Encoding.UTF8.GetBytes(one.Key), one.Value))];
        Array.Sort(terms, (a, b) => a.Bytes.AsSpan().SequenceCompareTo(b.Bytes));
        writer.Section<long>(PostingsFile.KeysSection, CollectionsMarshal.AsSpan(_keys));
        writer.Section<int>(PostingsFile.LengthsSection, CollectionsMarshal.AsSpan(_lengths));
        writer.Begin(PostingsFile.TermsSection);
        foreach ((byte[] bytes, _) in terms)
            writer.Write<byte>(bytes);
        long ends = 0;
        writer.Section<long>(PostingsFile.TermEndsSection, [.. terms.Select(one => ends += one.Bytes.Length)]);
        writer.Begin(PostingsFile.DocumentsSection);
        foreach ((_, Posting posting) in terms)
            writer.Write<int>(CollectionsMarshal.AsSpan(posting.Documents));
        writer.Begin(PostingsFile.CountsSection);
        foreach ((_, Posting posting) in terms)
            writer.Write<int>(CollectionsMarshal.AsSpan(posting.Counts));
        ends = 0;
        writer.Section<long>(PostingsFile.PostingEndsSection, [.. terms.Select(one => ends += one.Posting.Documents.Count)]);
    }

    private int Begin(long key, int length)
    {
        _documents.Add(key, _keys.Count);
        _keys.Add(key);
        _lengths.Add(length);
        TotalLength += length;
        return _keys.Count - 1;
    }

    private void Take(string term, ReadOnlySpan<int> documents, ReadOnlySpan<int> counts, int[] places)
    {
        Posting posting = new();
        for (int i = 0; i < documents.Length; i++)
        {
            if (places[documents[i]] < 0)
                continue;
            posting.Documents.Add(places[documents[i]]);
            posting.Counts.Add(counts[i]);
        }

        if (posting.Documents.Count > 0)
            _terms[term] = posting;
    }

    /// <summary>The documents of a term.</summary>
    private sealed class Posting
    {
        public List<int> Documents { get; } = [];

        public List<int> Counts { get; } = [];

        public void Add(int document)
        {
            if (Documents.Count > 0 && Documents[^1] == document)
            {
                Counts[^1]++;
                return;
            }

            Documents.Add(document);
            Counts.Add(1);
        }
    }
}
