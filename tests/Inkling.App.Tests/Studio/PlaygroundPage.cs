using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The playground in a browser, with a program of its own behind it.</summary>
internal sealed class PlaygroundPage : IAsyncDisposable
{
    private readonly StudioHost _studio;

    private PlaygroundPage(StudioHost studio, IPage page)
    {
        (_studio, Page) = (studio, page);
        page.PageError += (_, error) => Errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Errors.Add(message.Text);
        };
    }

    public IPage Page { get; }

    public List<string> Errors { get; } = [];

    public ILocator Epoch => Page.Locator("#epoch");

    public ILocator Note => Page.Locator("#note");

    public static async Task<PlaygroundPage> OpenAsync(Chromium chromium, string address = "", BrowserNewContextOptions? options = null)
    {
        StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion());
        try
        {
            PlaygroundPage playground = new(studio, await chromium.NewPageAsync(studio.Address, options));
            await playground.Page.GotoAsync("/playground" + address);
            await playground.ReadyAsync();
            return playground;
        }
        catch
        {
            await studio.DisposeAsync();
            throw;
        }
    }

    public async Task ReadyAsync()
    {
        await Page.Locator(".playground[data-ready=true]").WaitForAsync();
        await Expect(Page.Locator("#test-loss")).Not.ToHaveTextAsync("–");
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The address after <c>#</c> as names and values.</summary>
    public async Task<Dictionary<string, string>> AddressAsync() => (await Page.EvaluateAsync<string>("() => location.hash.slice(1)")).Split('&')
        .Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);

    public async Task<double> TestLossAsync() => double.Parse(await Page.Locator("#test-loss").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Keeps a picture of the page where <c>INKLING_PICTURES</c> says.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is { } album) await Page.ScreenshotAsync(new() { Path = Path.Combine(album, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        await _studio.DisposeAsync();
    }
}
