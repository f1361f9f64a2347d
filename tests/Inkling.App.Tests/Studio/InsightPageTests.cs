using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>What the playground shows of the inside, as its visitor sees it.</summary>
[Collection("chromium")]
public sealed class InsightPageTests(Chromium chromium)
{
    [Fact]
    public async Task Optimizers_race_and_the_winner_is_used()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=circle&seed=3");
        await page.Page.SelectOptionAsync("#race-epochs", "100");
        await page.Button("Start the race").ClickAsync();
        await Expect(page.Page.Locator("#race-words")).ToContainTextAsync(new Regex(@"It is over after 100 epochs: .+ wins with a test loss of [\d.]+, ahead of .+ and .+"), new() { Timeout = 30_000 });
        await Expect(page.Page.Locator("#race-table tr")).ToHaveCountAsync(4);
        await Expect(page.Page.Locator("#race-table tr.first")).ToHaveCountAsync(1);
        string winner = await page.Page.Locator("#race-table tr.first th").InnerTextAsync();
        await Expect(page.Page.Locator("#race-words")).ToContainTextAsync($"{winner} wins");
        await Expect(page.Page.Locator("#insight-announcer")).ToContainTextAsync("wins");
        await TakePictureAsync(page, "race");

        await page.Page.Locator("#race-table tr").Filter(new() { HasText = "Adam" }).GetByRole(AriaRole.Button).ClickAsync();
        await page.Page.WaitForFunctionAsync("() => location.hash.includes('optimizer=adam')");
        await Expect(page.Page.Locator("#race-table tr")).ToHaveCountAsync(4); // the race stays
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task One_that_diverges_says_so_and_too_many_are_refused()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#problem=regression&activation=linear&networkShape=8,8&xSquared=true&ySquared=true");
        await page.Page.SelectOptionAsync("#race-field", "learningRate");
        ILocator choices = page.Page.Locator("[data-race-field=learningRate]");
        foreach (ILocator box in await choices.GetByRole(AriaRole.Checkbox).AllAsync()) await box.CheckAsync();
        await page.Button("Start the race").ClickAsync();
        await Expect(page.Page.Locator("#race-problem")).ToHaveTextAsync("11 were named; 1 to 8 can race.");
        foreach (ILocator box in await choices.GetByRole(AriaRole.Checkbox).AllAsync()) await box.UncheckAsync();
        await choices.GetByLabel("10", new() { Exact = true }).CheckAsync();
        await choices.GetByLabel("0.0001", new() { Exact = true }).CheckAsync();
        await page.Page.SelectOptionAsync("#race-epochs", "100");
        await page.Button("Start the race").ClickAsync();
        await Expect(page.Page.Locator("#race-words")).ToContainTextAsync(new Regex(@"10 at step \d+ diverged"));
        await Expect(page.Page.Locator("#race-problem")).ToHaveTextAsync("");
        Assert.Empty(page.Errors);
    }

    private static async Task TakePictureAsync(PlaygroundPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is not { } album) return;
        await page.Page.Locator(".insight").ScreenshotAsync(new() { Path = Path.Combine(album, $"insight-{name}.png") });
    }
}
