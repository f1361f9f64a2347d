using Inkling.Training.Data;

namespace Inkling.Training.Tests.Data;

/// <summary>Batches: which items, in which order, laid out how, made by whom.</summary>
public sealed class DataLoaderTests
{
    private static readonly int[] s_lengths = [.. Enumerable.Range(0, 103).Select(i => 1 + ((i * 37) % 29))];

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Reading_ahead_changes_nothing(int prefetch)
    {
        LoaderOptions options = new() { BatchSize = 8, Shuffle = true, Seed = 4, BucketBy = "tokens", BucketBatches = 3, Prefetch = 0, Augmentations = [new GaussianNoise(0.1f) { Field = "x" }] };
        List<string> plain = Read(new DataLoader(new Numbered(s_lengths), options), 40), ahead = Read(new DataLoader(new Numbered(s_lengths), options with { Prefetch = prefetch }), 40);
        Assert.Equal(plain, ahead);
        Assert.NotEqual(plain, Read(new DataLoader(new Numbered(s_lengths), options with { Seed = 5 }), 40));
    }

    [Fact]
    public void A_reader_that_begins_later_goes_on_the_same()
    {
        DataLoader loader = new(new Numbered(s_lengths), new LoaderOptions { BatchSize = 8, Shuffle = true, Seed = 4 });
        Assert.Equal(Read(loader, 40)[17..], Read(loader, 23, first: 17));
        using BatchReader reader = loader.Open(17);
        Assert.Equal(17, reader.Position);
        Batch batch = reader.Next();
        Assert.Equal((18, 1, 4), (reader.Position, batch.Epoch, batch.Number)); // 13 batches an epoch
    }

    [Fact]
    public void Each_epoch_has_every_item_once_in_an_order_of_its_own()
    {
        DataLoader loader = new(new Numbered(s_lengths), new LoaderOptions { BatchSize = 8, Shuffle = true, Seed = 4 });
        int[] first = Items(loader, 0), second = Items(loader, 1);
        Assert.Equal(Enumerable.Range(0, 103), first.Order());
        Assert.Equal(Enumerable.Range(0, 103), second.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(first, Items(loader, 0));
        Assert.Equal(Enumerable.Range(0, 103), Items(new DataLoader(new Numbered(s_lengths), new LoaderOptions { BatchSize = 8 }), 3));
    }

    [Fact]
    public void The_last_batch_is_kept_or_dropped()
    {
        LoaderOptions options = new() { BatchSize = 25 };
        Assert.Equal([25, 25, 25, 25, 3], new DataLoader(new Numbered(s_lengths), options).Epoch(0).Select(batch => batch.Count));
        Assert.Equal([25, 25, 25, 25], new DataLoader(new Numbered(s_lengths), options with { DropLast = true }).Epoch(0).Select(batch => batch.Count));
    }

    [Fact]
    public void Buckets_spare_padding_and_still_have_every_item_once()
    {
        LoaderOptions options = new() { BatchSize = 8, Shuffle = true, Seed = 4 };
        (int plain, int sorted) = (Padded(options), Padded(options with { BucketBy = "tokens", BucketBatches = 13 }));
        Assert.True(sorted * 4 < plain, $"{sorted} padded in buckets, {plain} without");
        DataLoader loader = new(new Numbered(s_lengths), options with { BucketBy = "tokens", BucketBatches = 4 });
        Assert.Equal(Enumerable.Range(0, 103), Items(loader, 0).Order());
        Assert.NotEqual(Items(loader, 0), Items(loader, 1));
    }

    [Fact]
    public void What_an_epoch_drops_is_not_always_the_longest()
    {
        DataLoader loader = new(new Numbered(s_lengths), new LoaderOptions { BatchSize = 25, DropLast = true, Shuffle = true, BucketBy = "tokens", BucketBatches = 100 });
        int longest = Array.IndexOf(s_lengths, s_lengths.Max());
        Assert.Contains(longest, Enumerable.Range(0, 5).SelectMany(epoch => Items(loader, epoch)));
    }

    [Fact]
    public void Sequences_are_padded_and_masked()
    {
        Batch batch = new DataLoader(new Numbered(2, 4, 1), new LoaderOptions { BatchSize = 3 }).Epoch(0).First();
        BatchField tokens = batch["tokens"];
        Assert.Equal([3, 4], tokens.Shape.ToArray());
        Assert.Equal([0, 0, -7, -7, 1, 1, 1, 1, 2, -7, -7, -7], tokens.Integers.ToArray());
        Assert.Equal([2, 4, 1], tokens.Lengths.ToArray());
        Assert.Equal([1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0], tokens.Mask.ToArray());
        Assert.Equal(7, tokens.ElementCount);
        Assert.Equal([3, 4, 2], batch["vectors"].Shape.ToArray());
        Assert.Equal([0, 0.01f, 0.02f, 0.03f, 0, 0, 0, 0], batch["vectors"].Numbers[..8].ToArray());
        Assert.Equal([0, 1, 2], batch["class"].Integers.ToArray());
        Assert.Equal([3], batch["class"].Shape.ToArray());
        Assert.Equal([3, 2], batch["x"].Shape.ToArray());
    }

    [Fact]
    public void Time_comes_first_where_that_is_wanted_and_lengths_are_rounded_up()
    {
        Batch batch = new DataLoader(new Numbered(2, 3), new LoaderOptions { BatchSize = 2, TimeFirst = true, PadToMultipleOf = 4 }).Epoch(0).First();
        Assert.Equal([4, 2], batch["tokens"].Shape.ToArray());
        Assert.Equal([0, 1, 0, 1, -7, 1, -7, -7], batch["tokens"].Integers.ToArray());
        Assert.Equal([1, 1, 1, 1, 0, 1, 0, 0], batch["tokens"].Mask.ToArray());
        Assert.Equal([4, 2, 2], batch["vectors"].Shape.ToArray());
        Assert.Equal([0, 0.01f, 1, 1.01f, 0.02f, 0.03f, 1.02f, 1.03f, 0, 0, 1.04f, 1.05f, 0, 0, 0, 0], batch["vectors"].Numbers.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void An_error_comes_to_the_reader_and_names_the_item(int prefetch)
    {
        Numbered data = new(s_lengths) { Reading = item => { if (item == 30) throw new InvalidDataException("it is torn"); } };
        using BatchReader reader = new DataLoader(data, new LoaderOptions { BatchSize = 8, Prefetch = prefetch }).Open();
        for (int i = 0; i < 3; i++) Assert.Equal(i, reader.Next().Number);
        DataSetException error = Assert.Throws<DataSetException>(() => reader.Next());
        Assert.Equal("DataLoader: reading 'tokens' of number 30 (item 30) failed: it is torn", error.Message);
        Assert.Equal(30, error.Item);
        Assert.IsType<InvalidDataException>(error.InnerException);
        Assert.Throws<DataSetException>(() => reader.Next());
    }

    [Fact]
    public void A_sequence_without_elements_is_an_error_that_says_what_to_do()
    {
        DataSetException error = Assert.Throws<DataSetException>(() => new DataLoader(new Numbered(3, 0, 2)).Epoch(0).First());
        Assert.Contains("number 1 (item 1) has a 'tokens' of length 0", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, new DataLoader(new Numbered(3, 0, 2).Where(item => item != 1)).Epoch(0).First().Count);
    }

    [Fact]
    public void No_more_is_read_ahead_than_was_asked_for()
    {
        Numbered data = new([.. Enumerable.Repeat(1, 400)]);
        using BatchReader reader = new DataLoader(data, new LoaderOptions { BatchSize = 4, Prefetch = 3 }).Open();
        reader.Next();
        for (int i = 0; i < 200 && data.Reads < 8 * 4; i++) Thread.Sleep(5);
        Thread.Sleep(50);
        Assert.Equal(8 * 4, data.Reads); // two fields of whole numbers of four items of the batch in use and three ahead
    }

    [Fact]
    public void Waiting_can_be_cancelled()
    {
        using ManualResetEventSlim blocked = new(), release = new();
        Numbered data = new(1, 1, 1) { Reading = item => { if (item == 1) { blocked.Set(); release.Wait(); } } };
        using CancellationTokenSource cancel = new();
        using BatchReader reader = new DataLoader(data, new LoaderOptions { BatchSize = 1 }).Open(0, cancel.Token);
        reader.Next();
        blocked.Wait();
        using Timer timer = new(_ => cancel.Cancel(), null, 50, Timeout.Infinite);
        Assert.ThrowsAny<OperationCanceledException>(() => reader.Next());
        release.Set();
    }

    [Fact]
    public void A_reader_that_is_given_up_ends_its_thread()
    {
        for (int i = 0; i < 20; i++)
        {
            using BatchReader reader = new DataLoader(new Numbered(s_lengths), new LoaderOptions { BatchSize = 8, Prefetch = 4 }).Open();
            if (i % 2 == 0) reader.Next();
        }

        BatchReader closed = new DataLoader(new Numbered(1)).Open();
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => closed.Next());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Nothing_is_allocated_for_a_batch_after_the_first_epochs(int prefetch)
    {
        LoaderOptions options = new() { BatchSize = 8, Shuffle = true, BucketBy = "tokens", Prefetch = prefetch, TimeFirst = true, Augmentations = [new RandomShift(1) { Field = "x" }] };
        using BatchReader reader = new DataLoader(new Numbered(s_lengths), options).Open();
        for (int i = 0; i < 130; i++) reader.Next();
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 130; i++) reader.Next();
        });
    }

    [Fact]
    public void Unfit_options_and_data_are_refused()
    {
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => new DataLoader(new Numbered())).Message, StringComparison.Ordinal);
        Assert.Contains("no full batch of 9", Assert.Throws<ArgumentException>(() => new DataLoader(new Numbered(1, 2), new LoaderOptions { BatchSize = 9, DropLast = true })).Message, StringComparison.Ordinal);
        Assert.Contains("does not vary", Assert.Throws<ArgumentException>(() => new DataLoader(new Numbered(1), new LoaderOptions { BucketBy = "x" })).Message, StringComparison.Ordinal);
        Assert.Contains("tokens, x, class", Assert.Throws<KeyNotFoundException>(() => new DataLoader(new Numbered(1), new LoaderOptions { BucketBy = "y" })).Message, StringComparison.Ordinal);
        Assert.Contains("whole ones", Assert.Throws<ArgumentException>(() => new DataLoader(new Numbered(1), new LoaderOptions { Augmentations = [new HorizontalFlip()] })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(new Numbered(1), new LoaderOptions { BatchSize = 0 }));
    }

    private static int[] Items(DataLoader loader, long epoch) => [.. loader.Epoch(epoch).SelectMany(batch => batch.Items.ToArray())];

    private static int Padded(LoaderOptions options) => new DataLoader(new Numbered(s_lengths), options).Epoch(0).Sum(batch => batch["tokens"].Mask.ToArray().Count(one => one == 0));

    private static List<string> Read(DataLoader loader, int batches, long first = 0)
    {
        using BatchReader reader = loader.Open(first);
        List<string> seen = [];
        for (int i = 0; i < batches; i++)
        {
            Batch batch = reader.Next();
            seen.Add($"{batch.Epoch} {batch.Number}: {string.Join(' ', batch.Items.ToArray())} | {string.Join(' ', batch["tokens"].Integers.ToArray())} | {string.Join(' ', batch["x"].Numbers.ToArray().Select(BitConverter.SingleToInt32Bits))}");
        }

        return seen;
    }
}
