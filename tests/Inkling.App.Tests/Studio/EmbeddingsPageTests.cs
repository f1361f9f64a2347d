using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

[Collection("chromium")]
public sealed class EmbeddingsPageTests(Chromium chromium)
{
    [Fact]
    public async Task Nearest_words_are_found_and_followed_with_the_keyboard()
    {
        await using StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion("Thank you."));
        IPage page = await OpenAsync(studio);
        await page.Locator("#word").FillAsync("invoice");
        await page.Keyboard.PressAsync("Enter");
        ILocator list = page.GetByRole(AriaRole.List, new() { Name = "Nearest to invoice" });
        await Expect(list.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(12);
        ILocator first = list.GetByRole(AriaRole.Button).First;
        string word = await first.InnerTextAsync();
        await first.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.List, new() { Name = $"Nearest to {word}" })).ToBeVisibleAsync();
        await Expect(page.Locator("#word")).ToHaveValueAsync(word);

        await page.Locator("#word").FillAsync("inovice");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("'invoice'");
    }

    [Fact]
    public async Task Meanings_are_calculated_with()
    {
        await using StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion("Thank you."));
        IPage page = await OpenAsync(studio);
        await page.GetByRole(AriaRole.Button, new() { Name = "Calculate" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Answers to" }).GetByRole(AriaRole.Listitem).First).ToContainTextAsync("queen");
        await page.Locator("#terms").FillAsync("king man");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no + or -");
    }

    [Fact]
    public async Task A_text_is_shared_out_and_words_are_mapped_and_both_are_files()
    {
        await using StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion("Thank you."));
        IPage page = await OpenAsync(studio);
        await page.GetByRole(AriaRole.Button, new() { Name = "Share out" }).ClickAsync();
        await Expect(page.Locator("[data-plot=categories] svg[role=img]")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("Flowers .*Food"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();
        ILocator map = page.Locator("[data-plot=map] svg[role=img]");
        await Expect(map).ToBeVisibleAsync();
        Assert.True(await map.Locator("circle").CountAsync() > 40);
        foreach ((int number, string name) in new[] { (0, "categories.svg"), (1, "map.svg") })
        {
            IDownload download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[download]").Nth(number).ClickAsync());
            Assert.Equal(name, download.SuggestedFilename);
            string svg = await File.ReadAllTextAsync((await download.PathAsync())!);
            Assert.DoesNotContain("class=", svg, StringComparison.Ordinal);
            System.Xml.Linq.XDocument.Parse(svg);
        }

        await page.Locator("#mapped").FillAsync("qwertzu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Draw" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("'qwertzu'");
    }

    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task The_page_fits_a_narrow_screen_and_both_schemes(int width, ColorScheme scheme)
    {
        await using StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion("Thank you."));
        IPage page = await OpenAsync(studio, new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        foreach (string button in new[] { "Look up", "Calculate", "Share out", "Draw" }) await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Expect(page.Locator("[data-plot=map] svg")).ToBeVisibleAsync();
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is { Length: > 0 } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"words-{width}.png"), FullPage = true });
    }

    private async Task<IPage> OpenAsync(StudioHost studio, BrowserNewContextOptions? options = null)
    {
        IPage page = await chromium.NewPageAsync(studio.Address, options);
        await page.GotoAsync("/embeddings");
        await page.Locator(".words[data-ready=true]").WaitForAsync();
        return page;
    }
}
