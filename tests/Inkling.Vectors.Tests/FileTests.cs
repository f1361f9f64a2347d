using System.Diagnostics;

namespace Inkling.Vectors.Tests;

/// <summary>Index files: damaged, cut short, made up, and written by a program that is killed.</summary>
public sealed class FileTests
{
    private const int D = 6, N = 400;

    // Makes this test program a saver that is killed.
    private const string Saver = "INKLING_TEST_SAVE_TO";

    public static TheoryData<bool> Kinds => [false, true];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_cut_anywhere_is_refused(bool graph)
    {
        using TemporaryFile file = new();
        byte[] whole = Saved(graph, file);
        for (int length = 0; length < whole.Length; length += length < 5000 ? 509 : 4999)
        {
            File.WriteAllBytes(file.Path, whole[..length]);
            Assert.Contains(file.Path, Assert.Throws<InvalidDataException>(() => VectorIndex.Open(file.Path)).Message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(file.Path, [.. whole, 0]);
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => VectorIndex.Open(file.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_changed_byte_is_found_and_does_no_harm(bool graph)
    {
        using TemporaryFile file = new();
        byte[] whole = Saved(graph, file);
        float[] query = Given.Vectors(1, D, seed: 3);
        var random = new Random(4);
        for (int i = 0; i < 150; i++)
        {
            byte[] changed = (byte[])whole.Clone();
            // Now and then a whole run, so that numbers become large.
            int at = random.Next(whole.Length), length = i % 3 == 0 ? random.Next(1, 2000) : 1;
            for (int j = at; j < int.Min(whole.Length, at + length); j++) changed[j] = (byte)~changed[j];
            File.Delete(file.Path);
            File.WriteAllBytes(file.Path, changed);
            Assert.Throws<InvalidDataException>(() => Use(VectorIndex.Open(file.Path)));
        }

        void Use(VectorIndex index)
        {
            try
            {
                Assert.InRange(index.Search(query, 10).Length, 0, 10);
                Assert.InRange(index.Search(query, 10, new SearchOptions { Filter = key => key % 2 == 0 }).Length, 0, 10);
            }
            catch (InvalidDataException)
            {
                // It may be noticed here, and must be below.
            }

            index.Verify();
        }
    }

    [Fact]
    public void Counts_that_do_not_fit_the_file_are_refused_before_anything_is_allocated()
    {
        using TemporaryFile file = new();
        Saved(true, file);
        IndexParameters good = IndexParameters.Read(Numerics.SectionFile.Open(file.Path));
        IndexParameters[] bad =
        [
            good with { Count = int.MaxValue }, good with { Count = -1 }, good with { Dimensions = 65536 }, good with { Dimensions = int.MaxValue }, good with { M = 256 }, good with { M = 0 },
            good with { Entry = N }, good with { Entry = -2 }, good with { Entry = 31L << 32 }, good with { UpperUsed = long.MaxValue / 4 }, good with { UpperUsed = -5 }, good with { Storage = 9 },
            good with { Metric = -1 }, good with { IsGraph = 7 }, good with { Rerank = 1, Storage = 1 }, good with { EfSearch = int.MaxValue }, good with { Before = -1 },
        ];
        foreach (IndexParameters parameters in bad)
        {
            using TemporaryFile made = new();
            Copy(file.Path, made.Path, parameters);
            Assert.Throws<InvalidDataException>(() => VectorIndex.Open(made.Path));
        }

        using TemporaryFile same = new();
        Copy(file.Path, same.Path, good);
        Assert.Equal(N, VectorIndex.Open(same.Path).Count);
    }

    [Fact]
    public void A_file_that_makes_up_its_links_is_noticed_where_they_lead()
    {
        using TemporaryFile file = new();
        Saved(true, file);
        IndexParameters good = IndexParameters.Read(Numerics.SectionFile.Open(file.Path));
        using TemporaryFile made = new();
        Copy(file.Path, made.Path, good, (HnswGraph.LinksSection, bytes => bytes.AsSpan().Fill(0x11)));
        VectorIndex index = VectorIndex.Open(made.Path);
        index.Verify();
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => index.Search(Given.Vectors(1, D), 5, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_and_versions_say_so()
    {
        using TemporaryFile file = new();
        Assert.Throws<FileNotFoundException>(() => VectorIndex.Open(file.Path));
        File.WriteAllText(file.Path, new string('x', 9000));
        Assert.Contains("not an index file", Assert.Throws<InvalidDataException>(() => VectorIndex.Open(file.Path)).Message, StringComparison.Ordinal);
        byte[] whole = Saved(false, file);
        whole[8] = 2;
        File.WriteAllBytes(file.Path, whole);
        Assert.Contains("version 2, this program reads version 1", Assert.Throws<InvalidDataException>(() => VectorIndex.Open(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_over_an_opened_file_leaves_the_opened_one_as_it_is()
    {
        using TemporaryFile file = new();
        Saved(true, file);
        VectorIndex opened = VectorIndex.Open(file.Path);
        VectorHit[] before = opened.Search(Given.Vectors(1, D), 5);
        new ExactIndex(new VectorIndexOptions { Dimensions = 2 }).Save(file.Path);
        Assert.Equal(before, opened.Search(Given.Vectors(1, D), 5));
        Assert.Equal(0, VectorIndex.Open(file.Path).Count);
        Assert.Equal([file.Path], file.All);
    }

    [Fact]
    public void A_file_that_cannot_be_written_leaves_the_old_one()
    {
        using TemporaryFile file = new();
        byte[] whole = Saved(false, file);
        Assert.ThrowsAny<IOException>(() => new ExactIndex(new VectorIndexOptions { Dimensions = 2 }).Save(Path.Combine(file.Path, "below-a-file")));
        Assert.Equal(whole, File.ReadAllBytes(file.Path));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Whoever_is_killed_while_saving_leaves_a_whole_file()
    {
        using TemporaryFile file = new();
        for (int time = 0; time < 4; time++)
        {
            ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(FileTests).Assembly.Location);
            foreach (string argument in (string[])["--filter-method", "*Saves_again_and_again"]) start.ArgumentList.Add(argument);
            start.Environment[Saver] = file.Path;
            using Process saver = Process.Start(start)!;
            saver.OutputDataReceived += (_, _) => { };
            saver.BeginOutputReadLine();
            DateTime? last = null;
            for (int saves = 0; saves < 3 && !saver.HasExited;)
            {
                Thread.Sleep(1 + time);
                DateTime? now = File.Exists(file.Path) ? File.GetLastWriteTimeUtc(file.Path) : null;
                if (now != last) saves++;
                last = now;
            }

            Assert.False(saver.HasExited, "the saver ended by itself");
            saver.Kill();
            saver.WaitForExit();
            VectorIndex opened = VectorIndex.Open(file.Path);
            opened.Verify();
            Assert.Equal(20_000, opened.Count);
        }
    }

    [Fact]
    public void Saves_again_and_again()
    {
        if (Environment.GetEnvironmentVariable(Saver) is not { } path) return;
        ExactIndex index = new(new VectorIndexOptions { Dimensions = 32 });
        index.Add(Given.Keys(20_000), Given.Vectors(20_000, 32));
        while (true) index.Save(path);
    }

    private static byte[] Saved(bool graph, TemporaryFile file)
    {
        VectorIndex index = Given.Index(graph, new VectorIndexOptions { Dimensions = D, Metric = Metric.L2 });
        index.Add(Given.Keys(N), Given.Vectors(N, D));
        index.Save(file.Path);
        return File.ReadAllBytes(file.Path);
    }

    /// <summary>A file with other parameters or contents, and right checksums.</summary>
    private static void Copy(string from, string to, IndexParameters parameters, (string Name, Action<byte[]> Change)? other = null)
    {
        Numerics.SectionFile file = Numerics.SectionFile.Open(from);
        using Numerics.SectionWriter writer = new(to);
        writer.Section(IndexParameters.Section, new ReadOnlySpan<IndexParameters>(in parameters));
        foreach (string name in (string[])[VectorTable.RowsSection, VectorTable.KeysSection, VectorTable.StatesSection, HnswGraph.LinksSection, HnswGraph.LevelsSection, HnswGraph.StartsSection, HnswGraph.UpperSection])
        {
            Numerics.RowMemory section = file.Section(name);
            byte[] bytes = section.Slice<byte>(0, (int)section.Length).ToArray();
            if (other?.Name == name) other.Value.Change(bytes);
            writer.Section<byte>(name, bytes);
        }

        writer.Commit("hnsw");
    }
}
