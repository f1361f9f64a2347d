using Inkling.App.Completing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The page of letters in a browser, with a program of its own behind it.</summary>
internal sealed class LettersPage : IAsyncDisposable
{
    private readonly StudioHost _studio;

    private LettersPage(StudioHost studio, IPage page)
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

    public ILocator Place => Page.Locator("#place");

    public ILocator Note => Page.Locator("#note");

    public static async Task<LettersPage> OpenAsync(Chromium chromium, string address = "", BrowserNewContextOptions? options = null)
    {
        StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion());
        try
        {
            LettersPage letters = new(studio, await chromium.NewPageAsync(studio.Address, options));
            await letters.Page.GotoAsync("/playground/letters" + address);
            await letters.ReadyAsync();
            return letters;
        }
        catch
        {
            await studio.DisposeAsync();
            throw;
        }
    }

    public Task ReadyAsync() => Page.Locator(".letters[data-ready=true]").WaitForAsync();

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task<string> HashAsync() => Page.EvaluateAsync<string>("() => location.hash");

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        await _studio.DisposeAsync();
    }
}
