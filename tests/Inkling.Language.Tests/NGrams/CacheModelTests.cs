using CsCheck;

namespace Inkling.Language.Tests;

public sealed class CacheModelTests
{
    private const int Vocabulary = 20, Mark = 0;
    private static readonly CacheOptions s_options = new() { VocabularySize = Vocabulary, Ignored = [Mark], Window = 16, HalfLife = 10, Strengths = (20, 4, 2) };

    /// <summary>The blend as its formula says, one context after the other.</summary>
    private static double[] Reference(int[] history, double[] into, CacheOptions options)
    {
        ReadOnlySpan<int> seen = history.AsSpan(Math.Max(0, history.Length - options.Window));
        double[] strengths = [options.Strengths.Single, options.Strengths.Pair, options.Strengths.Triple];
        double[] blended = [.. into];
        for (int context = 0; context <= 2; context++)
        {
            if (context > seen.Length || seen[^context..].Contains(Mark))
                break;
            var weights = new double[Vocabulary];
            for (int i = context; i < seen.Length; i++)
            {
                if (seen[i] != Mark && seen[(i - context)..i].SequenceEqual(seen[^context..]))
                    weights[seen[i]] += Math.Pow(2, -(seen.Length - 1 - i) / options.HalfLife);
            }
            double total = weights.Sum(), share = total / (total + strengths[context]);
            for (int token = 0; token < Vocabulary && total > 0; token++)
                blended[token] = (1 - share) * blended[token] + share * weights[token] / total;
        }
        return blended;
    }

    [Fact]
    public void The_blend_is_that_of_the_formula() => Gen.Select(Gen.Int[0, 6].Array[0, 60], Gen.Double[0.01, 1].Array[Vocabulary]).Sample((history, raw) =>
    {
        var cache = new CacheModel(s_options);
        PredictorState state = cache.NewState();
        foreach (int token in history)
            cache.Step(state, token);
        double[] before = [.. raw.Select(value => value / raw.Sum())];
        float[] blended = [.. before.Select(value => (float)value)];
        cache.Blend(state, blended);
        double[] expected = Reference(history, before, s_options);
        for (int token = 0; token < Vocabulary; token++)
            Assert.Equal(expected[token], blended[token], 1e-6);
        Assert.Equal(1, blended.Sum(), 1e-5f);
    }, iter: 2_000);

    [Fact]
    public void Alone_it_is_a_distribution_and_never_predicts_what_is_ignored() => Gen.Int[0, Vocabulary - 1].Array[0, 40].Sample(history =>
    {
        var cache = new CacheModel(s_options);
        PredictorState state = cache.NewState();
        foreach (int token in history)
            cache.Step(state, token);
        var probabilities = new float[Vocabulary];
        cache.Predict(state, probabilities);
        Assert.Equal(1, probabilities.Sum(), 1e-5f);
        Assert.Equal(0, probabilities[Mark]);
    });

    [Fact]
    public void What_was_said_is_expected_again()
    {
        var cache = new CacheModel(s_options);
        PredictorState state = cache.NewState();
        var probabilities = new float[Vocabulary];
        foreach (int token in (int[])[5, 6, 7, 1, 2, 5, 6])
            cache.Step(state, token);
        cache.Predict(state, probabilities);
        Assert.Equal(7, Array.IndexOf(probabilities, probabilities.Max()));
        state.Reset();
        cache.Predict(state, probabilities);
        Assert.Equal(1f / (Vocabulary - 1), probabilities[7], 1e-7f);
    }

    [Fact]
    public void A_copied_state_goes_its_own_way_without_allocating()
    {
        var cache = new CacheModel(s_options);
        PredictorState a = cache.NewState(), b = cache.NewState();
        var probabilities = new float[Vocabulary];
        void Use()
        {
            for (int token = 1; token < 10; token++)
                cache.Step(a, token);
            b.CopyFrom(a);
            cache.Predict(b, probabilities);
        }
        for (int i = 0; i < 50; i++)
            Use();
        Allocation.AssertNone(() => Use());
        float[] expected = [.. probabilities];
        cache.Step(a, 3);
        cache.Predict(b, probabilities);
        Assert.Equal(expected, probabilities);
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        var cache = new CacheModel(s_options);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Step(cache.NewState(), Vocabulary));
        Assert.Throws<ArgumentException>(() => cache.Predict(cache.NewState(), new float[3]));
        Assert.Throws<ArgumentException>(() => cache.Step(new CacheModel(s_options).NewState(), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CacheModel(s_options with { Window = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CacheModel(s_options with { HalfLife = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CacheModel(s_options with { Strengths = (1, 0, 1) }));
        Assert.Throws<ArgumentException>(() => new CacheModel(new CacheOptions { VocabularySize = 1, Ignored = [0] }));
    }
}
