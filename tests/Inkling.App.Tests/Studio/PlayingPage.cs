using Microsoft.Playwright;

namespace Inkling.App.Tests.Studio;

/// <summary>A page of the playground.</summary>
internal abstract class PlayingPage(StudioHost studio, IPage page) : BrowserPage(studio, page)
{
    public ILocator Note => Page.Locator("#note");

    /// <summary>Waits until the page shows a run.</summary>
    public abstract Task ReadyAsync();

    /// <summary>Opens a page and waits until it is ready.</summary>
    protected static async Task<TPage> OpenAsync<TPage>(Chromium chromium, string address, BrowserNewContextOptions? options, Func<StudioHost, IPage, TPage> make)
        where TPage : PlayingPage
    {
        StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion());
        return await OpenAsync(chromium, studio, options, page => make(studio, page), async page =>
        {
            await page.Page.GotoAsync(address);
            await page.ReadyAsync();
        });
    }
}
