namespace Inkling.Mail.Tests;

public sealed class MailEvaluatorTests
{
    private static readonly EvaluationOptions Short = new() { MinCharacters = 1, Mails = 100 };

    [Fact]
    public void Without_suggestions_nothing_is_saved()
    {
        EvaluationResult result = Evaluate(_ => new Mail.Completion { Reason = "no-candidates" }, "Hello there, all of you.");
        Assert.Equal(new KeystrokeSavings(0, 0, 0), result.KeystrokeSavings);
        Assert.Equal((0, 0, 1, 24), (result.Coverage, result.PrecisionWhenShown, result.Mails, result.Characters));
        Assert.Equal(0, result.ExactMatch["1"]);
        Assert.Equal(0, result.Calibration.Count);
        Assert.Null(result.BitsPerCharacter);
    }

    [Fact]
    public void A_perfect_completer_needs_two_keys()
    {
        const string Text = "Hello there, all of you. Bye now";
        EvaluationResult result = Evaluate(request => Show(1, Text[request.Text.Length..]), Text);
        Assert.Equal(1 - 2.0 / Text.Length, result.KeystrokeSavings.Whole, 12);
        Assert.Equal(result.KeystrokeSavings.Whole, result.KeystrokeSavings.Word, 12);
        // At the last position one character is left: it does not count as shown.
        Assert.Equal((Text.Length - 2.0) / (Text.Length - 1), result.Coverage, 12);
        Assert.Equal(1, result.PrecisionWhenShown);
        Assert.Equal(["1", "2", "3", "4"], result.ExactMatch.Keys);
        Assert.All(result.ExactMatch.Values, share => Assert.Equal(1, share));
        Assert.Equal((0, 0), (result.Calibration.ExpectedCalibrationError, result.Calibration.Brier));
    }

    [Fact]
    public void Words_are_accepted_as_far_as_they_match()
    {
        // After "a" the suggestion's first two words are right, the third is not.
        EvaluationResult result = Evaluate(
            request => request.Text == "a" ? Show(0.5, " bcd efg wrong") : new Mail.Completion(), "a bcd efg hij");
        Assert.Equal(0, result.KeystrokeSavings.Whole);
        Assert.Equal(1 - (1 + 2 + 4) / 13.0, result.KeystrokeSavings.Word, 12);
        Assert.Equal(0, result.PrecisionWhenShown);
    }

    [Fact]
    public void The_oracle_takes_the_longest_candidate_though_nothing_is_shown()
    {
        EvaluationResult result = Evaluate(
            request => request.Text == "a" ? new Mail.Completion { Candidates = [Suggest(0.2, " bx"), Suggest(0.1, " bcd"), Suggest(0.1, " bcd efg")] } : new Mail.Completion(), "a bcd efg hij");
        Assert.Equal(1 - (1 + 1 + 4) / 13.0, result.KeystrokeSavings.Oracle, 12);
        Assert.Equal((0, 0), (result.KeystrokeSavings.Whole, result.Coverage));
    }

    [Fact]
    public void A_suggestion_that_stops_inside_a_word_is_wrong()
    {
        EvaluationResult result = Evaluate(request => request.Text == "al" ? Show(0.9, "pha") : new Mail.Completion(), "alphabet");
        Assert.Equal((1.0 / 7, 0.0), (result.Coverage, result.PrecisionWhenShown));
        Assert.Equal((1, 0.81), (result.CalibrationWhenShown.Count, Math.Round(result.CalibrationWhenShown.Brier, 10)));
    }

    [Fact]
    public void Reliability_is_counted_in_ten_bins()
    {
        var counter = new CalibrationCounter();
        for (int i = 0; i < 100; i++)
        {
            counter.Add(0.85, i < 65);
            counter.Add(0.15, i < 15);
        }
        CalibrationFigures figures = counter.Figures();
        Assert.Equal(200, figures.Count);
        Assert.Equal([(0.1, 0.2, 100L), (0.8, 0.9, 100L)], figures.Reliability.Select(bin => (bin.From, bin.To, bin.Count)));
        Assert.Equal([(0.15, 0.15), (0.85, 0.65)], figures.Reliability.Select(bin => (Math.Round(bin.MeanConfidence, 10), bin.ShareRight)));
        Assert.Equal(0.1, figures.ExpectedCalibrationError, 10);
        Assert.Equal((65 * 0.15 * 0.15 + 35 * 0.85 * 0.85 + 15 * 0.85 * 0.85 + 85 * 0.15 * 0.15) / 200, figures.Brier, 10);
    }

    [Fact]
    public void Sources_are_kept_apart_and_add_up()
    {
        EvaluationResult result = MailEvaluator.Evaluate(
            () => request => Show(0.5, " and so on"),
            [new MailMessage { Text = "now and so on", Source = "x" }, new MailMessage { Text = "never ever and so forth", Source = "y" }], Short);
        Assert.Equal(["x", "y"], result.Sources.Keys);
        Assert.Equal(result.Characters, result.Sources.Values.Sum(source => source.Characters));
        Assert.True(result.Sources["x"].KeystrokeSavings.Whole > result.Sources["y"].KeystrokeSavings.Whole);
    }

    [Fact]
    public void Draws_are_seeded_and_of_fitting_length()
    {
        MailMessage[] mails = [.. Enumerable.Range(0, 200).Select(i => new MailMessage { Text = new string('x', i), Id = $"{i}" })];
        var options = new EvaluationOptions { Mails = 10, MinCharacters = 50, MaxCharacters = 150 };
        MailMessage[] first = MailEvaluator.Draw(mails, options);
        Assert.Equal(10, first.Length);
        Assert.All(first, mail => Assert.InRange(mail.Text.Length, 50, 150));
        Assert.Equal(first, MailEvaluator.Draw(mails, options));
        Assert.NotEqual(first, MailEvaluator.Draw(mails, options with { Seed = 2 }));
        Assert.Equal(101, MailEvaluator.Draw(mails, options with { Mails = 1000 }).Length);
    }

    [Fact]
    public void No_fitting_mail_is_said_so() =>
        Assert.Contains("80 to 1500", Assert.Throws<InvalidDataException>(() => MailEvaluator.Evaluate(() => _ => new Mail.Completion(), [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Bits_are_counted_per_character()
    {
        EvaluationResult result = MailEvaluator.Evaluate(() => _ => new Mail.Completion(), [new MailMessage { Text = "12345678" }], Short with { Bits = _ => 16, TypedCharacters = 3 });
        Assert.Equal(2, result.BitsPerCharacter);
        Assert.Equal(3, result.Characters);
    }

    private static Mail.Completion Show(double confidence, string text) =>
        text.Length == 0 ? new Mail.Completion() : new Mail.Completion { Suggestion = Suggest(confidence, text), Candidates = [Suggest(confidence, text)] };

    private static Suggestion Suggest(double confidence, string text) => new() { Text = text, Words = 1, Confidence = confidence, Source = "script" };

    private static EvaluationResult Evaluate(Func<CompletionRequest, Mail.Completion> complete, string text) =>
        MailEvaluator.Evaluate(() => complete, [new MailMessage { Text = text }], Short);
}
