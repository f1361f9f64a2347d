using Microsoft.Playwright;

namespace Inkling.App.Tests.Studio;

/// <summary>The page of letters.</summary>
internal sealed class LettersPage : PlayingPage
{
    private LettersPage(StudioHost studio, IPage page)
        : base(studio, page)
    {
    }

    public ILocator Place => Page.Locator("#place");

    public static Task<LettersPage> OpenAsync(Chromium chromium, string address = "", BrowserNewContextOptions? options = null) =>
        OpenAsync(chromium, "/playground/letters" + address, options, (studio, page) => new LettersPage(studio, page));

    public override Task ReadyAsync() => Page.Locator(".letters[data-ready=true]").WaitForAsync();

    public Task<string> HashAsync() => Page.EvaluateAsync<string>("() => location.hash");
}
