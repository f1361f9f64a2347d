using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The points of the playground, as its visitor sees them.</summary>
[Collection("chromium")]
public sealed class PlaygroundDataTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Each_class_has_an_output_and_a_colour(ColorScheme scheme, int width)
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=blobs&classes=4&networkShape=6&optimizer=adam&learningRate=0.03", new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        for (int i = 0; i < 30; i++) await page.Page.Keyboard.PressAsync("s");
        await Expect(page.Epoch).ToHaveTextAsync("30");
        await Expect(page.Page.Locator("#test-accuracy")).ToHaveTextAsync("100.0 %");
        Assert.Equal(["class 1", "class 2", "class 3", "class 4"], await page.Page.Locator("#classes-legend li").AllInnerTextsAsync());
        Assert.Equal(4, await page.Page.Locator(".node--class").CountAsync());
        Assert.Equal((2 * 6) + (6 * 4), await page.Page.Locator(".edges path").CountAsync());
        await Expect(page.Page.Locator("#loss")).ToBeDisabledAsync();

        // The borders of the map beyond the four clouds have the four colours of the legend.
        bool right = await page.Page.EvaluateAsync<bool>("""
            () => [[300, 20], [580, 300], [300, 580], [20, 300]].every(([x, y], index) => {
              const dot = document.getElementById('map').getContext('2d').getImageData(x, y, 1, 1).data;
              const colour = getComputedStyle(document.querySelectorAll('.swatch')[index]).backgroundColor.match(/\d+/g).map(Number);
              return colour.every((value, c) => Math.abs(value - dot[c]) < 25);
            })
            """);
        Assert.True(right);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "The output of class 3" }).ClickAsync();
        await Expect(page.Page.Locator("#output-title")).ToHaveTextAsync("The output of class 3");
        await Expect(page.Page.Locator("#neuron-title")).ToHaveTextAsync("The output of class 3");
        Assert.Empty(page.Errors);
        await page.PictureAsync($"playground-classes-{scheme}");
        if (width < 500) Assert.Equal(width, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }
}
