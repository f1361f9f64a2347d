using System.Text;
using CsCheck;

namespace Inkling.Mail.Tests.Completion;

public sealed class CompleterTests
{
    private static readonly Completer s_completer = PhraseBook.Completer();

    private static Mail.Completion Complete(string text, DraftSession? session = null) =>
        s_completer.Complete(new CompletionRequest { Text = text }, session);

    [Theory]
    [InlineData("Hi Nora,\n\nThank you for yo", "ur ")]
    [InlineData("Hi Nora,\n\nThan", "k you")]
    [InlineData("Hi Nora,\n\nThank you", " for")]
    [InlineData("Hi Nora,\n\nThank you ", "for")]
    [InlineData("Hi,\n\nPlease let me know if you ha", "ve ")]
    [InlineData("Hi,\n\nI will get b", "ack to you")]
    [InlineData("Hello,\n\nThanks for the photos. I will get back to you tomorrow morning. Don", "'t")]
    [InlineData("Hi,\n\nDon'", "t")]
    public void Known_phrases_go_on_wherever_the_caret_stands(string draft, string beginning)
    {
        var best = Complete(draft).Candidates[0];
        Assert.StartsWith(beginning, best.Text, StringComparison.Ordinal);
        Assert.InRange(best.Confidence, 0, 1);
    }

    [Fact]
    public void A_sure_continuation_is_shown_and_an_unsure_one_is_not()
    {
        var shown = Complete("Hi,\n\nI will get b");
        Assert.NotNull(shown.Suggestion);
        Assert.Null(shown.Reason);
        Assert.True(shown.Suggestion.Confidence >= s_completer.Info.Threshold);
        var hidden = Complete("Qx");
        Assert.Null(hidden.Suggestion);
        Assert.NotNull(hidden.Reason);
    }

    [Fact]
    public void Inside_a_word_the_typed_letters_and_the_suggestion_spell_the_word()
    {
        foreach (var mail in PhraseBook.Mails)
        {
            for (var i = 1; i < mail.Length; i++)
            {
                foreach (var candidate in Complete(mail[..i]).Candidates)
                {
                    Assert.False(candidate.Text.Length == 0 || char.IsWhiteSpace(candidate.Text[^1]), $"'{candidate.Text}' ends with white space");
                    Assert.DoesNotContain(candidate.Text, c => char.IsControl(c) || char.IsDigit(c) || c is '⟦' or '⟧' or '\uFFFD');
                    Assert.True(candidate.Words is >= 1 and <= 8);
                }
            }
        }
    }

    [Fact]
    public void A_session_changes_nothing_through_any_edits()
    {
        var pieces = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 30], Gen.Int[0, PhraseBook.Mails.Count - 1], Gen.Int[0, 120]);
        pieces.Array[1, 25].Sample(edits =>
        {
            var session = s_completer.NewSession();
            var (text, subject, previous) = ("", "", "");
            foreach (var (kind, length, mail, at) in edits)
            {
                var source = PhraseBook.Mails[mail];
                var add = source.Substring(Math.Min(at, source.Length), Math.Min(length, Math.Max(0, source.Length - at)));
                switch (kind)
                {
                    case 0: text = text[..Math.Max(0, text.Length - length)]; break;                  // backspace
                    case 1: text = text.Insert(Math.Min(at, text.Length), add); break;                // an edit in the middle
                    case 2: subject = add.ReplaceLineEndings(" "); break;
                    case 3: previous = add; break;
                    default: text += add; break;
                }
                var request = new CompletionRequest { Text = text, Subject = subject, Previous = previous };
                Same(s_completer.Complete(request), s_completer.Complete(request, session));
            }
        }, iter: 60);
    }

    [Fact]
    public void Typing_costs_at_most_one_step_a_character()
    {
        var session = s_completer.NewSession();
        var mail = PhraseBook.Mails[0];
        Complete(mail[..1], session);
        for (var i = 2; i < mail.Length; i++)
        {
            var before = session.Steps;
            Complete(mail[..i], session);
            // A word is settled when the next begins; "." and a closing quote, say, may settle two at once.
            Assert.InRange(session.Steps - before, 0, 4);
        }
        Assert.True(session.Steps <= mail.Length + 4);
    }

    [Theory]
    [InlineData("\uD800")]
    [InlineData("Hello \uDC00\uDC00 th")]
    [InlineData("שלום וברכה, תודה על ה")]
    [InlineData("\u0000\u0001\u001b[31m Than")]
    [InlineData("\u202EThank you\u202C f")]
    [InlineData("⟦body⟧ Thank you ⟦/s⟧")]
    [InlineData("👩‍👩‍👧 Thank")]
    [InlineData("\r\n\r\n \t")]
    [InlineData("Thank you for your help.\r\n\r\nBes")]
    public void Odd_text_gets_an_answer(string text)
    {
        var answer = Complete(text);
        Assert.True(answer.Suggestion is not null || answer.Reason is not null);
        Assert.Equal(answer.Candidates.Select(c => c.Text), Complete(text).Candidates.Select(c => c.Text));
    }

    [Fact]
    public void A_draft_of_a_hundred_thousand_characters_is_answered_from_its_end()
    {
        var filler = string.Concat(Enumerable.Repeat("Could you send me the list of plants? ", 3000))[..100_000];
        var session = s_completer.NewSession();
        for (var i = 0; i < 40; i++)
        {
            var request = new CompletionRequest { Text = filler + "I will get back to you soon."[..Math.Min(28, i)] };
            Same(s_completer.Complete(request), s_completer.Complete(request, session));
        }
        Assert.NotEmpty(Complete(new string('x', 100_000)).Reason!);
    }

    [Theory]
    [InlineData("Write to nora@example.o")]
    [InlineData("My number is 0171 55")]
    [InlineData("see https://example.org/pl")]
    [InlineData("The code is AB12")]
    public void Private_things_are_left_to_the_writer(string text)
    {
        var answer = Complete(text);
        Assert.Null(answer.Suggestion);
        Assert.Equal(CompletionReason.Privacy, answer.Reason);
    }

    [Fact]
    public void Nothing_at_all_is_nothing_to_complete()
    {
        Assert.Equal(CompletionReason.NothingToComplete, Complete("").Reason);
        Assert.Equal(CompletionReason.NothingToComplete, Complete(" \n ").Reason);
        Assert.NotEqual(CompletionReason.NothingToComplete, s_completer.Complete(new CompletionRequest { Text = "", Subject = "Garden" }).Reason);
    }

    [Fact]
    public void Two_spaces_after_sentences_are_kept_up()
    {
        var single = Complete("Hi,\n\nThank you for your help. I don't know. Pl").Candidates;
        Assert.NotEmpty(single);
        var answer = Complete("Hi,\n\nThank you for your help.  I will get back to you soon.  Don't worry.");
        foreach (var candidate in answer.Candidates.Where(c => c.Text.Length > 2 && char.IsUpper(c.Text.TrimStart()[0])))
            Assert.StartsWith("  ", candidate.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        var drafts = PhraseBook.Mails.SelectMany(mail => Enumerable.Range(1, mail.Length - 1).Select(i => mail[..i])).Where((_, i) => i % 7 == 0).ToArray();
        var expected = drafts.Select(draft => Complete(draft)).ToArray();
        var shared = s_completer.NewSession();
        Parallel.For(0, drafts.Length * 2, i => Same(expected[i % drafts.Length], Complete(drafts[i % drafts.Length], i % 3 == 0 ? shared : null)));
    }

    [Fact]
    public void A_session_of_another_completer_is_refused()
    {
        using var other = PhraseBook.Completer();
        Assert.Throws<ArgumentException>(() => Complete("Thank", other.NewSession()));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_threshold_that_is_no_probability_is_refused(double threshold) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PhraseBook.Completer(options: new CompleterOptions { Threshold = threshold }));

    [Fact]
    public void A_threshold_of_one_shows_nothing_and_still_tells_candidates()
    {
        using var silent = PhraseBook.Completer(options: new CompleterOptions { Threshold = 1 });
        var answer = silent.Complete(new CompletionRequest { Text = "I will get b" });
        Assert.Null(answer.Suggestion);
        Assert.Equal(CompletionReason.BelowThreshold, answer.Reason);
        Assert.NotEmpty(answer.Candidates);
    }

    private static void Same(Mail.Completion expected, Mail.Completion actual)
    {
        Assert.Equal(expected.Reason, actual.Reason);
        Assert.Equal(expected.Suggestion, actual.Suggestion);
        Assert.Equal(expected.Candidates, actual.Candidates);
    }
}
