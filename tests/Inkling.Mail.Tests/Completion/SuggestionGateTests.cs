namespace Inkling.Mail.Tests.Completion;

public sealed class SuggestionGateTests
{
    [Fact]
    public void A_phrase_comes_before_its_own_beginning_and_likely_ones_before_unlikely_ones()
    {
        List<Suggestion> candidates = [Of(" if", 0.7), Of(" if you have", 0.4), Of(" when", 0.2), Of(" if you", 0.5), Of(" when you are back", 0.05)];
        SuggestionGate.Order(candidates);
        Assert.Equal([" if you have", " if you", " if", " when you are back", " when"], candidates.Select(c => c.Text));
    }

    [Fact]
    public void Nothing_below_the_threshold_or_of_one_letter_is_shown()
    {
        SuggestionGate gate = new(new CompletionSettings { Threshold = 0.3 });
        Assert.Null(gate.Choose([Of(" perhaps", 0.29), Of("s", 0.99)]));
        Assert.Equal(" surely", gate.Choose([Of(" perhaps", 0.29), Of(" surely", 0.31)])?.Text);
    }

    private static Suggestion Of(string text, double confidence) => new() { Text = text, Words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, Confidence = confidence, Source = "model" };
}
