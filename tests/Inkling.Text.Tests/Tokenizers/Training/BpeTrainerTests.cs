namespace Inkling.Text.Tests;

public sealed class BpeTrainerTests
{
    private sealed class Reports : IProgress<BpeTrainingProgress>
    {
        public List<BpeTrainingProgress> All { get; } = [];
        public void Report(BpeTrainingProgress value) => All.Add(value);
    }

    [Fact]
    public void The_commonest_pair_merges_first_and_ties_go_to_the_smaller_ids()
    {
        // "aab" twice and "cd" once: pairs aa 2, ab 2 (tie, right id a < b), cd 1.
        Tokenizer tokenizer = BpeTrainer.Train(["aab\naab\ncd"], new BpeTrainerOptions { VocabularySize = 300, MinimumFrequency = 1 });
        Assert.Equal("aa"u8, tokenizer.Bytes(256));
        Assert.Equal("aab"u8, tokenizer.Bytes(257));
        Assert.Equal("cd"u8, tokenizer.Bytes(258));
        Assert.Equal(259, tokenizer.VocabularySize);
    }

    [Fact]
    public void Counts_kept_incrementally_equal_counts_made_anew()
    {
        // The definition: count every pair of every word anew before each merge. Words without runs of one letter, where counting overlaps.
        string[] texts = ["abcabd abcd dcba\nbadc abab cdcd\nabcd badcab", "dabc dabc\nabdc"];
        Tokenizer trained = BpeTrainer.Train(texts, new BpeTrainerOptions { VocabularySize = 280 });
        var words = new List<List<string>>();
        foreach (string text in texts)
        {
            for (int start = 0, end; start < text.Length; start = end)
            {
                end = WordScanner.End(text, start);
                words.Add([.. text[start..end].Select(c => c.ToString())]);
            }
        }
        List<string> ids = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];
        for (int id = 256; id < trained.VocabularySize; id++)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => ids.IndexOf(group.Key.First)).ThenBy(group => ids.IndexOf(group.Key.Second))
                .First().Key;
            string merged = best.First + best.Second;
            Assert.Equal(merged, trained.Decode([id]));
            ids.Add(merged);
            foreach (List<string> word in words)
            {
                for (int i = 0; i + 1 < word.Count; i++)
                {
                    if (word[i] != best.First || word[i + 1] != best.Second)
                        continue;
                    word[i] = merged;
                    word.RemoveAt(i + 1);
                }
            }
        }
    }

    [Fact]
    public void The_order_of_the_texts_does_not_matter()
    {
        var options = new BpeTrainerOptions { VocabularySize = 500, SpecialTokens = Texts.Specials };
        Tokenizer a = BpeTrainer.Train(Texts.Mail, options);
        Tokenizer b = BpeTrainer.Train(Texts.Mail.Reverse(), options);
        for (int id = 0; id < a.VocabularySize; id++)
            Assert.True(a.Bytes(id).SequenceEqual(b.Bytes(id)));
    }

    [Fact]
    public void Training_compresses_and_never_makes_a_special_token()
    {
        Tokenizer tokenizer = Texts.Train(900);
        Assert.True(tokenizer.Encode(Texts.Mail[0]).Length < Texts.Mail[0].Length / 2);
        for (int id = Texts.Specials.Length; id < tokenizer.VocabularySize; id++)
            Assert.DoesNotContain(tokenizer.Decode([id]), Texts.Specials);
    }

    [Fact]
    public void A_word_repeated_from_one_letter_trains_and_encodes()
    {
        Tokenizer tokenizer = BpeTrainer.Train([new string('a', 60), new string('a', 33)], new BpeTrainerOptions { VocabularySize = 270, MinimumFrequency = 1 });
        string text = new('a', 61);
        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        Assert.True(tokenizer.Encode(text).Length < 10);
    }

    [Fact]
    public void Long_words_are_left_out()
    {
        Tokenizer tokenizer = BpeTrainer.Train([new string('q', 65) + " " + new string('q', 65)], new BpeTrainerOptions { VocabularySize = 300 });
        Assert.Equal(256, tokenizer.VocabularySize);
    }

    [Fact]
    public void Progress_rises_to_the_end_and_a_cancelled_training_stops()
    {
        var reports = new Reports();
        BpeTrainer.Train([.. Texts.Mail, new string(' ', 1 << 20)], new BpeTrainerOptions { VocabularySize = 320, Progress = reports });
        Assert.Contains(reports.All, report => report.Stage == BpeTrainingStage.Counting);
        Assert.Equal(new BpeTrainingProgress(BpeTrainingStage.Merging, 320, 320), reports.All[^1]);
        using var stop = new CancellationTokenSource();
        IEnumerable<string> Endless()
        {
            for (int i = 0; ; i++)
            {
                if (i == 10)
                    stop.Cancel();
                yield return "text";
            }
        }
        Assert.Throws<OperationCanceledException>(() => BpeTrainer.Train(Endless(), new BpeTrainerOptions(), stop.Token));
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        Assert.Contains("256", Error(new() { VocabularySize = 100 }), StringComparison.Ordinal);
        Assert.Contains("too short", Error(new() { SpecialTokens = ["x"] }), StringComparison.Ordinal);
        Assert.Contains("twice", Error(new() { SpecialTokens = ["<s>", "<s>"] }), StringComparison.Ordinal);

        static string Error(BpeTrainerOptions options) => Assert.ThrowsAny<ArgumentException>(() => BpeTrainer.Train([], options)).Message;
    }
}
