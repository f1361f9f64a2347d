namespace Inkling.Language.Tests.Texts;

public sealed class TextBatchesTests
{
    private static readonly int[] s_counting = [.. Enumerable.Range(0, 26)];

    [Fact]
    public void Lanes_go_on_from_batch_to_batch_and_what_fills_none_is_left_out()
    {
        TextLanes lanes = new(s_counting, lanes: 2, steps: 5);
        Assert.Equal((2L, true), (lanes.BatchesPerEpoch, lanes.Continues));
        (int[] inputs, int[] targets, int counted) = Batch(lanes, 0, 0);
        Assert.Equal([0, 12, 1, 13, 2, 14, 3, 15, 4, 16], inputs);
        Assert.Equal([1, 13, 2, 14, 3, 15, 4, 16, 5, 17], targets);
        Assert.Equal(10, counted);
        (inputs, targets, _) = Batch(lanes, 3, 1);
        Assert.Equal([5, 17, 6, 18, 7, 19, 8, 20, 9, 21], inputs);
        Assert.Equal([6, 18, 7, 19, 8, 20, 9, 21, 10, 22], targets);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 4)]
    [InlineData(4, 100)]
    [InlineData(25, 1)]
    [InlineData(7, 2)]
    public void Read_whole_every_token_but_the_first_is_a_target_once(int lanes, int steps)
    {
        TextLanes whole = new(s_counting, lanes, steps, whole: true);
        List<int> seen = [];
        for (long batch = 0; batch < whole.BatchesPerEpoch; batch++)
        {
            (int[] inputs, int[] targets, int counted) = Batch(whole, 0, batch);
            Assert.Equal(counted, targets.Count(target => target != TextBatches.Ignore));
            Assert.All(inputs.Zip(targets).Where(pair => pair.Second != TextBatches.Ignore), pair => Assert.Equal(pair.First + 1, pair.Second));
            seen.AddRange(targets.Where(target => target != TextBatches.Ignore));
        }

        Assert.Equal(s_counting[1..], seen.Order());
    }

    [Fact]
    public void Windows_come_from_all_places_and_repeat_by_seed()
    {
        TextWindows windows = new(s_counting, windows: 2, steps: 5, seed: 3), same = new(s_counting, 2, 5, 3), other = new(s_counting, 2, 5, 4);
        Assert.Equal((2L, false), (windows.BatchesPerEpoch, windows.Continues));
        HashSet<int> starts = [];
        for (int epoch = 0; epoch < 200; epoch++)
        {
            (int[] inputs, int[] targets, int counted) = Batch(windows, epoch, epoch % 2);
            Assert.Equal(10, counted);
            Assert.All(inputs.Zip(targets), pair => Assert.Equal(pair.First + 1, pair.Second));
            Assert.Equal(inputs[0] + 4, inputs[8]);
            starts.UnionWith(inputs[..2]);
        }

        Assert.Equal(Enumerable.Range(0, 21), starts.Order()); // the last window's last target is the last token
        Assert.Equal(Batch(windows, 7, 1).Inputs, Batch(same, 7, 1).Inputs);
        Assert.NotEqual(Batch(windows, 7, 1).Inputs, Batch(other, 7, 1).Inputs);
        Assert.NotEqual(windows.ToString(), other.ToString());
    }

    [Fact]
    public void The_description_tells_texts_apart()
    {
        int[] changed = [.. s_counting[..^1], 7];
        Assert.Equal(new TextLanes(s_counting, 2, 5).ToString(), new TextLanes(s_counting.ToArray(), 2, 5).ToString());
        Assert.NotEqual(new TextLanes(s_counting, 2, 5).ToString(), new TextLanes(changed, 2, 5).ToString());
        Assert.NotEqual(new TextLanes(s_counting, 2, 5).ToString(), new TextLanes(s_counting, 5, 2).ToString());
    }

    [Fact]
    public void What_is_too_short_says_how_long_it_must_be()
    {
        Assert.Equal(1, new TextLanes(s_counting, 5, 5).BatchesPerEpoch);
        Assert.Contains("needs 27", Assert.Throws<ArgumentException>(() => new TextLanes(s_counting, 2, 13)).Message, StringComparison.Ordinal);
        Assert.Contains("a text of 0 tokens", Assert.Throws<ArgumentException>(() => new TextLanes(default, 1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("at least 2", Assert.Throws<ArgumentException>(() => new TextLanes(s_counting.AsMemory(0, 1), 4, 4, whole: true)).Message, StringComparison.Ordinal);
        Assert.Equal(1, new TextWindows(s_counting, 9, 25, 0).BatchesPerEpoch);
        Assert.Contains("fewer steps", Assert.Throws<ArgumentException>(() => new TextWindows(s_counting, 1, 26, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextLanes(s_counting, 0, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextWindows(s_counting, 2, 0, 0));
    }

    private static (int[] Inputs, int[] Targets, int Counted) Batch(TextBatches batches, long epoch, long batch)
    {
        int[] inputs = new int[batches.Lanes * batches.Steps], targets = new int[inputs.Length];
        int counted = batches.Fill(epoch, batch, inputs, targets);
        return (inputs, targets, counted);
    }
}
