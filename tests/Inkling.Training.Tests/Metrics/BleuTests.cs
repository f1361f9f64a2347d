using Inkling.Golden;
using Inkling.Training.Metrics;

namespace Inkling.Training.Tests.Metrics;

/// <summary>BLEU, by hand, against NLTK, and against the figures that sacrebleu publishes for the example of its read-me.</summary>
public sealed class BleuTests
{
    [Fact]
    public void By_hand()
    {
        // Papineni et al. 2002, Example 2: "the" counts as often as the reference with most of them has it. 2/7, and no bigram matches.
        Bleu bleu = new() { Smoothing = BleuSmoothing.None };
        bleu.Add("the the the the the the the", "the cat is on the mat", "there is a cat on the mat");
        Assert.Equal([200 / 7.0, 0, 0, 0], bleu.Precisions);
        Assert.Equal(0, bleu.Score);

        Bleu smoothed = new();
        smoothed.Add("a b c d e f", "a b c d x f y z");
        // 5/6, 3/5, 2/4, 1/3 and e^(1 − 8/6)
        Assert.Equal(100 * Math.Exp(-1 / 3.0) * Math.Pow(5 / 6.0 * 3 / 5 * 2 / 4 * 1 / 3, 0.25), smoothed.Score, 1e-10);
        Assert.Equal((6, 8), (smoothed.Length, smoothed.ReferenceLength));
    }

    [Theory]
    [InlineData(true, false, BleuSmoothing.Exponential, 48.530827)]
    [InlineData(false, false, BleuSmoothing.Exponential, 49.1919566)]
    [InlineData(true, false, BleuSmoothing.None, 48.530827)]
    public void The_example_of_sacrebleu_has_its_published_score(bool tokenize, bool lowercase, BleuSmoothing smoothing, double expected)
    {
        Bleu bleu = new() { Tokenize = tokenize, Lowercase = lowercase, Smoothing = smoothing };
        bleu.Add("The dog bit the man.", "The dog bit the man.", "The dog had bit the man.");
        bleu.Add("It wasn't surprising.", "It was not unexpected.", "No one was surprised.");
        bleu.Add("The man had just bitten him.", "The man bit him first.", "The man had bitten the dog.");
        Assert.Equal(expected, bleu.Score, 1e-6);
    }

    [Theory]
    [InlineData("near")]
    [InlineData("several")]
    [InlineData("distant")]
    public void A_corpus_has_the_score_of_Nltk(string name)
    {
        using GoldenFamily golden = GoldenFamily.Open("metrics");
        int[] words = golden.Integers(name, "in.words"), lengths = golden.Integers(name, "in.lengths");
        int references = golden.Integers(name, "in.references")[0], at = 0, next = 0;
        Bleu bleu = new();
        while (next < lengths.Length)
        {
            string translation = Sentence();
            bleu.Add(translation, [.. Enumerable.Range(0, references).Select(_ => Sentence())]);
        }

        Assert.Equal(golden.Values(name, "out.bleu")[0], bleu.Score, 1e-4);
        Assert.Equal(name == "distant", bleu.Precisions[3] < 5); // smoothed

        string Sentence()
        {
            string text = string.Join(' ', words.AsSpan(at, lengths[next]).ToArray().Select(word => $"w{word}"));
            at += lengths[next++];
            return text;
        }
    }

    [Fact]
    public void Smoothing_and_effective_order()
    {
        Assert.Equal(0, Score(new Bleu(), "a x", "a y"));                                             // there are no longer n-grams at all
        Assert.Equal(50, Score(new Bleu { EffectiveOrder = true }, "a x", "a y"), 1e-10);             // 1/2, and half a match in 1
        Assert.Equal(0, Score(new Bleu(), "x", "a"));
        Assert.Equal(100, Score(new Bleu { EffectiveOrder = true }, "a b", "a b"), 1e-10);
        Assert.Equal(100 * Math.Pow(3 / 4.0 * 1 / 3 * 0.1 / 2 * 0.1, 0.25), Score(new Bleu { Smoothing = BleuSmoothing.Floor }, "a b x c", "a b y c"), 1e-10);
        Assert.Equal(100 * Math.Pow(3 / 4.0 * 1 / 3 * 0.5 / 2 * 0.25, 0.25), Score(new Bleu(), "a b x c", "a b y c"), 1e-10);
        Assert.Equal(0, Score(new Bleu(), "", "a b"));
        Assert.Throws<ArgumentException>(() => new Bleu().Add("a"));
        Assert.Equal("BLEU = 100.00 100.0/100.0/100.0/100.0 (BP = 1.000 ratio = 1.000 hyp_len = 4 ref_len = 4)", Text("a b c d", "a b c d"));
        Assert.Equal(100, Score(new Bleu { Lowercase = true }, "A b C d", "a B c D"), 1e-10);

        static double Score(Bleu bleu, string translation, string reference)
        {
            bleu.Add(translation, reference);
            return bleu.Score;
        }

        static string Text(string translation, string reference)
        {
            Bleu bleu = new();
            bleu.Add(translation, reference);
            return bleu.ToString();
        }
    }

    [Theory]
    [InlineData("Hello, world! It's 3,000.50 (or so).", "Hello , world ! It's 3,000.50 ( or so ) .")]
    [InlineData("a-b 1-2 1990-2000", "a-b 1 - 2 1990 - 2000")]
    [InlineData("&quot;Tom&amp;Jerry&quot; &lt;b&gt;", "\" Tom & Jerry \" < b >")]
    [InlineData("end... 5. x.5 .5", "end . . . 5 . x . 5 . 5")]
    [InlineData("half-\nway\nhere <skipped>  ", "halfway here")]
    [InlineData("über $5 #tag @me a/b {x} ~y", "über $ 5 # tag @ me a / b { x } ~ y")]
    [InlineData("", "")]
    public void Text_is_split_as_mteval_v13a_does(string text, string expected) => Assert.Equal(expected, string.Join(' ', Tokenizer13a.Split(text)));
}
