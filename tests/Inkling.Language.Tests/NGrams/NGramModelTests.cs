using CsCheck;

namespace Inkling.Language.Tests;

public sealed class NGramModelTests
{
    private const int Vocabulary = 12, Mark = 0;

    private static readonly NGramTrainerOptions s_everything = new()
    {
        VocabularySize = Vocabulary, Order = 4, PartMarks = [Mark], TwoSources = false, MinimumCounts = [1], MaximumNGrams = int.MaxValue,
    };

    /// <summary>Sequences in which small ids are common, some with part marks inside.</summary>
    private static readonly Gen<int[][]> s_sequences =
        Gen.Frequency((6, Gen.Int[1, 4]), (3, Gen.Int[5, 9]), (1, Gen.Const(Mark))).Array[0, 40].Array[1, 12];

    private static NGramModel Train(IEnumerable<int[]> sequences, NGramTrainerOptions options)
    {
        var trainer = new NGramTrainer(options);
        foreach (int[] sequence in sequences)
            trainer.Add(sequence);
        return trainer.Train();
    }

    /// <summary>A text of some thousand tokens with structure: every token has a few likely successors.</summary>
    private static int[][] Text(int seed = 1, int sequences = 200, int vocabulary = Vocabulary)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, sequences).Select(_ =>
        {
            var tokens = new int[30];
            for (int i = 1; i < tokens.Length; i++)
                tokens[i] = 1 + (random.Next(4) == 0 ? random.Next(vocabulary - 1) : (3 * tokens[i - 1] + 5 * tokens[Math.Max(0, i - 2)] + random.Next(2)) % (vocabulary - 1));
            return tokens;
        })];
    }

    [Fact]
    public void Probabilities_equal_those_of_the_formulas() => s_sequences.Sample(sequences =>
    {
        NGramModel model = Train(sequences, s_everything);
        var reference = new ReferenceKneserNey(sequences, 4, Vocabulary, [Mark]);
        PredictorState state = model.NewState();
        var probabilities = new float[Vocabulary];
        foreach (int[] sequence in sequences.Take(3))
        {
            state.Reset();
            for (int i = 0; i < sequence.Length; i++)
            {
                model.Predict(state, probabilities);
                for (int token = 0; token < Vocabulary; token++)
                {
                    // The file rounds the share of the shorter context to a byte: 4 % of it at most at each of three levels.
                    double expected = reference.Probability(sequence.AsSpan(0, i), token);
                    Assert.Equal(expected, probabilities[token], 0.10 * expected + 0.02 * expected * (1 - expected) + 1e-6);
                }
                model.Step(state, sequence[i]);
            }
        }
    }, iter: 60);

    [Fact]
    public void Before_it_is_packed_every_probability_is_exact() => s_sequences.Sample(sequences =>
    {
        var stream = new TokenStream(4);
        foreach (int[] sequence in sequences)
            stream.Add(sequence, 0);
        bool[] marks = [.. Enumerable.Range(0, Vocabulary).Select(token => token == Mark)];
        CountTrie trie = CountTrie.Count(stream, marks, withSources: true, (_, _) => { }, CancellationToken.None);
        KneserNey.Estimate(trie, CancellationToken.None);
        var reference = new ReferenceKneserNey(sequences, 4, Vocabulary, [Mark]);
        Check(0, 0, trie.Levels[0].Size, []);

        void Check(int level, int first, int end, int[] context)
        {
            for (int node = first; node < end; node++)
            {
                int token = trie.Levels[level].Tokens[node];
                Assert.Equal(reference.Probability(context, token), trie.Levels[level].Probabilities[node], 1e-6);
                if (level + 1 < trie.Order)
                    Check(level + 1, trie.Levels[level].First[node], trie.Levels[level].First[node + 1], [.. context, token]);
            }
        }
    }, iter: 60);

    [Fact]
    public void Probabilities_sum_to_one_after_any_history() => Gen.Select(s_sequences, Gen.Int[0, Vocabulary - 1].Array[0, 20], Gen.Int[0, 60]).Sample((sequences, history, most) =>
    {
        NGramModel model = Train(sequences, s_everything with { MaximumNGrams = most });
        Assert.InRange(model.Count, 0, most);
        PredictorState state = model.NewState();
        var probabilities = new float[Vocabulary];
        foreach (int token in history)
            model.Step(state, token);
        model.Predict(state, probabilities);
        Assert.Equal(1, probabilities.Sum(), 1e-4f);
        Assert.Equal(0, probabilities[Mark]);
        Assert.All(probabilities[1..], probability => Assert.True(probability > 0));
        for (int token = 0; token < Vocabulary; token++)
            Assert.Equal(model.Probability(state, token), probabilities[token], 1e-6);
    }, iter: 300);

    [Fact]
    public void Nothing_before_a_part_mark_is_context_for_what_follows()
    {
        NGramModel model = Train(Text(), s_everything);
        PredictorState a = model.NewState(), b = model.NewState();
        foreach (int token in (int[])[3, 4, Mark, 5])
            model.Step(a, token);
        foreach (int token in (int[])[7, 1, 1, Mark, 5])
            model.Step(b, token);
        Assert.Equal(Predicted(model, a), Predicted(model, b));
    }

    [Fact]
    public void A_copied_state_goes_its_own_way()
    {
        NGramModel model = Train(Text(), s_everything);
        PredictorState a = model.NewState(), b = model.NewState();
        model.Step(a, 3);
        model.Step(a, 5);
        b.CopyFrom(a);
        float[] before = Predicted(model, a);
        Assert.Equal(before, Predicted(model, b));
        model.Step(b, 1);
        Assert.Equal(before, Predicted(model, a));
        b.Reset();
        Assert.Equal(Predicted(model, model.NewState()), Predicted(model, b));
        Assert.Throws<ArgumentException>(() => b.CopyFrom(Train(Text(), s_everything).NewState()));
    }

    private static float[] Predicted(NGramModel model, PredictorState state)
    {
        var probabilities = new float[model.VocabularySize];
        model.Predict(state, probabilities);
        return probabilities;
    }

    [Fact]
    public void It_predicts_text_of_its_kind_better_than_chance_and_longer_contexts_help()
    {
        double Bits(int order)
        {
            NGramModel model = Train(Text(1, 400), s_everything with { Order = order });
            PredictorState state = model.NewState();
            double bits = 0;
            int count = 0;
            foreach (int[] sequence in Text(2, 50))
            {
                state.Reset();
                model.Step(state, sequence[0]);
                foreach (int token in sequence.AsSpan(1))
                {
                    bits -= Math.Log2(model.Probability(state, token));
                    model.Step(state, token);
                    count++;
                }
            }
            return bits / count;
        }
        double two = Bits(2), four = Bits(4);
        Assert.True(two < Math.Log2(Vocabulary - 1), $"{two}");
        Assert.True(four < two - 0.5, $"{four} against {two}");
    }

    [Fact]
    public void What_only_one_source_wrote_is_not_in_the_model()
    {
        var trainer = new NGramTrainer(s_everything with { TwoSources = true });
        int[] secret = [8, 9, 8, 10], common = [1, 2, 3, 4];
        for (int i = 0; i < 20; i++)
        {
            trainer.Add(secret, source: 1);
            trainer.Add(common, source: i % 2);
        }
        NGramModel model = trainer.Train();
        PredictorState state = model.NewState();
        Assert.Equal(0.5, AfterHistory(common), 0.5);
        Assert.True(AfterHistory(common) > 0.8);
        Assert.True(AfterHistory(secret) < 0.3);

        double AfterHistory(int[] tokens)
        {
            state.Reset();
            foreach (int token in tokens.AsSpan(0, 3))
                model.Step(state, token);
            return model.Probability(state, tokens[3]);
        }
    }

    [Fact]
    public void Rare_ngrams_are_cut_off_and_the_dearest_are_kept()
    {
        int[][] text = Text(3, 300);
        Assert.True(Train(text, s_everything with { MinimumCounts = [1, 3] }).Count < Train(text, s_everything).Count);
        NGramModel small = Train(text, s_everything with { MaximumNGrams = 40 });
        Assert.InRange(small.Count, 30, 40);
        Assert.Equal(0, Train(text, s_everything with { MaximumNGrams = 0 }).Count);
    }

    [Fact]
    public void The_order_of_sequences_does_not_matter_and_training_repeats_exactly()
    {
        int[][] text = Text(4, 100);
        NGramTrainerOptions options = s_everything with { MaximumNGrams = 200 };
        NGramModel a = Train(text, options), b = Train(text, options), c = Train(text.Reverse(), options);
        PredictorState[] states = [a.NewState(), b.NewState(), c.NewState()];
        foreach (int token in text[0])
        {
            float[] expected = Predicted(a, states[0]);
            Assert.Equal(expected, Predicted(b, states[1]));
            Assert.Equal(expected, Predicted(c, states[2]));
            a.Step(states[0], token);
            b.Step(states[1], token);
            c.Step(states[2], token);
        }
    }

    [Fact]
    public void Stepping_and_predicting_allocate_nothing()
    {
        NGramModel model = Train(Text(), s_everything);
        PredictorState state = model.NewState(), copy = model.NewState();
        var probabilities = new float[Vocabulary];
        void Use()
        {
            model.Step(state, 3);
            copy.CopyFrom(state);
            model.Predict(copy, probabilities);
            model.Probability(copy, 4);
        }
        for (int i = 0; i < 50; i++)
            Use();
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 50; i++)
                Use();
        });
    }

    [Fact]
    public void Progress_is_told_and_cancelling_stops()
    {
        var stages = new List<NGramTrainingStage>();
        using var stop = new CancellationTokenSource();
        var trainer = new NGramTrainer(s_everything with { Progress = new Listener(report => stages.Add(report.Stage)) });
        foreach (int[] sequence in Text())
            trainer.Add(sequence);
        trainer.Train(stop.Token);
        Assert.Equal(Enum.GetValues<NGramTrainingStage>(), stages.Distinct());
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => trainer.Train(stop.Token));
    }

    private sealed class Listener(Action<NGramTrainingProgress> act) : IProgress<NGramTrainingProgress>
    {
        public void Report(NGramTrainingProgress value) => act(value);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        var trainer = new NGramTrainer(s_everything);
        Assert.Contains("another tokenizer", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Add([Vocabulary])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Add([1], source: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NGramTrainer(s_everything with { Order = 1 }));
        Assert.Throws<ArgumentException>(() => new NGramTrainer(s_everything with { VocabularySize = 1 }));
        NGramModel empty = trainer.Train();
        Assert.Throws<ArgumentOutOfRangeException>(() => empty.Step(empty.NewState(), -1));
        Assert.Throws<ArgumentException>(() => empty.Predict(empty.NewState(), new float[3]));
        Assert.Throws<ArgumentException>(() => empty.Step(Train(Text(), s_everything).NewState(), 1));
        Assert.Equal(1.0 / (Vocabulary - 1), empty.Probability(empty.NewState(), 5), 1e-7);
    }
}
