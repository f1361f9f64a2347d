using Inkling.Playground;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The lessons, as their reader sees them.</summary>
[Collection("chromium")]
public sealed class LessonPageTests(Chromium chromium)
{
    [Fact]
    public async Task A_lesson_is_opened_tried_and_followed_by_the_next_with_the_keyboard_alone()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium);
        await page.Page.GotoAsync("/lessons");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Why XOR needs a layer" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ReadyAsync();
        await Expect(page.Page).ToHaveTitleAsync("Why XOR needs a layer · Playground · Inkling");
        await Expect(page.Page.GetByRole(AriaRole.Complementary, new() { Name = "Why XOR needs a layer" })).ToContainTextAsync("A hidden layer draws several lines");
        await Expect(page.Page.Locator(".lesson-tries [aria-current]")).ToHaveTextAsync("One neuron");
        Assert.Equal(("xor", "", "0.1"), await SetupAsync(page));

        // What to try changes the network; the lesson stays.
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "A hidden layer of four" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#layers")).ToHaveTextAsync("1 hidden layer");
        await Expect(page.Page.Locator(".lesson-tries [aria-current]")).ToHaveTextAsync("A hidden layer of four");
        Assert.Equal("?lesson=xor", await page.Page.EvaluateAsync<string>("() => location.search"));
        await page.Page.Keyboard.PressAsync("s");
        await Expect(page.Epoch).ToHaveTextAsync("1");

        // It is still there when the page is loaded again, and the next one is a link away.
        await page.Page.ReloadAsync();
        await page.ReadyAsync();
        Assert.Equal(("xor", "4", "0.1"), await SetupAsync(page));
        await page.Page.Locator("a[rel=next]").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#lesson-title")).ToHaveTextAsync("Activations and saturation");
        await page.ReadyAsync();
        await page.Page.Locator("#lesson-close").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#lesson")).ToHaveCountAsync(0);
        Assert.Equal("", await page.Page.EvaluateAsync<string>("() => location.search"));
        await Expect(page.Page.Locator("#play")).ToBeFocusedAsync();
        await page.Page.SelectOptionAsync("#activation", "relu");
        await page.Page.WaitForFunctionAsync("() => location.hash.includes('activation=relu') && location.search === ''");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_link_with_the_name_alone_opens_the_set_up_and_one_without_a_lesson_opens_the_playground()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "?lesson=overfitting");
        Assert.Equal(LessonCatalogue.Find("overfitting")!.Setup, SetupText.Parse(await page.Page.EvaluateAsync<string>("() => location.hash")).Setup);
        await page.Page.GotoAsync("/playground?lesson=%3Cscript%3E");
        await page.ReadyAsync();
        await Expect(page.Page.Locator("#lesson")).ToHaveCountAsync(0);
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task They_fit_the_screen(ColorScheme scheme, int width)
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, LessonCatalogue.Find("optimizers")!.Link["playground".Length..], new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 } });
        Assert.InRange(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
        await ShotAsync("lesson");
        await page.Page.GotoAsync("/lessons");
        Assert.InRange(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
        await ShotAsync("lessons");

        async Task ShotAsync(string name)
        {
            if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is { } album) await page.Page.ScreenshotAsync(new() { Path = Path.Combine(album, $"{name}-{width}-{scheme}.png"), FullPage = true });
        }
    }

    private static async Task<(string, string, string)> SetupAsync(PlaygroundPage page)
    {
        Dictionary<string, string> address = await page.AddressAsync();
        return (address["dataset"], address["networkShape"], address["learningRate"]);
    }
}
