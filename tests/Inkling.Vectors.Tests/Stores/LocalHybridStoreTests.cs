namespace Inkling.Vectors.Tests;

/// <summary>A store in a folder.</summary>
public sealed class LocalHybridStoreTests : HybridStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("inkling-store-test-");

    protected override IHybridStore Open(HybridStoreOptions options) => new LocalHybridStore(options, _folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_not_saved_is_lost_and_a_damaged_file_is_named()
    {
        HybridStoreOptions options = new() { Dimensions = 1, Metric = Metric.L2, Name = "one" };
        using (IHybridStore store = Open(options))
        {
            store.Set([new HybridEntry(1, "kept", new float[] { 1 })]);
            store.Save();
            store.Set([new HybridEntry(2, "lost", new float[] { 2 })]);
        }

        using (IHybridStore store = Open(options)) Assert.Equal(1, store.Count);
        string file = Directory.GetFiles(_folder.FullName, "*.store").Single();
        byte[] all = File.ReadAllBytes(file);
        File.WriteAllBytes(file, all[..(all.Length / 2)]);
        Assert.Contains(file, Assert.Throws<HybridStoreException>(() => Open(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_byte_is_wrong_only_an_exception_of_the_store_comes_out()
    {
        HybridStoreOptions options = new() { Dimensions = 1, Metric = Metric.L2, Name = "one" };
        using (IHybridStore store = Open(options))
        {
            store.Set([.. Enumerable.Range(1, 40).Select(i => new HybridEntry(i, $"text number{i}", new float[] { i }))]);
            store.Save();
        }

        string file = Directory.GetFiles(_folder.FullName, "*.store").Single();
        byte[] all = File.ReadAllBytes(file);
        int failed = 0;
        for (int at = 0; at < all.Length; at += 97)
        {
            byte[] damaged = [.. all];
            damaged[at] ^= 0x40;
            File.WriteAllBytes(file, damaged);
            try
            {
                using IHybridStore store = Open(options);
                store.Search("number3", [3], 5);
                store.Set([new HybridEntry(1, "other", new float[] { 1 })]);
            }
            catch (HybridStoreException)
            {
                failed++;
            }
        }

        Assert.True(failed > 1, $"{failed} of {all.Length / 97} were noticed.");
    }

    [Fact]
    public void Only_one_changes_a_folder_and_nobody_undoes_what_another_saved()
    {
        HybridStoreOptions options = new() { Dimensions = 1, Metric = Metric.L2, Name = "one" };
        IHybridStore first = Open(options);
        using IHybridStore second = Open(options), third = Open(options);
        first.Set([new HybridEntry(1, "first", new float[] { 1 })]);
        foreach (Action change in (Action[])[() => second.Set([new HybridEntry(2, "second", new float[] { 2 })]), () => second.Remove([1]), second.Save])
            Assert.Contains("another program", Assert.Throws<HybridStoreException>(change).Message, StringComparison.Ordinal);
        Assert.Equal(0, second.Count);
        first.Dispose();
        second.Set([new HybridEntry(2, "second", new float[] { 2 })]);
        second.Save();
        second.Set([new HybridEntry(3, "third", new float[] { 3 })]);
        second.Save();
        second.Dispose();
        Assert.Contains("Open it again", Assert.Throws<HybridStoreException>(() => third.Remove([2])).Message, StringComparison.Ordinal);
        using IHybridStore fourth = Open(options);
        Assert.Equal(2, fourth.Count);
        fourth.Remove([2]);
    }

    [Fact]
    public void Many_entries_are_written_and_read_in_parts()
    {
        HybridStoreOptions options = new() { Dimensions = 1, Metric = Metric.L2, Name = "one" };
        string text = new('x', 300_000);
        using (IHybridStore store = Open(options))
        {
            store.Set([.. Enumerable.Range(1, 12).Select(i => new HybridEntry(i, $"{i}{text}", new float[] { i }))]);
            store.Save();
        }

        using IHybridStore again = Open(options);
        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"{i}{text}"), again.Read([.. Enumerable.Range(1, 12).Select(i => (long)i)]).Select(entry => entry.Text));
    }
}

/// <summary>A store in memory, which its name finds again only in this test.</summary>
public sealed class MemoryHybridStoreTests
{
    [Fact]
    public void Saving_does_nothing()
    {
        using LocalHybridStore store = new(new HybridStoreOptions { Dimensions = 1, Metric = Metric.L2 });
        store.Set([new HybridEntry(1, "text", new float[] { 1 })]);
        store.Save();
        Assert.Equal(1, store.Search("text", [1], 5).Single().Key);
    }
}
