using Inkling.Nn;
using Inkling.Numerics;

namespace Inkling.Language.Tests.Translation;

public sealed class SequenceDecoderTests
{
    private static readonly DecodingOptions Greedy = new() { BeamSize = 1 };

    [Fact, Trait("Speed", "Slow")]
    public void A_beam_of_one_takes_the_likeliest_symbol_at_each_step()
    {
        EncoderDecoder model = Reversal.Model(layers: 2); // knows nothing, so ends late or never
        using SequenceDecoder decoder = new(model, Team.Single);
        foreach (int[] source in Reversal.Sources(12, seed: 5))
        {
            (List<int> symbols, double logProbability, bool ended) = Likeliest(model, source, longest: 9);
            DecodedSequence result = decoder.Decode([source], Greedy with { LongestTarget = 9 })[0];
            Assert.Equal(symbols, result.Symbols);
            Assert.Equal(ended, result.IsComplete);
            Assert.Equal(logProbability, result.LogProbability, 1e-3);
            Assert.Equal(logProbability / (symbols.Count + (ended ? 1 : 0)), result.Score, 1e-3);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2.5)]
    public void A_beam_as_wide_as_the_language_finds_the_best_of_all(double penalty)
    {
        EncoderDecoder model = new EncoderDecoder(new EncoderDecoderConfig { SourceVocabulary = 5, TargetVocabulary = 4, EmbeddingWidth = 4, HiddenWidth = 6, AttentionWidth = 4 }).Build(seed: 8);
        int[] source = [3, 2, 4];
        int[][] all = [[], [2], [3], [2, 2], [2, 3], [3, 2], [3, 3]];
        double[] scores = [.. all.Select(target => LogProbability(model, source, target) / Math.Pow(target.Length + 1, penalty))];
        using SequenceDecoder decoder = new(model, Team.Single);
        DecodedSequence result = decoder.Decode([source], new DecodingOptions { BeamSize = 50, LengthPenalty = penalty, LongestTarget = 3 })[0];
        Assert.Equal(scores.Max(), result.Score, 1e-5);
        Assert.Equal(all[Array.IndexOf(scores, scores.Max())], result.Symbols);
    }

    [Fact, Trait("Speed", "Slow")]
    public void Wider_beams_find_better_targets_and_company_changes_nothing()
    {
        EncoderDecoder model = Reversal.Model(layers: 2);
        int[][] sources = Reversal.Sources(40, seed: 6);
        using SequenceDecoder decoder = new(model, Team.Single);
        using Team two = new(2);
        using SequenceDecoder other = new(model, two);
        DecodingOptions beam = new() { LengthPenalty = 0, LongestTarget = 12 };
        IReadOnlyList<DecodedSequence> greedy = decoder.Decode(sources, beam with { BeamSize = 1 }), wide = decoder.Decode(sources, beam), alone = [.. sources.Select(source => decoder.Decode([source], beam)[0])];
        Assert.True(wide.Average(result => result.Score) > greedy.Average(result => result.Score) + 0.01);
        IReadOnlyList<DecodedSequence> threads = other.Decode(sources, beam);
        for (int i = 0; i < sources.Length; i++)
        {
            Assert.Equal(alone[i].Symbols, wide[i].Symbols);
            Assert.Equal(alone[i].LogProbability, wide[i].LogProbability, 1e-4);
            Assert.Equal(wide[i].LogProbability, threads[i].LogProbability);
            if (wide[i].IsComplete) Assert.Equal(LogProbability(model, sources[i], [.. wide[i].Symbols]), wide[i].LogProbability, 1e-4);
        }
    }

    [Fact, Trait("Speed", "Slow")]
    public void Where_a_trained_model_looks_runs_backwards()
    {
        using SequenceDecoder decoder = new(Reversal.Trained, Team.Single);
        float[,] shares = decoder.Attention([3, 6, 2, 5, 7], [7, 5, 2, 6, 3]);
        Assert.Equal((6, 6), (shares.GetLength(0), shares.GetLength(1)));
        for (int row = 0; row < 6; row++) Assert.Equal(1, Enumerable.Range(0, 6).Sum(column => shares[row, column]), 1e-5);
        // The encoder's states know their neighbours, so the place may be off by one; the direction may not.
        double[] centres = [.. Enumerable.Range(0, 5).Select(row => Enumerable.Range(0, 6).Sum(column => column * (double)shares[row, column]))];
        Assert.True(centres[0] > centres[2] && centres[2] > centres[4], string.Join(' ', centres));
    }

    [Fact]
    public void What_cannot_be_decoded_is_named()
    {
        using SequenceDecoder decoder = new(Reversal.Model(), Team.Single);
        Assert.Contains("source 1 is empty", Error([[2], []]), StringComparison.Ordinal);
        Assert.Contains("source 0 has 4 symbols; at most 3", Error([[2, 2, 2, 2]], new DecodingOptions { LongestSource = 3 }), StringComparison.Ordinal);
        Assert.Contains("source 0 has symbol 8 at place 1; the model knows 2 to 7", Error([[2, 8]]), StringComparison.Ordinal);
        Assert.Contains("symbol 1 at place 0", Error([[1]]), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Decode([[2]], new DecodingOptions { BeamSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => decoder.Decode([[2]], new DecodingOptions { LengthPenalty = double.NaN }));
        Assert.Throws<OperationCanceledException>(() => decoder.Decode([[2]], null, new CancellationToken(canceled: true)));
        Assert.Empty(decoder.Decode([]));

        string Error(int[][] sources, DecodingOptions? options = null) => Assert.Throws<ArgumentException>(() => decoder.Decode(sources, options)).Message;
    }

    /// <summary>The target by the model's whole forward pass, again for each symbol.</summary>
    private static (List<int> Symbols, double LogProbability, bool Ended) Likeliest(EncoderDecoder model, int[] source, int longest)
    {
        List<int> symbols = [];
        for (double sum = 0; ;)
        {
            float[] last = LogProbabilities(model, source, symbols)[^1];
            int best = Enumerable.Range(1, last.Length - 1).MaxBy(symbol => last[symbol]);
            sum += last[best];
            if (best == EncoderDecoder.End) return (symbols, sum, true);
            symbols.Add(best);
            if (symbols.Count == longest) return (symbols, sum, false);
        }
    }

    private static double LogProbability(EncoderDecoder model, int[] source, int[] target)
    {
        float[][] rows = LogProbabilities(model, source, target);
        return target.Append(EncoderDecoder.End).Select((symbol, i) => (double)rows[i][symbol]).Sum();
    }

    private static float[][] LogProbabilities(EncoderDecoder model, int[] source, IReadOnlyList<int> given)
    {
        using Tape tape = new(new TapeOptions { Team = Team.Single, Recording = false });
        tape.Begin();
        Tensor features = model.Forward(tape.Indices([source.Length + 1, 1], [.. source, EncoderDecoder.End]), null, tape.Indices([given.Count + 1, 1], [EncoderDecoder.Begin, .. given]));
        return [.. model.Scores(features).LogSoftmax().ToArray().Chunk(model.Config.TargetVocabulary)];
    }
}
