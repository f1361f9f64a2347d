using Microsoft.Extensions.VectorData;

namespace Inkling.Vectors.Data.Tests;

/// <summary>Putting in, reading, removing, through the package's own abstractions.</summary>
public sealed class CollectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Records_come_back_as_they_were_put_in(bool folder)
    {
        using Stores stores = new(folder);
        await stores.Notes();
        VectorStoreCollection<string, Note> notes = stores.Reopen().GetCollection<string, Note>("notes");
        Note note = (await notes.GetAsync("c", new RecordRetrievalOptions { IncludeVectors = true }))!;
        Assert.Equal(("c", "the dates of the holidays", 2022, null, false), (note.Id, note.Text, note.Year, note.Weight, note.IsPinned));
        Assert.Equal(["home", "dates"], note.Tags);
        Assert.Equal(new DateTimeOffset(2022, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), note.Written);
        Assert.Equal([0.9f, 0.4f], note.Meaning.ToArray());
        Assert.True((await notes.GetAsync("c"))!.Meaning.IsEmpty);
        Assert.Null(await notes.GetAsync("none"));
        Assert.Equal(["a", "d"], await notes.GetAsync(["a", "none", "d"]).Select(one => one.Id).ToArrayAsync());
    }

    [Fact]
    public async Task What_was_put_in_does_not_change_with_the_record_and_neither_does_what_was_read()
    {
        using Stores stores = new(false);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        Note mine = Note.Of("e", "mine", 1, 1, 1, "tag");
        await notes.UpsertAsync(mine);
        mine.Tags.Add("other");
        (await notes.GetAsync("e"))!.Tags.Clear();
        Assert.Equal(["tag"], (await notes.GetAsync("e"))!.Tags);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Replaced_and_removed_records_are_so_everywhere(bool folder)
    {
        using Stores stores = new(folder);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        await notes.UpsertAsync(Note.Of("a", "nothing of it", 2020, 0, -1));
        await notes.DeleteAsync("b");
        await notes.DeleteAsync("b");
        await notes.DeleteAsync(["none", "d"]);
        notes = stores.Reopen().GetCollection<string, Note>("notes");
        Assert.Equal(["c", "a"], await notes.SearchAsync(new ReadOnlyMemory<float>([1, 0]), 10).Select(one => one.Record.Id).ToArrayAsync());
        Assert.Null(await notes.GetAsync("b"));
        var hybrid = (IKeywordHybridSearchable<Note>)notes.GetService(typeof(IKeywordHybridSearchable<Note>))!;
        Assert.Equal("c", (await hybrid.HybridSearchAsync(new ReadOnlyMemory<float>([1, 0]), ["agreed", "dates"], 1).SingleAsync()).Record.Id);
        Assert.Equal(["a", "c"], await notes.GetAsync(note => note.Year > 0, 10).Select(one => one.Id).ToArrayAsync());
    }

    [Fact]
    public async Task A_collection_is_made_listed_and_removed()
    {
        using Stores stores = new(true);
        VectorStoreCollection<string, Note> notes = stores.Store.GetCollection<string, Note>("My Notes/.. ü");
        Assert.False(await notes.CollectionExistsAsync());
        VectorStoreException missing = await Assert.ThrowsAsync<VectorStoreException>(() => notes.UpsertAsync(Note.Some()));
        Assert.Contains("EnsureCollectionExistsAsync", missing.Message, StringComparison.Ordinal);
        Assert.Equal(("My Notes/.. ü", "Upsert"), (missing.CollectionName, missing.OperationName));
        await notes.EnsureCollectionExistsAsync();
        await notes.EnsureCollectionExistsAsync();
        Assert.Equal(["My Notes/.. ü"], await stores.Reopen().ListCollectionNamesAsync().ToArrayAsync());
        Assert.True(await stores.Store.CollectionExistsAsync("My Notes/.. ü"));
        await stores.Store.EnsureCollectionDeletedAsync("My Notes/.. ü");
        await stores.Store.EnsureCollectionDeletedAsync("My Notes/.. ü");
        Assert.Empty(await stores.Store.ListCollectionNamesAsync().ToArrayAsync());
        Assert.Empty(Directory.GetFileSystemEntries(stores.Folder));
    }

    [Fact]
    public async Task Keys_may_be_of_many_types_and_be_made()
    {
        using Stores stores = new(true);
        await Key(stores, 1L, 2L);
        await Key(stores, 1, 2);
        await Key(stores, ulong.MaxValue, 0UL);
        await Key(stores, Guid.NewGuid(), Guid.NewGuid());
        VectorStoreCollection<long, Numbered> numbered = stores.Store.GetCollection<long, Numbered>("numbered");
        await numbered.EnsureCollectionExistsAsync();
        Numbered[] records = [new() { Text = "x" }, new() { Text = "y" }, new() { Id = 77, Text = "z" }];
        await numbered.UpsertAsync(records);
        Assert.Equal(3, records.Select(one => one.Id).Distinct().Count());
        Assert.Equal("y", (await numbered.GetAsync(records[1].Id))!.Text);
        Assert.Throws<NotSupportedException>(() => stores.Store.GetCollection<Version, Plain<Version>>("wrong"));

        static async Task Key<TKey>(Stores stores, TKey one, TKey other)
            where TKey : notnull
        {
            VectorStoreCollection<TKey, Plain<TKey>> plain = stores.Store.GetCollection<TKey, Plain<TKey>>(typeof(TKey).Name);
            await plain.EnsureCollectionExistsAsync();
            await plain.UpsertAsync([new() { Id = one, Text = "one" }, new() { Id = other, Text = "other" }]);
            Assert.Equal("other", (await plain.GetAsync(other))!.Text);
            await plain.DeleteAsync(one);
            plain = stores.Reopen().GetCollection<TKey, Plain<TKey>>(typeof(TKey).Name);
            Assert.Null(await plain.GetAsync(one));
            Assert.Equal("other", (await plain.GetAsync(other))!.Text);
        }
    }

    [Fact]
    public async Task Of_a_batch_with_something_wrong_nothing_is_put_in()
    {
        using Stores stores = new(true);
        VectorStoreCollection<string, Note> notes = await stores.Notes();
        await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([Note.Of("x", "good", 1, 1, 0), Note.Of("y", "no direction", 1, 0, 0)]));
        await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([Note.Of("x", "good", 1, 1, 0), Note.Of("y", "bad", 1, float.NaN, 0)]));
        Note wrong = Note.Of("y", "too long", 1, 1, 1);
        wrong.Meaning = new float[3];
        Assert.Contains("3 elements", (await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([Note.Of("x", "good", 1, 1, 0), wrong]))).Message, StringComparison.Ordinal);
        Assert.Null(await notes.GetAsync("x"));
        await notes.UpsertAsync([Note.Of("x", "first", 1, 1, 0), Note.Of("x", "last", 1, 1, 0)]);
        Assert.Equal("last", (await notes.GetAsync("x"))!.Text);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => notes.UpsertAsync(Note.Some(), cancelled.Token));
    }

    [Fact]
    public async Task Another_shape_of_records_is_refused()
    {
        using Stores stores = new(true);
        await stores.Notes();
        VectorStoreCollection<string, Plain<string>> other = stores.Store.GetCollection<string, Plain<string>>("notes");
        Assert.Contains("another shape", (await Assert.ThrowsAsync<VectorStoreException>(() => other.EnsureCollectionExistsAsync())).Message, StringComparison.Ordinal);
        other = stores.Reopen().GetCollection<string, Plain<string>>("notes");
        Assert.Contains("another shape", (await Assert.ThrowsAsync<VectorStoreException>(() => other.GetAsync("a"))).Message, StringComparison.Ordinal);
        Assert.NotNull(await stores.Store.GetCollection<string, Note>("notes").GetAsync("a"));
    }

    [Fact]
    public async Task Records_may_be_dictionaries_of_a_definition()
    {
        using Stores stores = new(true);
        VectorStoreCollectionDefinition definition = new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(int)),
                new VectorStoreDataProperty("Name", typeof(string)) { IsIndexed = true },
                new VectorStoreDataProperty("Marks", typeof(int[])),
                new VectorStoreVectorProperty("Place", typeof(float[]), 2) { DistanceFunction = DistanceFunction.EuclideanDistance, IndexKind = IndexKind.Flat },
            ],
        };
        VectorStoreCollection<object, Dictionary<string, object?>> things = stores.Store.GetDynamicCollection("things", definition);
        await things.EnsureCollectionExistsAsync();
        await things.UpsertAsync(
        [
            new() { ["Id"] = 1, ["Name"] = "near", ["Marks"] = new[] { 1, 2 }, ["Place"] = new float[] { 3, 4 } },
            new() { ["Id"] = 2, ["Name"] = "far", ["Marks"] = null, ["Place"] = new float[] { 30, 40 } },
        ]);
        things = stores.Reopen().GetDynamicCollection("things", definition);
        VectorSearchResult<Dictionary<string, object?>>[] found = await things.SearchAsync(new float[] { 0, 0 }, 5, new() { IncludeVectors = true }).ToArrayAsync();
        Assert.Equal([5.0, 50], found.Select(one => one.Score));
        Assert.Equal([3f, 4], (float[])found[0].Record["Place"]!);
        Assert.Equal([1, 2], (int[])found[0].Record["Marks"]!);
        Assert.Equal(2, (await things.SearchAsync(new float[] { 0, 0 }, 5, new() { Filter = one => (string)one["Name"]! == "far" }).SingleAsync()).Record["Id"]);
        await Assert.ThrowsAsync<ArgumentException>(() => things.GetAsync("1"));
        await Assert.ThrowsAsync<InvalidCastException>(() => things.UpsertAsync(new Dictionary<string, object?> { ["Id"] = 3, ["Name"] = 4 }));
        await things.DeleteAsync([1, 2]);
        Assert.Null(await things.GetAsync(2));
    }

    [Fact]
    public async Task A_class_may_be_described_by_a_definition_instead_of_attributes()
    {
        using Stores stores = new(false);
        VectorStoreCollection<Guid, Bare> bare = stores.Store.GetCollection<Guid, Bare>("bare", new VectorStoreCollectionDefinition
        {
            Properties = [new VectorStoreKeyProperty("Id", typeof(Guid)), new VectorStoreDataProperty("Day", typeof(DateOnly)), new VectorStoreVectorProperty("At", typeof(float[]), 2)],
        });
        await bare.EnsureCollectionExistsAsync();
        Bare record = new() { Day = new DateOnly(2026, 1, 1), At = [1, 0] };
        await bare.UpsertAsync(record);
        Assert.NotEqual(Guid.Empty, record.Id);
        Assert.Equal(record.Day, (await bare.GetAsync(record.Id))!.Day);
    }

    [Fact]
    public void Services_are_found()
    {
        using Stores stores = new(true);
        Assert.Equal("inkling", ((VectorStoreMetadata)stores.Store.GetService(typeof(VectorStoreMetadata))!).VectorStoreSystemName);
        VectorStoreCollection<string, Note> notes = stores.Store.GetCollection<string, Note>("notes");
        var metadata = (VectorStoreCollectionMetadata)notes.GetService(typeof(VectorStoreCollectionMetadata))!;
        Assert.Equal(("inkling", "notes", stores.Folder), (metadata.VectorStoreSystemName, metadata.CollectionName, metadata.VectorStoreName));
        Assert.Same(notes, notes.GetService(typeof(IVectorSearchable<Note>)));
        Assert.Null(notes.GetService(typeof(Note)));
        Assert.Null(notes.GetService(typeof(IVectorSearchable<Note>), "key"));
    }

    private sealed class Numbered
    {
        [VectorStoreKey(IsAutoGenerated = true)]
        public long Id { get; set; }

        [VectorStoreData]
        public string Text { get; set; } = "";
    }

    private sealed class Bare
    {
        public Guid Id { get; set; }

        public DateOnly Day { get; set; }

        public float[]? At { get; set; }
    }

    private sealed class Plain<TKey>
    {
        [VectorStoreKey(IsAutoGenerated = false)]
        public TKey Id { get; set; } = default!;

        [VectorStoreData]
        public string Text { get; set; } = "";
    }
}
