using Inkling.Nn;
using Inkling.Numerics;
using Inkling.Training;

namespace Inkling.Language.Tests.Texts;

public sealed class TextSamplerTests
{
    [Theory]
    [MemberData(nameof(Ditty.Kinds), MemberType = typeof(Ditty))]
    public void A_tiny_text_is_learnt_by_heart_and_written_on_and_on(string kind)
    {
        LanguageModel model = Ditty.Model(kind);
        (int[] text, string beginning, string goesOn) = kind == "Gpt" ? (Ditty.Scale, "cdef", "ghabcdefghabcdefghab") : (Ditty.Tokens, "agahabac", "adaeafagahabacadaeaf");
        FitResult result = Ditty.Learn(model, text);
        // The first letters of a lane cannot be known; all others can.
        double loss = model.Evaluate(text).Loss;
        Assert.True(loss < 0.35, $"{result}; measured {loss}");
        using TextSampler sampler = new(model, new SamplingOptions { Temperature = 0 }, Team.Single);
        Assert.Equal(goesOn, Ditty.Characters.Decode(sampler.Write(Ditty.Characters.Encode(beginning), 20)));
    }

    [Theory]
    [InlineData("Lstm")]
    [InlineData("Gru")]
    [InlineData("Gpt")]
    public void Probabilities_are_those_that_measuring_uses(string kind)
    {
        LanguageModel model = Ditty.Model(kind, dropout: 0.5, layers: 2);
        model.Initialize(Initializer.Uniform(0.7f), seed: 4);
        int[] text = Ditty.Tokens[..12];
        using TextSampler sampler = new(model, team: Team.Single);
        double nats = 0;
        for (int i = 0; i + 1 < text.Length; i++)
        {
            sampler.Read(text.AsSpan(i, 1));
            nats -= Math.Log(sampler.Probabilities[text[i + 1]]);
        }

        Assert.Equal(model.Evaluate(text, steps: 11).Loss, nats / 11, 1e-4);
        double[] probabilities = sampler.Probabilities.ToArray();
        Assert.Equal(1, probabilities.Sum(), 1e-9);
        sampler.Reset();
        Assert.Equal(0, sampler.Probabilities.Length);
        sampler.Read(text.AsSpan(0, 11)); // at once
        Assert.All(probabilities.Zip(sampler.Probabilities.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void A_window_forgets_what_is_further_back_than_the_context()
    {
        LanguageModel model = Ditty.Model("Gpt");
        model.Initialize(Initializer.Uniform(0.7f), seed: 4);
        using TextSampler far = new(model, team: Team.Single), near = new(model, team: Team.Single);
        far.Read(Ditty.Tokens.AsSpan(0, 30));
        far.Read(Ditty.Tokens.AsSpan(30, 10));
        near.Read(Ditty.Tokens.AsSpan(28, 12));
        Assert.Equal(near.Probabilities.ToArray(), far.Probabilities.ToArray());
    }

    [Fact]
    public void Temperature_the_likeliest_and_exclusions_shape_what_is_drawn()
    {
        LanguageModel model = Ditty.Model("Lstm");
        model.Initialize(Initializer.Uniform(1), seed: 4);
        double[] plain = Probabilities(new SamplingOptions()), cold = Probabilities(new SamplingOptions { Temperature = 0.5 });
        double sum = plain.Sum(p => p * p);
        Assert.All(plain.Zip(cold), pair => Assert.Equal(pair.First * pair.First / sum, pair.Second, 1e-6));
        int best = Array.IndexOf(plain, plain.Max());
        Assert.Equal(1, Probabilities(new SamplingOptions { Temperature = 0 })[best]);

        double[] three = Probabilities(new SamplingOptions { TopK = 3 });
        double kept = plain.OrderDescending().Take(3).Sum(), least = plain.OrderDescending().ElementAt(2);
        Assert.All(plain.Zip(three), pair => Assert.Equal(pair.First < least ? 0 : pair.First / kept, pair.Second, 1e-6));

        double[] without = Probabilities(new SamplingOptions { Excluded = [best], TopK = 1 });
        Assert.Equal((0.0, 1.0), (without[best], without[Array.IndexOf(plain, plain.OrderDescending().ElementAt(1))]));

        double[] Probabilities(SamplingOptions options)
        {
            using TextSampler sampler = new(model, options, Team.Single);
            sampler.Read([0, 3]);
            return sampler.Probabilities.ToArray();
        }
    }

    [Fact]
    public void Tokens_are_drawn_as_often_as_they_are_likely_and_by_seed()
    {
        // Without weights, the biases alone say how likely a token is, whatever was read.
        LanguageModel model = Ditty.Model("Rnn").Initialize(Initializer.Zeros(), seed: 0);
        for (int token = 0; token < 8; token++) model.Parameters["output.bias"].Values[token] = MathF.Log(token + 1);
        using TextSampler many = new(model, new SamplingOptions { Seed = 3 }, Team.Single);
        int[] drawn = many.Write([1], 3000);
        for (int token = 0; token < 8; token++)
        {
            double share = (token + 1) / 36.0;
            Assert.Equal(share, many.Probabilities[token], 1e-6);
            Assert.Equal(share, drawn.Count(one => one == token) / 3000.0, 5 * Math.Sqrt(share / 3000)); // five standard deviations
        }

        using TextSampler once = new(model, new SamplingOptions { Seed = 6 }, Team.Single), again = new(model, new SamplingOptions { Seed = 6 }, Team.Single), other = new(model, new SamplingOptions { Seed = 7 }, Team.Single);
        int[] written = once.Write([1], 30);
        Assert.Equal(written, again.Write([1], 30));
        Assert.NotEqual(written, other.Write([1], 30));
        once.Reset();
        Assert.Equal(written, once.Write([1], 30));
    }

    [Theory]
    [InlineData("Lstm")]
    [InlineData("Gpt")]
    public void Writing_allocates_nothing_once_the_window_is_full(string kind)
    {
        using TextSampler sampler = new(Ditty.Model(kind), new SamplingOptions { TopK = 4 }, Team.Single);
        sampler.Write(Ditty.Tokens.AsSpan(0, 20), 3);
        Allocation.AssertNone(() =>
        {
            for (int i = 0; i < 20; i++) sampler.Next();
        });
    }

    [Fact]
    public void What_cannot_be_is_said_clearly()
    {
        LanguageModel model = Ditty.Model("Lstm");
        using TextSampler sampler = new(model, team: Team.Single);
        Assert.Contains("at least one token", Assert.Throws<InvalidOperationException>(() => sampler.Next()).Message, StringComparison.Ordinal);
        Assert.Contains("the token 8", Assert.Throws<ArgumentException>(() => sampler.Read([1, 8])).Message, StringComparison.Ordinal);
        Assert.Contains("temperature of -1", Assert.Throws<ArgumentException>(() => new TextSampler(model, new SamplingOptions { Temperature = -1 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TextSampler(model, new SamplingOptions { TopK = 0 }));
        Assert.Contains("all tokens are excluded", Assert.Throws<ArgumentException>(() => new TextSampler(model, new SamplingOptions { Excluded = [0, 1, 2, 3, 4, 5, 6, 7] })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TextSampler(model, new SamplingOptions { Excluded = [9] }));
    }
}
