using Inkling.App.Completing;
using Inkling.App.Studio.Learning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Inkling.App.Tests.Studio;

/// <summary>The page Learn from my mail in a browser, with scripted learning and a home folder of its own behind it.</summary>
internal sealed class LearnPage : BrowserPage
{
    private LearnPage(StudioHost studio, IPage page, ScriptedCompletion completion, ScriptedLearning learning, string home)
        : base(studio, page) => (Completion, Learning, Home) = (completion, learning, home);

    public ScriptedCompletion Completion { get; }

    public ScriptedLearning Learning { get; }

    /// <summary>What the page takes for the user's home folder.</summary>
    public string Home { get; }

    public static async Task<LearnPage> OpenAsync(Chromium chromium, BrowserNewContextOptions? options = null)
    {
        var completion = new ScriptedCompletion("Thank you for your help.");
        var learning = new ScriptedLearning();
        string home = Directory.CreateTempSubdirectory("inkling-home-").FullName;
        StudioHost studio = await StudioHost.StartAsync(completion, services =>
        {
            services.AddSingleton<ILearningSteps>(learning);
            services.AddSingleton(new MailPlaces(home));
            services.AddSingleton<IModelShelf>(all => new ModelShelf(
                all.GetRequiredService<Inkling.App.Running.DataFolder>(), all.GetRequiredService<ICompletionService>(), completion.Info.Folder));
        });
        return await OpenAsync(chromium, studio, options, page => new LearnPage(studio, page, completion, learning, home), page => page.LoadAsync());
    }

    public async Task LoadAsync()
    {
        await Page.GotoAsync("/learn");
        await Page.Locator(".learn[data-ready=true]").WaitForAsync();
    }

    /// <summary>Types a path and reads what is there.</summary>
    public async Task ReadAsync(string path)
    {
        await Page.Locator("#path").FillAsync(path);
        await Button("Read the mail").ClickAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }
}
