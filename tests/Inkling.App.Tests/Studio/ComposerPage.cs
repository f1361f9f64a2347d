using Inkling.App.Completing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The composer in a browser, as its user sees it, with a program of its own behind it.</summary>
internal sealed class ComposerPage : BrowserPage
{
    private readonly ICompletionService _completion;

    private ComposerPage(StudioHost studio, IPage page, ICompletionService completion)
        : base(studio, page)
    {
        _completion = completion;
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    /// <summary>The script, unless the page was opened on something else.</summary>
    public ScriptedCompletion Completion => (ScriptedCompletion)_completion;

    /// <summary>Every address the page asked for.</summary>
    public List<string> Requests { get; } = [];

    public ILocator Body => Page.Locator("#body");

    public ILocator Ghost => Page.Locator(".ghost");

    public static async Task<ComposerPage> OpenAsync(Chromium chromium, ICompletionService? completion = null, BrowserNewContextOptions? options = null)
    {
        completion ??= new ScriptedCompletion("Thank you for your help.", "Please let me know if you need anything else.");
        StudioHost studio = await StudioHost.StartAsync(completion);
        return await OpenAsync(chromium, studio, options, page => new ComposerPage(studio, page, completion), page => page.LoadAsync());
    }

    public async Task LoadAsync()
    {
        await Page.GotoAsync("/");
        await Page.Locator("#composer[data-ready=true]").WaitForAsync();
    }

    /// <summary>Types into the message, key by key.</summary>
    public async Task TypeAsync(string text)
    {
        await Body.FocusAsync();
        await Page.Keyboard.TypeAsync(text);
    }

    public Task PressAsync(string key) => Page.Keyboard.PressAsync(key);

    public Task SeesGhostAsync(string text) => Expect(Ghost).ToHaveTextAsync(text);

    public Task SeesNoGhostAsync() => Expect(Ghost).ToBeHiddenAsync();

    public Task SeesBodyAsync(string text) => Expect(Body).ToHaveValueAsync(text);

    public Task SeesWhyAsync(string reason) => Expect(Page.Locator("[data-part=why]")).ToHaveAttributeAsync("data-reason", reason);

    public Task SeesFocusOnAsync(string selector) => Expect(Page.Locator(selector)).ToBeFocusedAsync();
}
