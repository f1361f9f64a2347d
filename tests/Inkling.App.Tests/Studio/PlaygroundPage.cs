using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The playground.</summary>
internal sealed class PlaygroundPage : PlayingPage
{
    private PlaygroundPage(StudioHost studio, IPage page)
        : base(studio, page)
    {
    }

    public ILocator Epoch => Page.Locator("#epoch");

    public static Task<PlaygroundPage> OpenAsync(Chromium chromium, string address = "", BrowserNewContextOptions? options = null) =>
        OpenAsync(chromium, "/playground" + address, options, (studio, page) => new PlaygroundPage(studio, page));

    public override async Task ReadyAsync()
    {
        await Page.Locator(".playground[data-ready=true]").WaitForAsync();
        await Expect(Page.Locator("#test-loss")).Not.ToHaveTextAsync("–");
    }

    /// <summary>The address after <c>#</c> as names and values.</summary>
    public async Task<Dictionary<string, string>> AddressAsync() => (await Page.EvaluateAsync<string>("() => location.hash.slice(1)")).Split('&')
        .Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);

    public async Task<double> TestLossAsync() => double.Parse(await Page.Locator("#test-loss").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Keeps a picture of the page where <c>INKLING_PICTURES</c> says.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is { } album) await Page.ScreenshotAsync(new() { Path = Path.Combine(album, name + ".png"), FullPage = true });
    }
}
