namespace Inkling.Text.Tests;

/// <summary>Texts found by their words, beside the formula written out.</summary>
public sealed class Bm25IndexTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("inkling-text-test-");

    private string File => Path.Combine(_folder.FullName, "texts.index");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Scores_are_those_of_the_formula()
    {
        var random = new Random(1);
        string[] texts = [.. Enumerable.Range(0, 60).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 30)).Select(_ => $"w{random.Next(40)}")))];
        Bm25Index index = new(new Bm25Options { K1 = 1.5f, B = 0.6f });
        for (int i = 0; i < texts.Length; i++) index.Add(100 + i, texts[i]);

        TextHit[] hits = index.Search("w1 w7 w7 w39 absent", 1000);
        string[][] words = [.. texts.Select(text => text.Split(' '))];
        double mean = words.Average(one => one.Length);
        double Score(string[] document) => ((string[])["w1", "w7", "w7", "w39"]).Sum(term =>
        {
            double n = words.Count(one => one.Contains(term)), f = document.Count(word => word == term);
            return Math.Log(1 + ((60 - n + 0.5) / (n + 0.5))) * f * 2.5 / (f + (1.5 * (1 - 0.6 + (0.6 * document.Length / mean))));
        });
        (long, double)[] expected = [.. words.Select((document, i) => (Key: 100L + i, Score: Score(document))).Where(one => one.Score > 0).OrderByDescending(one => one.Score)];
        Assert.Equal(expected.Select(one => one.Item1).Order(), hits.Select(hit => hit.Key).Order());
        foreach ((long key, double score) in expected) Assert.Equal(score, hits.Single(hit => hit.Key == key).Score, 1e-4);
        Assert.Equal(hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Key), hits);
        Assert.Equal(hits[..7], index.Search("w1 w7 w7 w39 absent", 7));
    }

    [Fact]
    public void Texts_come_go_and_change()
    {
        Bm25Index index = new();
        Assert.Empty(index.Search("anything", 5));
        index.Add(1, "the dates are agreed");
        index.Add(2, "lunch on Friday");
        Assert.Contains("already", Assert.Throws<ArgumentException>(() => index.Add(1, "x")).Message, StringComparison.Ordinal);
        index.Set(2, "the agreed date, and the date again");
        Assert.Equal([2L, 1], index.Search("date", 5).Select(hit => hit.Key));
        Assert.Equal([1L], index.Search("date", 5, key => key < 2).Select(hit => hit.Key));
        Assert.Empty(index.Search("Friday", 5));
        Assert.True(index.Remove(2));
        Assert.False(index.Remove(2));
        Assert.Equal([1L], index.Search("date", 5).Select(hit => hit.Key));
        Assert.Equal(1, index.Count);
        Assert.True(index.Contains(1) && !index.Contains(2));
        index.Add(3, "");
        Assert.Equal(2, index.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search("x", 0));
    }

    [Fact]
    public void After_reclaiming_it_is_as_if_removed_texts_had_never_been_there()
    {
        Bm25Index index = new(), fresh = new();
        for (int i = 0; i < 2000; i++)
        {
            string text = $"common text number {i} of group {i % 17}";
            index.Add(i, text);
            if (i % 2 == 0) fresh.Add(i, text);
        }

        for (int i = 1; i < 2000; i += 2) index.Remove(i);
        // Reclaimed at a quarter of all each time; what is left of removed ones shifts scores a little, never the hits.
        Assert.Equal(fresh.Search("group 4", 3000).Select(hit => hit.Key).Order(), index.Search("group 4", 3000).Select(hit => hit.Key).Order());
        Assert.Equal(1000, index.Count);
    }

    [Fact]
    public void A_file_gives_back_the_same_and_can_be_changed()
    {
        Bm25Index index = Some();
        index.Save(File);
        Bm25Index opened = Bm25Index.Open(File);
        opened.Verify();
        Assert.Equal(index.Options, opened.Options);
        Assert.Equal(index.Count, opened.Count);
        foreach (string query in (string[])["even", "number 7", "straße", "no such word", ""]) Assert.Equal(index.Search(query, 20), opened.Search(query, 20));
        Assert.True(opened.Contains(3) && !opened.Contains(5));
        opened.Save(File);
        opened.Add(1000, "even more");
        Assert.Equal(index.Count + 1, opened.Count);
        Assert.Contains(1000, opened.Search("even", 200).Select(hit => hit.Key));
        Assert.Equal(index.Search("even", 20), Bm25Index.Open(File).Search("even", 20));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public void A_file_of_another_analyzer_is_refused()
    {
        Some().Save(File);
        Assert.Contains("words-1", Assert.Throws<ArgumentException>(() => Bm25Index.Open(File, new Letters())).Message, StringComparison.Ordinal);
        Bm25Index index = new(analyzer: new Letters());
        index.Add(1, "abc");
        index.Save(File);
        Assert.Single(Bm25Index.Open(File, new Letters()).Search("c", 1));
    }

    [Fact]
    public void A_damaged_file_is_noticed_and_does_no_harm()
    {
        Some().Save(File);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < whole.Length; length += 3001)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.Throws<InvalidDataException>(() => Bm25Index.Open(File));
        }

        var random = new Random(2);
        for (int i = 0; i < 100; i++)
        {
            byte[] changed = (byte[])whole.Clone();
            int at = random.Next(whole.Length), length = i % 2 == 0 ? 1 : random.Next(1, 3000);
            for (int j = at; j < int.Min(whole.Length, at + length); j++) changed[j] = (byte)~changed[j];
            System.IO.File.Delete(File);
            System.IO.File.WriteAllBytes(File, changed);
            Assert.Throws<InvalidDataException>(() =>
            {
                Bm25Index opened = Bm25Index.Open(File);
                try
                {
                    opened.Search("even number 7 straße", 20);
                }
                catch (InvalidDataException)
                {
                    // It may be noticed here, and must be below.
                }

                opened.Verify();
            });
        }
    }

    [Fact]
    public async Task Searches_go_on_while_texts_come_and_go()
    {
        Bm25Index index = Some();
        using CancellationTokenSource done = new();
        Task searching = Task.Run(() =>
        {
            do Assert.Equal(3, index.Search("straße", 3, key => key < 100).Length);
            while (!done.IsCancellationRequested);
        });
        for (int i = 1000; i < 3000; i++)
        {
            index.Add(i, $"another straße {i}");
            if (i % 2 == 0) index.Remove(i);
        }

        await done.CancelAsync();
        await searching;
    }

    [Fact]
    public void Constants_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Bm25Index(new Bm25Options { K1 = -1 }));
        Assert.Throws<ArgumentException>(() => new Bm25Index(new Bm25Options { B = float.NaN }));
    }

    private static Bm25Index Some()
    {
        Bm25Index index = new(new Bm25Options { B = 0.5f });
        for (int i = 0; i < 100; i++) index.Add(i, $"number {i} is {(i % 2 == 0 ? "even" : "odd")} {(i % 30 == 0 ? "straße" : "")}");
        index.Remove(5);
        return index;
    }

    /// <summary>Every character is a term.</summary>
    private sealed class Letters : ITextAnalyzer
    {
        public string Name => "letters";

        public void Analyze(ReadOnlySpan<char> text, ICollection<string> terms)
        {
            foreach (char c in text) terms.Add(c.ToString());
        }
    }
}
