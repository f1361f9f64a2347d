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
        string file = Directory.GetFiles(_folder.FullName).Single();
        byte[] all = File.ReadAllBytes(file);
        File.WriteAllBytes(file, all[..(all.Length / 2)]);
        Assert.Contains(file, Assert.Throws<HybridStoreException>(() => Open(options)).Message, StringComparison.Ordinal);
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
