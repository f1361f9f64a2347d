namespace Inkling.Language.Tests.Corpora;

public sealed class BatchSourceTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(3, 4)]
    [InlineData(5, 64)]
    [InlineData(40, 3)]
    public void Measured_in_order_every_token_of_a_body_is_a_target_exactly_once_and_none_of_a_head(int lanes, int steps)
    {
        TokenCorpus corpus = Numbered.Corpus(40);
        BatchSource source = new(corpus, new BatchOptions { Lanes = lanes, Steps = steps, Shuffle = false, HeadTargets = false });
        int[] seen = new int[corpus.TokenCount];
        int targets = 0;
        for (long batch = 0; batch < source.BatchesPerEpoch; batch++)
        {
            (int counted, int _) = Read(source, lanes, steps, 0, batch, (_, target, _) => { if (target >= 0) seen[target]++; });
            targets += counted;
        }

        int next = 0;
        for (int i = 0; i < corpus.Count; i++)
            for (int t = 0; t < corpus.Sequence(i).Length; t++)
                Assert.Equal(t >= corpus.BodyStart(i) ? 1 : 0, seen[next++]);
        Assert.Equal(seen.Sum(), targets);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lanes_go_on_from_batch_to_batch_and_are_reset_where_a_sequence_begins(bool shuffle)
    {
        const int Lanes = 4, Steps = 6;
        TokenCorpus corpus = Numbered.Corpus(60);
        HashSet<int> firsts = [.. Enumerable.Range(0, corpus.Count).Select(i => (int)corpus.Sequence(i)[0])];
        BatchSource source = new(corpus, new BatchOptions { Lanes = Lanes, Steps = Steps, Shuffle = shuffle });
        int[] last = [-1, -1, -1, -1];
        for (long batch = 0; batch < source.BatchesPerEpoch; batch++)
        {
            int cell = 0;
            Read(source, Lanes, Steps, 0, batch, (input, target, reset) =>
            {
                int lane = cell++ % Lanes;
                if (target < 0) return; // padding at the end of a lane; the heads are targets here
                Assert.Equal(input + 1, target);
                Assert.Equal(firsts.Contains(input), reset);
                if (!reset) Assert.Equal(last[lane] + 1, input);
                last[lane] = input;
            });
        }
    }

    [Fact]
    public void A_pass_reads_nearly_everything_and_every_batch_is_full()
    {
        const int Lanes = 8, Steps = 16;
        TokenCorpus corpus = Numbered.Corpus(600);
        BatchSource source = new(corpus, new BatchOptions { Lanes = Lanes, Steps = Steps });
        int[] seen = new int[corpus.TokenCount];
        for (long batch = 0; batch < source.BatchesPerEpoch; batch++)
        {
            (int targets, int tokens) = Read(source, Lanes, Steps, 0, batch, (_, target, _) => seen[target]++);
            Assert.Equal((Lanes * Steps, Lanes * Steps), (targets, tokens));
        }

        double positions = corpus.TokenCount - corpus.Count;
        Assert.InRange(seen.Count(times => times > 0) / positions, 0.97, 1);
        Assert.InRange(seen.Max(), 1, 2);
    }

    [Fact]
    public void A_batch_depends_on_seed_and_pass_and_number_only()
    {
        TokenCorpus corpus = Numbered.Corpus(80, 40);
        BatchOptions options = new() { Lanes = 3, Steps = 10, Seed = 9, GroupWeights = [1, 0.5] };
        BatchSource one = new(corpus, options), other = new(corpus, options), another = new(corpus, options with { Seed = 10 });
        List<(long Epoch, long Batch, int[] Tokens)> inOrder = [];
        for (long epoch = 0; epoch < 3; epoch++)
            for (long batch = 0; batch < one.BatchesPerEpoch; batch++) inOrder.Add((epoch, batch, Tokens(one, epoch, batch)));
        foreach ((long epoch, long batch, int[] tokens) in Enumerable.Reverse(inOrder)) Assert.Equal(tokens, Tokens(other, epoch, batch));
        Assert.NotEqual(Tokens(one, 0, 0), Tokens(one, 1, 0));
        Assert.NotEqual(Tokens(one, 0, 0), Tokens(another, 0, 0));
    }

    [Fact]
    public void A_group_of_weight_a_quarter_is_read_once_in_four_passes_and_one_of_weight_two_twice_in_each()
    {
        TokenCorpus corpus = Numbered.Corpus(10, 20, 3);
        EpochOrder order = new(corpus, new BatchOptions { GroupWeights = [1, 0.25, 2] });
        int[] seen = new int[corpus.Count];
        for (int epoch = 0; epoch < 4; epoch++)
        {
            int count = order.Shuffle(epoch);
            Assert.Equal(10 + 5 + 6, count);
            for (int i = 0; i < count; i++) seen[order[i]]++;
        }

        Assert.All(seen[..10], times => Assert.Equal(4, times));
        Assert.All(seen[10..30], times => Assert.Equal(1, times));
        Assert.All(seen[30..], times => Assert.Equal(8, times));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused()
    {
        TokenCorpus corpus = Numbered.Corpus(5, 5);
        Assert.Contains("2 groups", Assert.Throws<ArgumentException>(() => new BatchSource(corpus, new BatchOptions { GroupWeights = [1] })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new BatchSource(corpus, new BatchOptions { GroupWeights = [1, 0] }));
        Assert.Throws<ArgumentException>(() => new BatchSource(new TokenCorpusBuilder().Build(), new BatchOptions()));
    }

    [Fact]
    public void Batches_are_written_without_allocating()
    {
        TokenCorpus corpus = Numbered.Corpus(50);
        BatchSource source = new(corpus, new BatchOptions { Lanes = 2, Steps = 8 });
        int[] a = new int[16], b = new int[16], c = new int[16];
        source.Fill(0, 0, a, b, c);
        Allocation.AssertNone(() =>
        {
            for (long epoch = 0; epoch < 3; epoch++)
                for (long batch = 0; batch < source.BatchesPerEpoch; batch++) source.Fill(epoch, batch, a, b, c);
        });
    }

    private static int[] Tokens(BatchSource source, long epoch, long batch)
    {
        int[] tokens = new int[30];
        source.Fill(epoch, batch, tokens, new int[30], new int[30]);
        return tokens;
    }

    private static (int Targets, int Tokens) Read(BatchSource source, int lanes, int steps, long epoch, long batch, Action<int, int, bool> cell)
    {
        int[] inputs = new int[lanes * steps], targets = new int[lanes * steps], resets = new int[lanes * steps];
        (int, int) counts = source.Fill(epoch, batch, inputs, targets, resets);
        for (int i = 0; i < inputs.Length; i++) cell(inputs[i], targets[i], resets[i] == 1);
        return counts;
    }
}
