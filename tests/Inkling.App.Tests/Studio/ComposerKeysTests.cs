using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>What the keys do to a suggestion.</summary>
[Collection("chromium")]
public sealed class ComposerKeysTests(Chromium chromium)
{
    [Fact]
    public async Task A_suggestion_appears_after_the_caret_and_not_in_the_draft()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Thank you for");
        await page.SeesGhostAsync(" your help.");
        await page.SeesBodyAsync("Thank you for");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Tab_takes_it_all_and_stays_in_the_message()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Hello,\nThank you for");
        await page.SeesGhostAsync(" your help.");
        await page.PressAsync("Tab");
        await page.SeesBodyAsync("Hello,\nThank you for your help.");
        await page.SeesNoGhostAsync();
        await page.SeesFocusOnAsync("#body");
        await Expect(page.Page.Locator("[data-part=saved]")).ToHaveTextAsync("10");
    }

    [Fact]
    public async Task Right_takes_it_all_at_the_end_of_the_line_only()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Thank you for");
        await page.SeesGhostAsync(" your help.");
        await page.PressAsync("ArrowLeft");
        await page.SeesNoGhostAsync();
        await page.SeesWhyAsync("inside-line");
        await page.PressAsync("ArrowRight");
        await page.SeesBodyAsync("Thank you for");

        await page.TypeAsync(" y");
        await page.SeesGhostAsync("our help.");
        await page.PressAsync("ArrowRight");
        await page.SeesBodyAsync("Thank you for your help.");
    }

    [Fact]
    public async Task Control_right_takes_a_word_and_keeps_the_rest()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Please let me");
        await page.SeesGhostAsync(" know if you need anything else.");
        await page.PressAsync("Control+ArrowRight");
        await page.SeesBodyAsync("Please let me know");
        await page.SeesGhostAsync(" if you need anything else.");
        await page.PressAsync("Control+ArrowRight");
        await page.SeesBodyAsync("Please let me know if");
        await page.PressAsync("Tab");
        await page.SeesBodyAsync("Please let me know if you need anything else.");
    }

    [Fact]
    public async Task Escape_dismisses_and_Tab_then_moves_on()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Thank you for");
        await page.SeesGhostAsync(" your help.");
        await page.PressAsync("Escape");
        await page.SeesNoGhostAsync();
        await page.SeesWhyAsync("dismissed");
        await page.PressAsync("Tab");
        await page.SeesBodyAsync("Thank you for");
        await Expect(page.Body).Not.ToBeFocusedAsync();
    }

    [Fact]
    public async Task Escape_also_recalls_a_question_that_is_not_answered_yet()
    {
        var completion = new ScriptedCompletion("Thank you for your help.") { Before = _ => Thread.Sleep(600) };
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, completion);
        await page.TypeAsync("Thank");
        await page.PressAsync("Escape");
        await page.Page.WaitForTimeoutAsync(1200);
        await page.SeesNoGhostAsync();
        await page.PressAsync("Tab");
        await page.SeesBodyAsync("Thank");
        await Expect(page.Body).Not.ToBeFocusedAsync();
    }

    [Fact]
    public async Task Tab_without_a_suggestion_and_Shift_Tab_move_on()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Zebras graze");
        await page.SeesWhyAsync("below-threshold");
        await page.PressAsync("Tab");
        await Expect(page.Body).Not.ToBeFocusedAsync();

        await page.TypeAsync("\nThank you for");
        await page.SeesGhostAsync(" your help.");
        await page.PressAsync("Shift+Tab");
        await page.SeesBodyAsync("Zebras graze\nThank you for");
        await Expect(page.Body).Not.ToBeFocusedAsync();
        await page.SeesNoGhostAsync();
    }

    [Fact]
    public async Task Every_control_is_reached_with_Tab_alone()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        HashSet<string> reached = [];
        for (int i = 0; i < 25; i++)
        {
            await page.PressAsync("Tab");
            reached.Add(await page.Page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName"));
        }

        Assert.Superset(new HashSet<string> { "to", "subject", "body", "copy", "download", "clear", "suggestions", "theme", "skip", "brand", "chip" }, reached);
    }

    [Fact]
    public async Task Typing_through_keeps_the_rest_without_waiting_for_an_answer()
    {
        var completion = new ScriptedCompletion("Thank you for your help.");
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, completion);
        await page.TypeAsync("Thank you");
        await page.SeesGhostAsync(" for your help.");
        completion.Before = _ => Thread.Sleep(5_000);
        foreach ((string key, string rest) in new[] { (" ", "for your help."), ("f", "or your help."), ("o", "r your help.") })
        {
            await page.PressAsync(key);
            Assert.Equal(rest, await page.Ghost.TextContentAsync(new() { Timeout = 1000 }));
        }

        completion.Before = null;
        await page.PressAsync("x");
        await page.SeesNoGhostAsync();
        await page.SeesBodyAsync("Thank you fox");
    }

    [Fact]
    public async Task Undo_takes_back_an_accepted_suggestion_in_one_step()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Thank you for");
        await page.SeesGhostAsync(" your help.");
        await page.PressAsync("Tab");
        await page.SeesBodyAsync("Thank you for your help.");
        await page.TypeAsync(" Zebras");
        await page.PressAsync("Control+z");
        await page.SeesBodyAsync("Thank you for your help.");
        await page.PressAsync("Control+z");
        await page.SeesBodyAsync("Thank you for");
        await Expect(page.Page.Locator("[data-part=saved]")).ToHaveTextAsync("0");
        await page.SeesNoGhostAsync();
        await page.PressAsync("Control+Shift+z");
        await page.SeesBodyAsync("Thank you for your help.");
        await Expect(page.Page.Locator("[data-part=saved]")).ToHaveTextAsync("10");
    }

    [Fact]
    public async Task Each_accepted_word_is_an_undo_step()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Please let me");
        await page.SeesGhostAsync(" know if you need anything else.");
        await page.PressAsync("Control+ArrowRight");
        await page.SeesBodyAsync("Please let me know");
        await page.PressAsync("Control+ArrowRight");
        await page.SeesBodyAsync("Please let me know if");
        await page.PressAsync("Control+z");
        await page.SeesBodyAsync("Please let me know");
        await page.PressAsync("Control+z");
        await page.SeesBodyAsync("Please let me");
    }

    [Fact]
    public async Task Nothing_is_asked_or_shown_while_an_input_method_composes()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, new ScriptedCompletion("日本語です。"));
        await page.Body.FocusAsync();
        ICDPSession session = await page.Page.Context.NewCDPSessionAsync(page.Page);
        foreach (string text in new[] { "に", "にほ", "にほん" })
        {
            await session.SendAsync("Input.imeSetComposition", new() { ["text"] = text, ["selectionStart"] = text.Length, ["selectionEnd"] = text.Length });
        }

        await page.SeesBodyAsync("にほん");
        await page.SeesWhyAsync("composing");
        await page.SeesNoGhostAsync();
        Assert.Empty(page.Completion.Asked);

        // A Tab that belongs to the input method is not ours.
        bool ours = await page.Page.EvaluateAsync<bool>(
            "() => !document.getElementById('body').dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab', isComposing: true, bubbles: true, cancelable: true }))");
        Assert.False(ours);

        await session.SendAsync("Input.insertText", new() { ["text"] = "日本語" });
        await page.SeesBodyAsync("日本語");
        await page.SeesGhostAsync("です。");
    }

    [Fact]
    public async Task In_a_right_to_left_line_the_left_arrow_goes_forward()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, new ScriptedCompletion("תודה רבה על העזרה."));
        await page.TypeAsync("תודה רבה");
        await page.SeesGhostAsync(" על העזרה.");
        await page.PressAsync("Control+ArrowLeft");
        await page.SeesBodyAsync("תודה רבה על");
        await page.PressAsync("ArrowLeft");
        await page.SeesBodyAsync("תודה רבה על העזרה.");
    }

    [Fact]
    public async Task Selecting_or_leaving_hides_the_suggestion()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Thank you for");
        await page.SeesGhostAsync(" your help.");
        await page.PressAsync("Shift+ArrowLeft");
        await page.SeesNoGhostAsync();
        await page.SeesWhyAsync("selection");
        await page.PressAsync("End");
        await page.TypeAsync(" ");
        await page.SeesGhostAsync("your help.");
        await page.Page.Locator("#subject").ClickAsync();
        await page.SeesNoGhostAsync();
    }

    [Fact]
    public async Task Another_candidate_can_be_clicked_in()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, new ScriptedCompletion("Thank you for your help.", "Thank you for the tea."));
        await page.TypeAsync("Thank you for");
        await page.SeesGhostAsync(" your help.");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "the tea." }).ClickAsync();
        await page.SeesBodyAsync("Thank you for the tea.");
        await page.SeesFocusOnAsync("#body");
    }
}
