using Inkling.App.Studio.Searching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>Searching one's mail, from the mailbox to the thread, and what one wrote before in the composer.</summary>
[Collection("chromium")]
public sealed class SearchPageTests(Chromium chromium)
{
    [Fact]
    public async Task From_a_mailbox_to_a_thread()
    {
        await using SearchPage page = await SearchPage.OpenAsync(chromium);
        page.WriteMail();
        await Expect(page.Page.Locator("#question")).ToHaveCountAsync(0);
        await page.IndexAsync("~/Mail");
        await Expect(page.Page.Locator("#indexed")).ToContainTextAsync("5 mails");
        await page.AskAsync("when does the printer need our files");
        await Expect(page.Page.Locator(".hit").First).ToContainTextAsync("Anton Keller");
        await Expect(page.Page.Locator(".hit").First.Locator("mark").First).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "found" })).ToHaveCountAsync(1);

        await page.Page.Locator(".hit").First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Page.Locator(".thread-mail")).ToHaveCountAsync(2);
        await Expect(page.Page.Locator(".thread-mail").Filter(new() { HasText = "far too dark" })).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".thread-mail[aria-current=true]")).ToHaveCountAsync(1);

        await page.Page.Locator(".filters summary").ClickAsync();
        await page.Page.GetByLabel("Only what I wrote").CheckAsync();
        await page.AskAsync("when does the printer need our files");
        await Expect(page.Page.Locator(".hit").First).ToContainTextAsync("I wrote this");
        await Expect(page.Page.Locator(".hit").Filter(new() { HasText = "Anton Keller" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Wrong_paths_and_empty_questions_are_told()
    {
        await using SearchPage page = await SearchPage.OpenAsync(chromium);
        await page.IndexAsync("/no/such/mail");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("/no/such/mail");
        page.WriteMail();
        await page.IndexAsync("~/Mail");
        await Expect(page.Page.Locator("#indexed")).ToContainTextAsync("5 mails");
        await page.AskAsync("?!…");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no word");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).Not.ToContainTextAsync("Parameter");
    }

    [Fact]
    public async Task What_is_indexed_is_there_after_the_program_was_closed_and_new_mail_is_added()
    {
        await using SearchPage page = await SearchPage.OpenAsync(chromium);
        page.WriteMail();
        await page.IndexAsync("~/Mail");
        await Expect(page.Page.Locator("#indexed")).ToContainTextAsync("5 mails");
        SearchService service = page.Studio.Services.GetRequiredService<SearchService>();
        using SearchService again = new(page.Studio.Data);
        await again.StartAsync(TestContext.Current.CancellationToken);
        await again.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, again.State.Mails);
        Assert.Equal(service.State.Sources, again.State.Sources);

        File.AppendAllText(Path.Combine(page.Home, "Mail", "Inbox.mbox"), SearchPage.Mbox("Lee <lee@boats.example>", ("Your boat", "The mast of the dinghy is mended and it can go back into the water.")));
        await page.Button("Look for new mail").ClickAsync();
        await Expect(page.Page.Locator("#indexed")).ToContainTextAsync("6 mails");
        await page.AskAsync("is the sailing boat repaired");
        await Expect(page.Page.Locator(".hit").First).ToContainTextAsync("Your boat");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Indexing_is_held_goes_on_and_is_stopped()
    {
        await using SearchPage page = await SearchPage.OpenAsync(chromium);
        File.WriteAllText(Path.Combine(page.Home, "many.mbox"), Cli.MadeUpMail.Mbox(40_000, 1));
        SearchService service = page.Studio.Services.GetRequiredService<SearchService>();
        await page.IndexAsync("~/many.mbox");
        await page.Button("Pause").ClickAsync();
        await Expect(page.Button("Resume")).ToBeVisibleAsync();
        Assert.True(service.State is { Busy: true, Paused: true });
        await Expect(page.Page.Locator(".indexing [role=status]")).ToContainTextAsync("Paused");
        await page.Button("Resume").ClickAsync();
        await Expect(page.Button("Pause")).ToBeVisibleAsync();
        Assert.True(service.State is { Busy: true, Paused: false });
        await page.Button("Pause").ClickAsync();
        await Expect(page.Button("Resume")).ToBeVisibleAsync();
        await page.Button("Stop").ClickAsync();
        await Expect(page.Page.GetByText("Stopped; what was read is kept")).ToBeVisibleAsync();
        Assert.False(service.State.Busy);
        await page.Button("Remove " + Path.Combine(page.Home, "many.mbox")).ClickAsync();
        await Expect(page.Page.Locator(".sources")).ToHaveCountAsync(0);
        Assert.Empty(service.State.Sources);
    }

    [Fact]
    public async Task The_composer_offers_what_was_written_before_and_one_key_inserts_it()
    {
        await using SearchPage page = await SearchPage.OpenAsync(chromium);
        page.WriteMail();
        await page.IndexAsync("~/Mail");
        await Expect(page.Page.Locator("#indexed")).ToContainTextAsync("5 mails");
        await page.Page.GotoAsync("/");
        await page.Page.Locator("#composer[data-ready=true]").WaitForAsync();
        await Expect(page.Page.Locator(".before")).ToBeHiddenAsync();
        await page.Page.Locator("#subject").FillAsync("Your order is late");
        await page.Page.Locator("#body").FillAsync("Dear Sofia, I am sorry that the delivery is late.");
        await Expect(page.Page.Locator(".before")).ToContainTextAsync("late delivery");
        await Expect(page.Page.Locator(".before-source").First).ToContainTextAsync("Late delivery, 18 Feb 2025");
        string first = await page.Page.Locator(".before-text").First.InnerTextAsync(), source = await page.Page.Locator(".before-source").First.InnerTextAsync();
        await page.Page.Locator("#body").PressAsync("End");
        await page.Page.Locator("#body").PressAsync("Alt+1");
        await Expect(page.Page.Locator("#body")).ToHaveValueAsync($"Dear Sofia, I am sorry that the delivery is late. {first}");
        // What was put in goes on naming its mail until it is gone from the draft.
        await Expect(page.Page.Locator(".before-taken")).ToHaveTextAsync($"Put in from your mail “{source}”");
        await page.Page.Locator("#body").FillAsync("Good morning");
        await Expect(page.Page.Locator(".before-taken")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Nothing_sticks_out(ColorScheme scheme, int width)
    {
        await using SearchPage page = await SearchPage.OpenAsync(chromium, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        await PictureAsync(page.Page, $"search-{width}-{scheme}-1-empty");
        page.WriteMail();
        await page.IndexAsync("~/Mail");
        await Expect(page.Page.Locator("#indexed")).ToContainTextAsync("5 mails");
        await page.AskAsync("when does the printer need our files");
        await page.Page.Locator(".hit").First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Page.Locator(".thread-mail")).ToHaveCountAsync(2);
        await page.Page.Locator(".filters summary").ClickAsync();
        await PictureAsync(page.Page, $"search-{width}-{scheme}-2-hits");
        Assert.InRange(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);

        await page.Page.GotoAsync("/");
        await page.Page.Locator("#composer[data-ready=true]").WaitForAsync();
        await page.Page.Locator("#body").FillAsync("Dear Sofia, I am sorry that the delivery is late.");
        await Expect(page.Page.Locator(".before")).ToBeVisibleAsync();
        await PictureAsync(page.Page, $"search-{width}-{scheme}-3-composer");
        await page.Page.Locator("#body").PressAsync("End");
        await page.Page.Locator("#body").PressAsync("Alt+1");
        await Expect(page.Page.Locator(".before-taken")).ToBeVisibleAsync();
        await PictureAsync(page.Page, $"search-{width}-{scheme}-4-taken");
        Assert.InRange(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is { Length: > 0 } album) await page.ScreenshotAsync(new() { Path = Path.Combine(album, name + ".png"), FullPage = true });
    }
}
