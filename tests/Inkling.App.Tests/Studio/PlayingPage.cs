using Microsoft.Playwright;

namespace Inkling.App.Tests.Studio;

/// <summary>A page of the playground in a browser, with a program of its own behind it; what its scripts complain of is kept.</summary>
internal abstract class PlayingPage : IAsyncDisposable
{
    private readonly StudioHost _studio;

    protected PlayingPage(StudioHost studio, IPage page)
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

    public ILocator Note => Page.Locator("#note");

    /// <summary>Waits until the page shows a run.</summary>
    public abstract Task ReadyAsync();

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        await _studio.DisposeAsync();
    }

    /// <summary>Opens a page and waits until it is ready.</summary>
    protected static async Task<TPage> OpenAsync<TPage>(Chromium chromium, string address, BrowserNewContextOptions? options, Func<StudioHost, IPage, TPage> make)
        where TPage : PlayingPage
    {
        StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion());
        try
        {
            TPage page = make(studio, await chromium.NewPageAsync(studio.Address, options));
            await page.Page.GotoAsync(address);
            await page.ReadyAsync();
            return page;
        }
        catch
        {
            await studio.DisposeAsync();
            throw;
        }
    }
}
