using System.Text;
using CsCheck;
using Inkling.Text;

namespace Inkling.Language.Tests.Decoding;

public sealed class ContinuationSearchTests
{
    private static readonly Tokenizer s_tokenizer = TinyLanguage.Tokenizer;
    private static readonly int[] s_alphabet = TinyLanguage.Alphabet("ab .");

    /// <summary>Nothing is pruned: every sequence of pieces up to four bytes is followed.</summary>
    private static readonly SearchOptions s_exhaustive = new()
    {
        BeamWidth = 4000, MaxWords = 3, MaxBytes = 4, MaxCoverSteps = 60, CoverTolerance = 0, ExploreWords = 3, ExploreFloor = 0, InsideFloor = 0,
        ExtendFloor = 0, MaxSteps = int.MaxValue - 5000,
    };

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a")]
    [InlineData(" ab")]
    [InlineData("aba")]
    [InlineData(" baab")]
    [InlineData(". ")]
    public void Probabilities_are_the_sums_over_all_ways_to_cut_the_text(string typed)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var predictor = new ScriptedPredictor(s_tokenizer.VocabularySize, s_alphabet, seed);
            var expected = Enumerate(predictor, Encoding.UTF8.GetBytes(typed), maxBytes: 4);
            var found = Search(predictor, typed, s_exhaustive);
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
            foreach (var (text, probability) in expected)
                Assert.True(Math.Abs(probability - found[text]) <= 1e-5 * probability + 1e-12, $"'{text}' after '{typed}': {probability} expected, {found[text]} found");
        }
    }

    [Fact]
    public void A_narrow_beam_keeps_the_likeliest_and_never_claims_more_than_there_is()
    {
        Gen.Select(Gen.ULong[1, 1000], Gen.Int[0, 4].Select(i => new[] { "a", " ab", " ", "", "ba" }[i])).Sample((seed, typed) =>
        {
            var predictor = new ScriptedPredictor(s_tokenizer.VocabularySize, s_alphabet, seed);
            var all = Enumerate(predictor, Encoding.UTF8.GetBytes(typed), maxBytes: 3);
            var found = Search(predictor, typed, new SearchOptions { BeamWidth = 6, MaxBytes = 3, MaxCoverSteps = 16, CoverTolerance = 0 });
            foreach (var (text, probability) in found)
                Assert.True(probability <= all[text] * (1 + 1e-5));
        }, iter: 50);
    }

    [Fact]
    public void Continuations_end_at_ends_of_words_and_hold_no_breaks_or_digits()
    {
        var everything = Enumerable.Range(0, s_tokenizer.VocabularySize).ToArray();
        var predictor = new ScriptedPredictor(s_tokenizer.VocabularySize, everything, 5);
        var found = Search(predictor, " ab", new SearchOptions { BeamWidth = 16, InsideFloor = 0, ExploreFloor = 0, ExtendFloor = 0, MaxBytes = 12 });
        Assert.NotEmpty(found);
        foreach (var text in found.Keys)
        {
            Assert.DoesNotContain(text, c => char.IsControl(c) || char.IsDigit(c) || c == '\uFFFD');
            Assert.False(char.IsWhiteSpace(text[^1]), $"'{text}' ends with white space");
            Assert.DoesNotContain("⟦", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_same_search_gives_the_same_bits_and_allocates_nothing()
    {
        var predictor = new ScriptedPredictor(s_tokenizer.VocabularySize, s_alphabet, 9);
        var search = new ContinuationSearch(predictor, s_tokenizer);
        var workspace = search.NewWorkspace();
        var root = predictor.NewState();
        var row = new float[predictor.VocabularySize];
        predictor.Predict(root, row);
        var typed = " ab"u8.ToArray();
        search.Run(root, row, typed, workspace);
        var first = workspace.Found.Select(c => (Encoding.UTF8.GetString(c.Text), c.Probability)).ToArray();
        Assert.NotEmpty(first);
        for (var i = 0; i < 5; i++)
            search.Run(root, row, typed, workspace);
        Allocation.AssertNone(() =>
        {
            for (var i = 0; i < 20; i++)
                search.Run(root, row, typed, workspace);
        });
        Assert.Equal(first, workspace.Found.Select(c => (Encoding.UTF8.GetString(c.Text), c.Probability)));
    }

    [Fact]
    public void Letters_the_model_cannot_continue_and_endless_words_give_nothing()
    {
        var predictor = new ScriptedPredictor(s_tokenizer.VocabularySize, s_alphabet, 2);
        Assert.Empty(Search(predictor, " xyz", new SearchOptions()));
        Assert.Empty(Search(predictor, new string('a', 100), new SearchOptions()));
    }

    [Fact]
    public void A_predictor_of_another_vocabulary_is_refused()
    {
        var predictor = new ScriptedPredictor(17, [1, 2], 2);
        var error = Assert.Throws<ArgumentException>(() => new ContinuationSearch(predictor, s_tokenizer));
        Assert.Contains("17", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, double> Search(ScriptedPredictor predictor, string typed, SearchOptions options)
    {
        var search = new ContinuationSearch(predictor, s_tokenizer, options);
        var workspace = search.NewWorkspace();
        var root = predictor.NewState();
        var row = new float[predictor.VocabularySize];
        predictor.Predict(root, row);
        search.Run(root, row, Encoding.UTF8.GetBytes(typed), workspace);
        var result = new Dictionary<string, double>();
        foreach (var c in workspace.Found)
            result.Add(Encoding.UTF8.GetString(c.Text), c.Probability);
        return result;
    }

    /// <summary>The definition, by brute force: all sequences of pieces, the first part of which spells the typed bytes.</summary>
    private static Dictionary<string, double> Enumerate(ScriptedPredictor predictor, byte[] typed, int maxBytes)
    {
        var total = 0.0;
        var mass = new Dictionary<string, double>();
        Visit(predictor.NewState(), "", 1, covered: typed.Length == 0);
        if (typed.Length == 0)
            total = 1;
        return mass.ToDictionary(pair => pair.Key, pair => pair.Value / total);

        void Visit(PredictorState state, string spelt, double probability, bool covered)
        {
            var row = new float[predictor.VocabularySize];
            predictor.Predict(state, row);
            var prefix = Encoding.UTF8.GetString(typed);
            if (covered && spelt.Length > typed.Length)
            {
                var text = spelt[typed.Length..];
                var last = text[^1];
                var end = last == '.' ? 1.0 : last == ' ' ? 0.0
                    : s_alphabet.Where(id => s_tokenizer.Bytes(id).IsEmpty || s_tokenizer.Bytes(id)[0] is (byte)' ' or (byte)'.').Sum(id => (double)row[id]);
                if (end > 0)
                    mass[text] = mass.GetValueOrDefault(text) + probability * end;
                if (last == '.')
                    return; // a sentence ends
            }
            foreach (var id in s_alphabet)
            {
                if (s_tokenizer.Bytes(id).IsEmpty || row[id] == 0)
                    continue;
                var next = spelt + Encoding.UTF8.GetString(s_tokenizer.Bytes(id));
                var fits = next.Length <= prefix.Length ? prefix.StartsWith(next, StringComparison.Ordinal) : next.StartsWith(prefix, StringComparison.Ordinal);
                if (!fits)
                    continue;
                var covers = covered || next.Length >= prefix.Length;
                if (covers && !covered)
                    total += probability * row[id];
                if (next.Length - prefix.Length > maxBytes && covered || next[Math.Min(prefix.Length, next.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 3)
                    continue;
                var child = predictor.NewState();
                child.CopyFrom(state);
                predictor.Step(child, id);
                Visit(child, next, probability * row[id], covers);
            }
        }
    }
}
