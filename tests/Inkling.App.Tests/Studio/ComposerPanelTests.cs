using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>What the page says around the draft: panel, switch, screen reader, errors.</summary>
[Collection("chromium")]
public sealed class ComposerPanelTests(Chromium chromium)
{
    private static ILocator Part(ComposerPage page, string name) => page.Page.Locator($"[data-part={name}]");

    [Fact]
    public async Task The_panel_tells_what_the_model_did()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Thank you for");
        await page.SeesGhostAsync(" your help.");
        await Expect(Part(page, "confidence")).ToHaveAttributeAsync("aria-valuenow", "83");
        await Expect(Part(page, "elapsed")).ToHaveTextAsync("1.9 ms");
        await Expect(Part(page, "source")).ToHaveTextAsync("model");
        await Expect(page.Page.GetByText("6.4 million, int8")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("Zebras graze", "below-threshold", "not sure enough")]
    [InlineData("My account ", "privacy", "private")]
    public async Task The_panel_says_in_a_sentence_why_nothing_is_shown(string text, string reason, string words)
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync(text);
        await page.SeesWhyAsync(reason);
        await Expect(Part(page, "why")).ToContainTextAsync(words);
        await page.SeesNoGhostAsync();
    }

    [Fact]
    public async Task The_switch_stops_suggestions_and_is_remembered()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.Page.GetByRole(AriaRole.Switch).ClickAsync();
        await page.Page.ReloadAsync();
        await Expect(page.Page.GetByRole(AriaRole.Switch)).ToHaveAttributeAsync("aria-checked", "false");
        await page.TypeAsync("Thank you for");
        await page.SeesWhyAsync("off");
        await page.SeesNoGhostAsync();
        Assert.Empty(page.Completion.Asked);
        await page.Page.GetByRole(AriaRole.Switch).ClickAsync();
        await page.SeesGhostAsync(" your help.");
    }

    [Fact]
    public async Task A_screen_reader_hears_of_a_suggestion_once()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.Page.EvaluateAsync("""
            () => {
              window.said = [];
              const region = document.getElementById('announcer');
              new MutationObserver(() => { if (region.textContent) said.push(region.textContent); }).observe(region, { childList: true, characterData: true, subtree: true });
            }
            """);
        await page.TypeAsync("Thank you for");
        await Expect(page.Page.Locator("#announcer")).ToHaveTextAsync("Suggestion: your help. Tab accepts, Escape dismisses.");
        await page.TypeAsync(" you");
        await page.Page.WaitForTimeoutAsync(1_000);
        Assert.Single(await page.Page.EvaluateAsync<string[]>("() => window.said"));
        await page.PressAsync("Escape");
        await Expect(page.Page.Locator("#announcer")).ToBeEmptyAsync();
        await Expect(page.Page.Locator("#announcer")).ToHaveAttributeAsync("aria-live", "polite");
        Assert.Contains("Tab", await page.Page.Locator("#body-keys").TextContentAsync(), StringComparison.Ordinal);
        await Expect(page.Body).ToHaveAttributeAsync("aria-describedby", "body-keys");
    }

    [Fact]
    public async Task The_newest_question_wins()
    {
        var completion = new ScriptedCompletion("Thank you for your help.", "Thanks a lot.");
        completion.Before = request => Thread.Sleep(request.Text == "Than" ? 900 : 0);
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, completion);
        await page.TypeAsync("Than");
        await page.TypeAsync("ks");
        await page.SeesGhostAsync(" a lot.");
        await page.Page.WaitForTimeoutAsync(1_200);
        await page.SeesGhostAsync(" a lot.");
        Assert.Single(completion.Asked.Select(asked => asked.Session).Distinct());
    }

    [Fact]
    public async Task Context_goes_along()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.Page.FillAsync("#to", "\"Doe, Jane\" <jane@example.org>; ben@example.org");
        await page.Page.FillAsync("#subject", "Tea");
        await page.Page.Locator("summary").ClickAsync();
        await page.Page.FillAsync("#previous", "Shall we?");
        await page.TypeAsync("Yes");
        await page.SeesWhyAsync("below-threshold");
        var request = page.Completion.Asked.Last().Request;
        Assert.Equal(("Yes", "Tea", "Shall we?"), (request.Text, request.Subject, request.Previous));
        Assert.Equal(["\"Doe, Jane\" <jane@example.org>", "ben@example.org"], request.To);
    }

    [Fact]
    public async Task A_program_that_is_gone_is_told_and_the_draft_stays()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.Page.RouteAsync("**/v1/completions", route => route.AbortAsync());
        await page.TypeAsync("Thank you for");
        await page.SeesWhyAsync("unreachable");
        await page.SeesBodyAsync("Thank you for");
        await page.Page.UnrouteAsync("**/v1/completions");
        await page.TypeAsync(" y");
        await page.SeesGhostAsync("our help.");
    }

    [Fact]
    public async Task A_newcomer_sees_a_suggestion_with_one_press()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Thank you for" }).ClickAsync();
        await page.SeesBodyAsync("Thank you for");
        await page.SeesGhostAsync(" your help.");
        await Expect(page.Page.Locator(".try")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Nothing_leaves_the_machine_and_the_policy_says_so()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        IResponse? answer = await page.Page.GotoAsync("/");
        Assert.StartsWith("default-src 'self';", (await answer!.AllHeadersAsync())["content-security-policy"], StringComparison.Ordinal);
        await page.TypeAsync("Thank you for");
        await page.SeesGhostAsync(" your help.");
        Assert.All(page.Requests, url => Assert.StartsWith(page.Studio.Address, url, StringComparison.Ordinal));
        Assert.Empty(page.Errors);
        Assert.DoesNotContain("<script>", await page.Page.ContentAsync(), StringComparison.Ordinal);
    }
}
