using Inkling.App.Studio.Learning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>Learning from mail, from the mailbox to the model in use.</summary>
[Collection("chromium")]
public sealed class LearnPageTests(Chromium chromium)
{
    [Fact]
    public async Task From_a_mailbox_to_a_model_in_use()
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium);
        MadeUpMail.Write(page.Home, 60);
        await page.ReadAsync("~/sent.jsonl");
        await Expect(page.Page.Locator(".tiles").First).ToContainTextAsync("of 62 looked at");
        await Expect(page.Page.GetByText("lines that are not JSON with a text")).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".samples li")).ToHaveCountAsync(6);
        await Expect(page.Page.GetByText("the newest 6 are kept to score on")).ToBeVisibleAsync();

        await page.Button("Learn").ClickAsync();
        page.Learning.Allow(20);
        await Expect(page.Page.GetByText("of 2,000")).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".tiles--small")).ToContainTextAsync("1,000");
        await Expect(page.Page.Locator(".line--training")).ToHaveAttributeAsync("points", new System.Text.RegularExpressions.Regex(@"\d+.*,.*\s"));
        await Expect(page.Page.Locator("svg[role=img]")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("Best validation loss"));

        await page.Button("Pause").ClickAsync();
        await Expect(page.Page.GetByText("Paused")).ToBeVisibleAsync();
        // One step may have been past the gate already.
        page.Learning.Allow(20);
        await page.Page.WaitForTimeoutAsync(700);
        await Expect(page.Page.Locator(".tiles--small")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("1,0[05]0"));
        await page.Button("Resume").ClickAsync();

        await Expect(page.Page.GetByText("It completes your mail better than before.")).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".scores tbody tr").First).ToContainTextAsync("+4.3");
        await page.Page.GetByLabel("Name").FillAsync("Maria");
        await page.Button("Keep it").ClickAsync();
        await Expect(page.Page.GetByText("“Maria” is on the shelf below and completes your mail from now on.")).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".models tr.active")).ToContainTextAsync("Maria");
        Assert.Equal(Path.Combine(page.Studio.Data.Models, "Maria"), Assert.Single(page.Completion.Used));
        Assert.True(File.Exists(Path.Combine(page.Studio.Data.Models, "Maria", "config.json")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(page.Studio.Data.Root, "learning"), "*.jsonl", SearchOption.AllDirectories));

        await page.Page.GotoAsync("/");
        await Expect(page.Page.Locator(".model")).ToContainTextAsync("Maria");
    }

    [Fact]
    public async Task The_values_of_a_study_are_learnt_with()
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium);
        await page.Page.GotoAsync("/learn?values=" + Uri.EscapeDataString("dropout=0.2 lanes=16 learningRate=0.004"));
        await Expect(page.Page.GetByText("dropout=0.2 lanes=16 learningRate=0.004")).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".learn")).ToHaveAttributeAsync("data-ready", "true");
        await page.ReadAsync(MadeUpMail.Write(page.Home, 60));
        await page.Button("Learn").ClickAsync();
        page.Learning.Allow(10);
        await Expect(page.Page.Locator(".tiles--small")).ToContainTextAsync("500");
        Assert.Equal("dropout=0.2 lanes=16 learningRate=0.004", page.Learning.Plan!.Values!.Text);

        await page.Page.GotoAsync("/learn?values=lanes%3Dmany");
        await Expect(page.Page.GetByText("lanes goes from 1 to 256, whole numbers")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Learning_goes_on_while_nobody_looks()
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium);
        await page.ReadAsync(MadeUpMail.Write(page.Home, 60));
        await page.Button("Learn").ClickAsync();
        page.Learning.Allow(10);
        await Expect(page.Page.Locator(".tiles--small")).ToContainTextAsync("500");
        await page.Page.GotoAsync("/");
        page.Learning.Allow(6);
        await page.LoadAsync();
        await Expect(page.Page.Locator(".tiles--small")).ToContainTextAsync("800");
        await page.Button("Stop and keep the best").ClickAsync();
        await Expect(page.Page.Locator("#verdict-title")).ToBeVisibleAsync();
        await page.Button("Discard").ClickAsync();
        await Expect(page.Page.Locator("#verdict-title")).ToBeHiddenAsync();
        await Expect(page.Page.Locator(".models tbody tr")).ToHaveCountAsync(1);
        Assert.False(Directory.Exists(page.Studio.Data.Models));
    }

    [Theory]
    [InlineData("~/no/such/mail", "There is no file or folder")]
    [InlineData("~", "No mail was found")]
    [InlineData("~/empty.jsonl", "No mail was found")]
    public async Task A_wrong_path_gets_one_clear_sentence(string path, string sentence)
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium);
        if (path.EndsWith("jsonl", StringComparison.Ordinal))
        {
            await File.WriteAllTextAsync(Path.Combine(page.Home, "empty.jsonl"), "");
        }

        await page.ReadAsync(path);
        await Expect(page.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync(sentence);
        await Expect(page.Button("Read the mail")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Too_little_mail_is_told_and_cannot_be_learnt_from()
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium);
        await page.ReadAsync(MadeUpMail.Write(page.Home, 8));
        await Expect(page.Page.GetByText("That is too little to learn from")).ToBeVisibleAsync();
        await Expect(page.Button("Learn")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Files_can_be_given_through_the_page()
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium);
        string file = MadeUpMail.Write(page.Home, 40);
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(file);
        await Expect(page.Page.Locator(".uploads li")).ToContainTextAsync("sent.jsonl");
        await page.Button("Read the mail").ClickAsync();
        await Expect(page.Page.Locator(".tiles").First).ToContainTextAsync("of 42 looked at");
        await page.Button("Forget it").ClickAsync();
        await Expect(page.Page.Locator(".uploads li")).ToHaveCountAsync(0);
        Assert.Empty(Directory.EnumerateFiles(page.Studio.Data.Root, "*.jsonl", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task The_folder_browser_leads_to_mail()
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium);
        string folder = Directory.CreateDirectory(Path.Combine(page.Home, "Archive", "2025")).FullName;
        string file = MadeUpMail.Write(folder, 30);
        await File.WriteAllTextAsync(Path.Combine(folder, "holiday.jpg"), "no mail");
        await page.Button("Browse").ClickAsync();
        await page.Button("Archive").ClickAsync();
        await page.Button("2025").ClickAsync();
        await Expect(page.Page.Locator(".entries li")).ToHaveCountAsync(1);
        await page.Page.Locator(".entries button").ClickAsync();
        await Expect(page.Page.Locator("#path")).ToHaveValueAsync(file);
    }

    [Fact]
    public async Task What_goes_wrong_is_told_and_can_be_tried_again()
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium);
        await page.ReadAsync(MadeUpMail.Write(page.Home, 60));
        page.Learning.Failure = new IOException("No space left on device.");
        page.Learning.Allow(5);
        await page.Button("Learn").ClickAsync();
        await Expect(page.Page.GetByText("Learning failed: No space left on device. Is the disk full?")).ToBeVisibleAsync();
        page.Learning.Failure = null;
        page.Learning.Allow(ScriptedLearning.Steps);
        await page.Button("Learn").ClickAsync();
        await Expect(page.Page.Locator("#verdict-title")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Models_are_chosen_and_deleted_with_a_question_first()
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium);
        foreach (string name in new[] { "one", "two" })
        {
            string folder = Directory.CreateDirectory(Path.Combine(page.Studio.Data.Models, name)).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "config.json"), "{}");
        }

        await page.LoadAsync();
        await Expect(page.Page.Locator(".models tr.active")).ToContainTextAsync("Shipped");
        ILocator row = page.Page.Locator(".models tbody tr").Filter(new() { Has = page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete one" }) });
        await row.GetByRole(AriaRole.Button, new() { Name = "Use" }).ClickAsync();
        await Expect(page.Page.Locator(".models tr.active")).ToContainTextAsync("one");
        // The row is marked when the model changes, the choice is stored right after.
        for (int i = 0; i < 50 && !File.Exists(page.Studio.Data.SettingsFile); i++)
        {
            await Task.Delay(100);
        }

        Assert.Equal("one", Inkling.App.Running.UserSettings.Load(page.Studio.Data).Model);

        await page.Button("Delete two").ClickAsync();
        await page.Button("No").ClickAsync();
        Assert.True(Directory.Exists(Path.Combine(page.Studio.Data.Models, "two")));
        await page.Button("Delete two").ClickAsync();
        await page.Button("Delete").ClickAsync();
        await Expect(page.Page.Locator(".models tbody tr")).ToHaveCountAsync(2);
        Assert.False(Directory.Exists(Path.Combine(page.Studio.Data.Models, "two")));
    }

    [Fact]
    public async Task A_second_page_cannot_begin_a_second_run()
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium);
        await page.ReadAsync(MadeUpMail.Write(page.Home, 60));
        await page.Button("Learn").ClickAsync();
        page.Learning.Allow(1);
        await Expect(page.Page.Locator(".tiles--small")).ToContainTextAsync("50");
        var service = page.Studio.Services.GetRequiredService<ILearningService>();
        Assert.Throws<InvalidOperationException>(() => service.Read(new MailChoice { Paths = [page.Home] }));
        Assert.Throws<InvalidOperationException>(() => service.Learn(new LearningPlan { From = "x" }));
        Assert.Throws<InvalidOperationException>(service.Forget);
        service.Stop();
    }
}
