using Microsoft.Playwright;

namespace Inkling.App.Tests.Studio;

/// <summary>A page in a browser, as its user sees it, with a program of its own behind it; what its scripts complain of is kept.</summary>
internal abstract class BrowserPage : IAsyncDisposable
{
    protected BrowserPage(StudioHost studio, IPage page)
    {
        (Studio, Page) = (studio, page);
        page.PageError += (_, error) => Errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Errors.Add(message.Text);
        };
    }

    public StudioHost Studio { get; }

    public IPage Page { get; }

    /// <summary>What the page complained of: script errors, blocked content.</summary>
    public List<string> Errors { get; } = [];

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public virtual async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        await Studio.DisposeAsync();
    }

    /// <summary>Opens a window on a program, which ends with the page, or at once where the page does not open.</summary>
    protected static async Task<TPage> OpenAsync<TPage>(Chromium chromium, StudioHost studio, BrowserNewContextOptions? options, Func<IPage, TPage> make, Func<TPage, Task> load)
        where TPage : BrowserPage
    {
        try
        {
            TPage page = make(await chromium.NewPageAsync(studio.Address, options));
            await load(page);
            return page;
        }
        catch
        {
            await studio.DisposeAsync();
            throw;
        }
    }
}
