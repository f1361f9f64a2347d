using System.Globalization;
using System.Text;
using Inkling.App.Studio.Learning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Inkling.App.Tests.Studio;

/// <summary>The page Search my mail in a browser, with the real search and a home folder of its own behind it.</summary>
internal sealed class SearchPage : BrowserPage
{
    private SearchPage(StudioHost studio, IPage page, string home)
        : base(studio, page) => Home = home;

    /// <summary>What the page takes for the user's home folder.</summary>
    public string Home { get; }

    public static async Task<SearchPage> OpenAsync(Chromium chromium, BrowserNewContextOptions? options = null)
    {
        string home = Directory.CreateTempSubdirectory("inkling-home-").FullName;
        StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion("Thank you for your help."), services => services.AddSingleton(new MailPlaces(home)));
        return await OpenAsync(chromium, studio, options, page => new SearchPage(studio, page, home), page => page.LoadAsync());
    }

    /// <summary>Writes a mailbox of a folder of received and one of sent mail.</summary>
    public void WriteMail()
    {
        Directory.CreateDirectory(Path.Combine(Home, "Mail"));
        File.WriteAllText(Path.Combine(Home, "Mail", "Inbox.mbox"), Mbox("Anton Keller <anton@print.example>",
            ("Brochure", "To have the brochures in time for the fair we need your final files by Tuesday noon. After that the machine is taken for two weeks."),
            ("The hedge", "Dear neighbours, your bushes have grown so tall that our terrace has no sun any more in the afternoon."),
            ("Laboratory", "Everything is fine except that your iron is rather low. Take the tablets for eight weeks.")));
        File.WriteAllText(Path.Combine(Home, "Mail", "Sent.mbox"), Mbox("me@home.example",
            ("Re: Brochure", "The blue on the title page came out far too dark. Could you please make it a bit lighter before you print all of them?"),
            ("Late delivery", "I am very sorry about the late delivery. The lorry broke down on the way and the pallets will reach you on Thursday morning.")));
    }

    public static string Mbox(string from, params (string Subject, string Text)[] mails)
    {
        StringBuilder text = new();
        foreach ((string subject, string body) in mails)
        {
            text.Append(CultureInfo.InvariantCulture, $"From x\nFrom: {from}\nTo: you@there.example\nSubject: {subject}\nDate: Tue, 18 Feb 2025 10:00:00 +0000\nMessage-ID: <{subject.Replace(' ', '-').Replace(':', '-')}@made.up>\n\n{body}\n\n");
        }

        return text.ToString();
    }

    public async Task LoadAsync()
    {
        await Page.GotoAsync("/search");
        await Page.Locator(".search[data-ready=true]").WaitForAsync();
    }

    /// <summary>Types a path and indexes what is there.</summary>
    public async Task IndexAsync(string path)
    {
        await Page.Locator("#path").FillAsync(path);
        await Button("Index the mail").ClickAsync();
    }

    public async Task AskAsync(string question)
    {
        await Page.Locator("#question").FillAsync(question);
        await Page.Keyboard.PressAsync("Enter");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }
}
