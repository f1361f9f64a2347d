using Microsoft.Extensions.VectorData;

namespace Inkling.Vectors.Data.Tests;

/// <summary>What a folder keeps when its writer does not come to an end.</summary>
public sealed class FolderTests
{
    private static readonly float[] s_east = [1, 0];

    [Fact]
    public async Task Whatever_is_cut_off_the_end_leaves_whole_batches()
    {
        using Stores stores = new(true);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        string rows = Rows(stores);
        long afterFirst = new FileInfo(rows).Length;
        await notes.UpsertAsync([Note.Of("e", "later", 1, 1, 1), Note.Of("f", "later", 1, 1, 1)]);
        stores.Store.Dispose();
        byte[] all = File.ReadAllBytes(rows);
        Assert.True(all.Length > afterFirst);
        for (long length = afterFirst; length <= all.Length; length++)
        {
            File.WriteAllBytes(rows, all[..(int)length]);
            using InklingVectorStore store = new(stores.Folder);
            string[] ids = await store.GetCollection<string, Note>("notes").GetAsync(note => true, 100).Select(note => note.Id).ToArrayAsync();
            Assert.Equal(length == all.Length ? "abcdef" : "abcd", string.Concat(ids));
        }
    }

    [Fact]
    public async Task A_save_that_was_killed_leaves_the_old_state()
    {
        using Stores stores = new(true);
        await stores.Notes();
        stores.Store.Dispose();
        string state = Path.GetDirectoryName(Rows(stores))!, next = Path.Combine(Path.GetDirectoryName(state)!, "state-000002.tmp");
        Directory.CreateDirectory(next);
        File.WriteAllText(Path.Combine(next, "rows"), "half a file");
        using (InklingVectorStore store = new(stores.Folder))
        {
            Assert.Equal(4, await store.GetCollection<string, Note>("notes").SearchAsync(s_east, 10).CountAsync());
            store.Save();
        }

        Assert.Single(Directory.GetDirectories(Path.GetDirectoryName(state)!));
        using InklingVectorStore again = new(stores.Folder);
        Assert.Equal(4, await again.GetCollection<string, Note>("notes").SearchAsync(s_east, 10).CountAsync());
    }

    [Theory]
    [InlineData("vectors-0")]
    [InlineData("texts-3")]
    public async Task An_index_that_is_lost_or_damaged_is_made_again_of_the_records(string file)
    {
        using Stores stores = new(true);
        await stores.Notes();
        ((InklingVectorStore)stores.Store).Save();
        stores.Store.Dispose();
        string path = Directory.GetFiles(stores.Folder, file.Replace("texts-3", "texts-*", StringComparison.Ordinal), SearchOption.AllDirectories).Single();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..100]);
        await Same(stores);
        File.Delete(path);
        await Same(stores);

        static async Task Same(Stores stores)
        {
            var notes = (IKeywordHybridSearchable<Note>)stores.Reopen().GetCollection<string, Note>("notes");
            Assert.Equal(["a", "c"], await notes.HybridSearchAsync(new ReadOnlyMemory<float>(s_east), ["dates"], 2).Select(one => one.Record.Id).ToArrayAsync());
        }
    }

    [Fact]
    public async Task A_damaged_file_of_records_is_named_and_left_alone()
    {
        using Stores stores = new(true);
        await stores.Notes();
        ((InklingVectorStore)stores.Store).Save();
        stores.Store.Dispose();
        string rows = Rows(stores);
        byte[] all = File.ReadAllBytes(rows);
        foreach (int at in (int[])[3, 8, 14, 22, 45, all.Length / 2, all.Length - 1])
        {
            byte[] damaged = [.. all];
            damaged[at] ^= 0x10;
            File.WriteAllBytes(rows, damaged);
            using InklingVectorStore store = new(stores.Folder);
            VectorStoreException wrong = await Assert.ThrowsAsync<VectorStoreException>(() => store.GetCollection<string, Note>("notes").GetAsync("a"));
            Assert.Contains(rows, wrong.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, File.ReadAllBytes(rows));
        }

        File.WriteAllBytes(rows, all);
        Assert.NotNull(await stores.Reopen().GetCollection<string, Note>("notes").GetAsync("a"));
    }

    [Fact]
    public async Task A_folder_belongs_to_one_store_at_a_time()
    {
        using Stores stores = new(true);
        await stores.Notes();
        using (InklingVectorStore second = new(stores.Folder))
            Assert.Contains("another store", (await Assert.ThrowsAsync<VectorStoreException>(() => second.GetCollection<string, Note>("notes").GetAsync("a"))).Message, StringComparison.Ordinal);
        Assert.NotNull(await stores.Reopen().GetCollection<string, Note>("notes").GetAsync("a"));
        stores.Store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => stores.Store.GetCollection<string, Note>("notes").GetAsync("a"));
    }

    [Fact]
    public async Task What_a_deletion_left_behind_does_not_come_back()
    {
        using Stores stores = new(true);
        await stores.Notes();
        ((InklingVectorStore)stores.Store).Save();
        stores.Store.Dispose();
        File.Delete(Directory.GetFiles(stores.Folder, "shape.txt", SearchOption.AllDirectories).Single());
        VectorStoreCollection<string, Note> notes = stores.Reopen().GetCollection<string, Note>("notes");
        await notes.EnsureCollectionExistsAsync();
        Assert.Equal(0, await notes.GetAsync(note => true, 10).CountAsync());
    }

    [Fact]
    public async Task What_another_store_has_open_is_not_deleted()
    {
        using Stores stores = new(true);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        using (InklingVectorStore second = new(stores.Folder))
            Assert.Contains("another store", (await Assert.ThrowsAsync<VectorStoreException>(() => second.EnsureCollectionDeletedAsync("notes"))).Message, StringComparison.Ordinal);
        Assert.NotNull(await notes.GetAsync("a"));
        await stores.Store.EnsureCollectionDeletedAsync("notes");
        Assert.Empty(Directory.GetDirectories(stores.Folder));
    }

    [Fact]
    public async Task A_list_with_a_null_is_refused_and_what_comes_after_it_is_kept()
    {
        using Stores stores = new(true);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync(Note.Of("e", "text", 1, 1, 1, "tag", null!)));
        await notes.UpsertAsync(Note.Of("f", "text", 1, 1, 1));
        Assert.Equal("abcdf", await Ids(stores.Reopen()));
    }

    [Fact]
    public async Task Where_indexes_cannot_be_written_records_are_kept_all_the_same()
    {
        using Stores stores = new(true);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        string inTheWay = Path.GetDirectoryName(Rows(stores))!.Replace("000001", "000002.tmp", StringComparison.Ordinal);
        File.WriteAllText(inTheWay, "a file where a folder is to be");
        await notes.UpsertAsync(Note.Of("e", new string('x', 1 << 19), 1, 1, 1));
        Assert.ThrowsAny<IOException>(((InklingVectorStore)stores.Store).Save);
        await notes.UpsertAsync(Note.Of("f", "later", 1, 1, 1));
        Assert.Equal("abcdef", await Ids(stores.Reopen()));
        File.Delete(inTheWay);
        ((InklingVectorStore)stores.Store).Save();
        Assert.Contains("state-000002", Rows(stores), StringComparison.Ordinal);
        Assert.Equal("abcdef", await Ids(stores.Reopen()));
    }

    [Theory]
    [InlineData("vectors-0")]
    [InlineData("texts-*")]
    public async Task A_wrong_byte_in_an_index_does_no_harm(string file)
    {
        using Stores stores = new(true);
        await stores.Notes();
        ((InklingVectorStore)stores.Store).Save();
        stores.Store.Dispose();
        string path = Directory.GetFiles(stores.Folder, file, SearchOption.AllDirectories).Single();
        byte[] all = File.ReadAllBytes(path);
        for (int at = 0; at < all.Length; at += all.Length / 12)
        {
            byte[] damaged = [.. all];
            damaged[at] ^= 0x10;
            File.WriteAllBytes(path, damaged);
            VectorStoreCollection<string, Note> notes = stores.Reopen().GetCollection<string, Note>("notes");
            Assert.Equal(["a", "c"], await ((IKeywordHybridSearchable<Note>)notes).HybridSearchAsync(new ReadOnlyMemory<float>(s_east), ["dates"], 2).Select(one => one.Record.Id).ToArrayAsync());
            await notes.UpsertAsync(Note.Of("d", null, 2023, -1, 0));
        }
    }

    [Fact]
    public async Task A_wrong_length_of_a_batch_is_damage_and_not_the_end()
    {
        using Stores stores = new(true);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        string rows = Rows(stores);
        int first = (int)new FileInfo(rows).Length;
        await notes.UpsertAsync(Note.Of("e", "later", 1, 1, 1));
        await notes.UpsertAsync(Note.Of("f", "later", 1, 1, 1));
        stores.Store.Dispose();
        byte[] all = File.ReadAllBytes(rows);
        for (int at = first; at < first + 4; at++)
        {
            byte[] damaged = [.. all];
            damaged[at] ^= 0x40;
            File.WriteAllBytes(rows, damaged);
            Assert.Contains("damaged", (await Assert.ThrowsAsync<VectorStoreException>(() => Ids(stores.Reopen()))).Message, StringComparison.Ordinal);
            Assert.Equal(damaged, File.ReadAllBytes(rows));
        }
    }

    [Fact]
    public async Task What_is_cut_off_the_end_is_kept_aside()
    {
        using Stores stores = new(true);
        await stores.Notes();
        stores.Store.Dispose();
        byte[] half = [7, 7, 7];
        foreach (int zeros in (int[])[0, 100])
        {
            File.AppendAllBytes(Rows(stores), zeros == 0 ? half : new byte[zeros]);
            Assert.Equal("abcd", await Ids(stores.Reopen()));
            stores.Store.Dispose();
        }

        Assert.Equal([half, new byte[100]], Directory.GetFiles(stores.Folder, "*.cut-off-*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes));
    }

    private static async Task<string> Ids(VectorStore store) =>
        string.Concat(await store.GetCollection<string, Note>("notes").GetAsync(note => true, 100).Select(note => note.Id).ToArrayAsync());

    [Fact]
    public async Task Indexes_are_written_now_and_then_and_nothing_is_lost_on_the_way()
    {
        using Stores stores = new(true);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        string text = new('x', 2000);
        for (int i = 0; i < 40; i++)
            await notes.UpsertAsync(Enumerable.Range(0, 10).Select(j => Note.Of($"{i}-{j}", text, i + 1, 1, i - j + 0.5f)));
        Assert.DoesNotContain("state-000001", Rows(stores), StringComparison.Ordinal);
        notes = stores.Reopen().GetCollection<string, Note>("notes");
        Assert.Equal(404, await notes.GetAsync(note => true, 1000).CountAsync());
        Assert.Equal(10, await notes.SearchAsync(s_east, 100, new() { Filter = note => note.Year == 8 }).CountAsync());
    }

    [Fact]
    public async Task Records_are_added_removed_and_found_by_many_at_once()
    {
        using Stores stores = new(true);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < 50; i++)
            {
                await notes.UpsertAsync(Note.Of($"{thread}/{i}", "text", 2000, 1, i));
                if (i % 3 == 0) await notes.DeleteAsync($"{thread}/{i}");
                Assert.NotEmpty(await notes.SearchAsync(s_east, 5).ToArrayAsync());
            }
        })));
        notes = stores.Reopen().GetCollection<string, Note>("notes");
        Assert.Equal(4 + (4 * 33), await notes.GetAsync(note => true, 1000).CountAsync());
    }

    private static string Rows(Stores stores) => Directory.GetFiles(stores.Folder, "rows", SearchOption.AllDirectories).Single();
}
