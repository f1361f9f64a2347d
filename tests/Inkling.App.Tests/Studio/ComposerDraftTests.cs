using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The draft: kept, copied, saved, and never with the ghost in it.</summary>
[Collection("chromium")]
public sealed class ComposerDraftTests(Chromium chromium)
{
    [Fact]
    public async Task Copying_never_includes_the_ghost()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.TypeAsync("Thank you for");
        await page.SeesGhostAsync(" your help.");
        await page.Page.Locator("#copy").ClickAsync();
        await Expect(page.Page.Locator("#note")).ToContainTextAsync("Copied");
        Assert.Equal("Thank you for", await ClipboardAsync(page));

        await page.TypeAsync(" ");
        await page.SeesGhostAsync("your help.");
        await page.PressAsync("Control+a");
        await page.PressAsync("Control+c");
        Assert.Equal("Thank you for ", await ClipboardAsync(page));

        // Also when the whole page is selected from outside the message.
        await page.PressAsync("End");
        await page.TypeAsync("y");
        await page.SeesGhostAsync("our help.");
        await page.Page.EvaluateAsync("() => getSelection().selectAllChildren(document.querySelector('.editor'))");
        Assert.DoesNotContain("our help", await page.Page.EvaluateAsync<string>("() => getSelection().toString()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_eml_file_holds_what_was_written_and_nothing_else()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.Page.FillAsync("#to", "\"Lindqvist, Zoë\" <zoe@example.org>, ben@example.org");
        await page.Page.FillAsync("#subject", "Grüße zum neuen Jahr – und viele weitere Worte, damit die Zeile gefaltet werden muss ✓");
        await page.TypeAsync("Hallo Zoë,\n\nThank you for");
        await page.SeesGhostAsync(" your help.");
        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Locator("#download").ClickAsync());
        MimeMessage message = await MimeMessage.LoadAsync(await download.CreateReadStreamAsync());
        Assert.Equal("Hallo Zoë,\n\nThank you for", message.TextBody!.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Equal("Grüße zum neuen Jahr – und viele weitere Worte, damit die Zeile gefaltet werden muss ✓", message.Subject);
        Assert.Equal(["zoe@example.org", "ben@example.org"], message.To.Mailboxes.Select(to => to.Address));
        Assert.Equal("Lindqvist, Zoë", message.To.Mailboxes.First()!.Name);
        Assert.Equal("1", message.Headers["X-Unsent"]);
        Assert.EndsWith(".eml", download.SuggestedFilename, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_break_in_the_subject_starts_no_header()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        string eml = await page.Page.EvaluateAsync<string>("""
            async () => (await import('/studio/composer/message.js'))
              .toEml({ to: 'a@example.org\r\nBcc: x@example.org', subject: 'Hi\nBcc: y@example.org', body: 'Text' })
            """);
        Assert.DoesNotContain("\nBcc", eml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_loses_nothing()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.Page.FillAsync("#to", "maria@example.org");
        await page.Page.FillAsync("#subject", "Tables");
        await page.Page.Locator("summary").ClickAsync();
        await page.Page.FillAsync("#previous", "Can you send the tables?");
        await page.TypeAsync("Dear Maria,\nThank you for");
        await page.SeesGhostAsync(" your help.");
        await page.Page.ReloadAsync();
        await page.Page.Locator("#composer[data-ready=true]").WaitForAsync();
        await page.SeesBodyAsync("Dear Maria,\nThank you for");
        await page.SeesNoGhostAsync();
        await Expect(page.Page.Locator("#to")).ToHaveValueAsync("maria@example.org");
        await Expect(page.Page.Locator("#subject")).ToHaveValueAsync("Tables");
        await Expect(page.Page.Locator("#previous")).ToHaveValueAsync("Can you send the tables?");
        string stored = await page.Page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage, ...sessionStorage })");
        Assert.DoesNotContain("your help", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_draft_can_be_taken_back()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.Page.FillAsync("#subject", "Tables");
        await page.TypeAsync("Dear Maria,");
        await page.Page.Locator("#clear").ClickAsync();
        await page.SeesBodyAsync("");
        await Expect(page.Page.Locator("#subject")).ToHaveValueAsync("");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Bring the old one back" }).ClickAsync();
        await page.SeesBodyAsync("Dear Maria,");
        await Expect(page.Page.Locator("#subject")).ToHaveValueAsync("Tables");
    }

    [Fact]
    public async Task Pasted_html_is_inert_text()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        const string Html = "<img src=\"http://elsewhere.example/x.png\" onerror=\"window.hit = 1\"><b>bold</b>";
        await page.Page.EvaluateAsync("html => navigator.clipboard.write([new ClipboardItem({ 'text/html': new Blob([html], { type: 'text/html' }), 'text/plain': new Blob([html], { type: 'text/plain' }) })])", Html);
        await page.Body.FocusAsync();
        await page.PressAsync("Control+v");
        await page.SeesBodyAsync(Html);
        Assert.Equal(0, await page.Page.Locator(".editor img, .editor b").CountAsync());
        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.hit === undefined"));
        Assert.All(page.Requests, url => Assert.StartsWith(page.Studio.Address, url, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\uD83D half of a pair")]
    [InlineData("bell \u0007 and null \u0001 in it")]
    [InlineData("שלום and hello \u202E turned \u202C around")]
    public async Task Odd_characters_are_taken_as_they_are(string text)
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        await page.Page.EvaluateAsync("code => { const body = document.getElementById('body'); body.focus(); body.value = String.fromCharCode(...code); body.dispatchEvent(new InputEvent('input', { inputType: 'insertText', bubbles: true })); }",
            text.Select(c => (int)c).ToArray());
        await page.SeesWhyAsync("below-threshold");
    }

    [Fact]
    public async Task A_hundred_thousand_characters_stay_responsive()
    {
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium);
        string text = string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog. ", 2223)) + "\nThank you";
        await page.Body.FillAsync(text);
        await page.SeesGhostAsync(" for your help.");
        double longest = await page.Page.EvaluateAsync<double>("""
            async () => {
              let longest = 0;
              for (const letter of ' for') {
                const start = performance.now();
                document.execCommand('insertText', false, letter);
                document.querySelector('.mirror').getBoundingClientRect();
                longest = Math.max(longest, performance.now() - start);
                await new Promise(requestAnimationFrame);
              }
              return longest;
            }
            """);
        await page.SeesGhostAsync(" your help.");
        Assert.InRange(longest, 0, 1000);
    }

    private static Task<string> ClipboardAsync(ComposerPage page) => page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
}
