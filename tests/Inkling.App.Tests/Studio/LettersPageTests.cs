using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The page of letters, as its visitor sees it.</summary>
[Collection("chromium")]
public sealed class LettersPageTests(Chromium chromium)
{
    [Fact]
    public async Task A_story_is_learnt_while_one_looks()
    {
        await using LettersPage page = await LettersPage.OpenAsync(chromium, "#units=32&length=16");
        string before = await page.Page.Locator("#sample").InnerTextAsync();
        await page.Button("Play").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => Number(document.getElementById('loss').textContent) < 2.3", null, new() { Timeout = 60_000 });
        await page.Button("Pause").ClickAsync();
        await Expect(page.Button("Play")).ToBeVisibleAsync();
        string epoch = await page.Page.Locator("#epoch").InnerTextAsync();
        Assert.NotEqual("0.0", epoch);
        await page.Page.WaitForTimeoutAsync(200);
        Assert.Equal(epoch, await page.Page.Locator("#epoch").InnerTextAsync()); // paused is paused
        Assert.NotEqual(before, await page.Page.Locator("#sample").InnerTextAsync());
        await Expect(page.Page.Locator("#announcer")).ToContainTextAsync("Paused, epoch");
        await Expect(page.Page.Locator(".meanings button").First).ToBeVisibleAsync();
        await page.Page.Locator(".meanings button").First.ClickAsync();
        await Expect(page.Page.Locator(".meanings button").First).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.Contains("unit=", await page.HashAsync(), StringComparison.Ordinal);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Every_letter_has_the_colour_of_the_unit_and_its_gates_are_told()
    {
        await using LettersPage page = await LettersPage.OpenAsync(chromium, "#units=8&read=The%20lamp");
        await Expect(page.Page.Locator("#read span")).ToHaveCountAsync(8);
        string[] colours = await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#read span')].map(span => getComputedStyle(span).backgroundColor)");
        Assert.True(colours.Distinct().Count() > 1, string.Join(' ', colours));
        Assert.Equal(["hidden state", "cell", "input gate", "forget gate", "candidate", "output gate"], await page.Page.Locator(".strip > span").AllInnerTextsAsync());
        Assert.Equal(8, await page.Page.Locator("#next li").CountAsync());
        string first = await page.Place.InnerTextAsync();
        Assert.StartsWith("“T”, 1 of 8: unit 1: hidden state ", first, StringComparison.Ordinal);
        await page.Page.Locator("#read span").Nth(5).ClickAsync();
        await Expect(page.Place).ToContainTextAsync("“a”, 6 of 8");
        await page.Page.SelectOptionAsync("#cell", "gru");
        await Expect(page.Page.Locator(".strip > span")).ToHaveTextAsync(["hidden state", "reset gate", "update gate", "candidate"]);
        await page.Page.SelectOptionAsync("#cell", "rnn");
        await Expect(page.Page.Locator(".strip > span")).ToHaveTextAsync(["hidden state"]);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task It_works_by_keyboard_alone()
    {
        await using LettersPage page = await LettersPage.OpenAsync(chromium, "#units=8");
        await page.Page.Keyboard.PressAsync("s");
        await Expect(page.Page.Locator("#loss")).Not.ToHaveTextAsync("–");
        await page.Page.Keyboard.PressAsync("r");
        await Expect(page.Page.Locator("#loss")).ToHaveTextAsync("–");
        await page.Page.Locator("#read").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Place).ToContainTextAsync("3 of 600");
        await page.Page.Keyboard.PressAsync("End");
        await Expect(page.Place).ToContainTextAsync("600 of 600");
        await page.Page.Locator("#unit-slider").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Place).ToContainTextAsync("unit 2:");
        await page.Page.Locator("#unit").FillAsync("7");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Place).ToContainTextAsync("unit 7:");
        await page.Page.Locator("#play").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Pause")).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Play")).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Every_control_is_in_the_address_and_comes_back()
    {
        await using LettersPage page = await LettersPage.OpenAsync(chromium);
        Assert.Equal("", await page.HashAsync());
        foreach ((string control, string value) in new[] { ("#cell", "gru"), ("#units", "16"), ("#layers", "2"), ("#rate", "0.003"), ("#length", "8"), ("#text", "lists") }) await page.Page.SelectOptionAsync(control, value);
        await page.Page.Locator("#temperature").FillAsync("0.4");
        await page.Page.SelectOptionAsync("#layer", "2");
        await page.Page.Locator("#unit").FillAsync("9");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Locator("summary").ClickAsync();
        await page.Page.Locator("#reading").FillAsync("3 eggs & (2 figs)");
        const string Expected = "#text=lists&cell=gru&units=16&layers=2&rate=0.003&length=8&read=3%20eggs%20%26%20%282%20figs%29&layer=2&unit=9&temperature=0.4";
        await page.Page.WaitForFunctionAsync("expected => location.hash === expected", Expected);
        await page.Page.ReloadAsync();
        await page.ReadyAsync();
        Assert.Equal(Expected, await page.HashAsync());
        await Expect(page.Place).ToContainTextAsync("unit 9 of layer 2");
        Assert.Equal(("16", "0.003", "3 eggs & (2 figs)"), (await page.Page.Locator("#units").InputValueAsync(), await page.Page.Locator("#rate").InputValueAsync(), await page.Page.Locator("#reading").InputValueAsync()));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_text_of_ones_own_is_learnt_and_one_that_is_too_short_or_too_long_is_told()
    {
        await using LettersPage page = await LettersPage.OpenAsync(chromium, "#units=8");
        await page.Page.SelectOptionAsync("#text", "own");
        await Expect(page.Note).ToContainTextAsync("Paste a text of 10 characters at least");
        await Expect(page.Page.Locator("#play")).ToBeDisabledAsync();
        await page.Page.Locator("#own").FillAsync("Rain on the roof, rain on the road. 漢字 🙂");
        await page.Button("Learn this text").ClickAsync();
        await Expect(page.Page.Locator("#about")).ToContainTextAsync("characters to learn from");
        await Expect(page.Note).ToBeHiddenAsync();
        Assert.Contains("own=Rain%20on", await page.HashAsync(), StringComparison.Ordinal);
        await page.Button("Step").ClickAsync();
        await Expect(page.Page.Locator("#loss")).Not.ToHaveTextAsync("–");

        // A long one is kept out of the address.
        await page.Page.EvaluateAsync("() => { document.getElementById('own').value = 'word after word, '.repeat(20000); document.getElementById('learn').click(); }");
        await Expect(page.Page.Locator("#about")).ToContainTextAsync("198,000 characters to learn from");
        Assert.Equal("#text=own&units=8", await page.HashAsync());
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_shipped_model_is_looked_at_token_by_token()
    {
        await using LettersPage page = await LettersPage.OpenAsync(chromium);
        await page.Page.SelectOptionAsync("#model", "Shipped with Inkling");
        await Expect(page.Page.Locator("#about")).ToContainTextAsync("it is looked at, and does not learn here");
        await page.Page.Locator("summary").ClickAsync();
        await page.Page.Locator("#reading").FillAsync("Thank you very much for your");
        await Expect(page.Page.Locator("#read")).ToHaveTextAsync("⟦s⟧⟦body⟧Thank you very much for your");
        await page.Page.Locator("#read").FocusAsync();
        await page.Page.Keyboard.PressAsync("End");
        await Expect(page.Place).ToContainTextAsync("Expected next:  help");
        await Expect(page.Page.Locator("#play")).ToBeDisabledAsync();
        await Expect(page.Page.Locator("#cell")).ToBeDisabledAsync();
        Assert.Contains("model=Shipped%20with%20Inkling", await page.HashAsync(), StringComparison.Ordinal);
        await page.Page.SelectOptionAsync("#model", "");
        await Expect(page.Page.Locator("#play")).ToBeEnabledAsync();
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData("#units=99999&cell=%3Cscript%3E", "units cannot be '99999'")]
    [InlineData("#model=nothing", "There is no model called “nothing” any more")]
    [InlineData("#text=own&own=short", "Paste a text of 10 characters at least")]
    public async Task What_cannot_be_is_said_and_the_page_works(string address, string says)
    {
        await using LettersPage page = await LettersPage.OpenAsync(chromium, address);
        await Expect(page.Note).ToContainTextAsync(says);
        await page.Page.SelectOptionAsync("#text", "lists");
        await page.Button("Step").ClickAsync();
        await Expect(page.Page.Locator("#loss")).Not.ToHaveTextAsync("–");
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task It_fits_the_screen_and_nothing_jumps(ColorScheme scheme, int width)
    {
        await using LettersPage page = await LettersPage.OpenAsync(chromium, "#units=32&length=16&rate=0.02", new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 } });
        Assert.InRange(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
        await Expect(page.Page.Locator("#read span").First).ToBeAttachedAsync();
        const string Places = "() => JSON.stringify(['read', 'strips', 'next', 'units-map', 'curve', 'sample'].map(id => document.getElementById(id).getBoundingClientRect().top + scrollY))";
        string before = await page.Page.EvaluateAsync<string>(Places);
        await page.Button("Play").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => Number(document.getElementById('loss').textContent) < 2.2", null, new() { Timeout = 60_000 });
        await page.Button("Pause").ClickAsync();
        await Expect(page.Button("Play")).ToBeVisibleAsync();
        if (width > 1000) Assert.Equal(before, await page.Page.EvaluateAsync<string>(Places));
        if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is { } album) await page.Page.ScreenshotAsync(new() { Path = Path.Combine(album, $"letters-{width}-{scheme}.png"), FullPage = true });
    }
}
