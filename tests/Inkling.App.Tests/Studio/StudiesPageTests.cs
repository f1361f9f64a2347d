using Inkling.App.Tuning;
using Inkling.Tuning;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

[Collection("chromium")]
public sealed class StudiesPageTests(Chromium chromium)
{
    private static readonly string[] Plots = ["history", "parallel", "slice", "importance", "contour", "intermediate", "edf", "timeline"];

    [Fact]
    public async Task Without_studies_the_page_says_how_to_begin_one_and_leaves_no_file()
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        await page.Page.GotoAsync("/");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Studies" }).ClickAsync();
        await Expect(page.Page.Locator("h1")).ToHaveTextAsync("Studies");
        await Expect(page.Page.Locator(".command code")).ToContainTextAsync("inkling tune");
        await page.Page.Locator(".studies[data-ready=true]").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        Assert.StartsWith("inkling tune --task", await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_is_shown_in_every_plot_with_words_and_a_table()
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        using Study study = page.Make("little", 40);
        await page.LoadAsync("/studies");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "little" }).ClickAsync();

        await Expect(page.Page.Locator("h1")).ToHaveTextAsync("little");
        await Expect(page.Page.Locator("#best-title")).ToContainTextAsync($"in trial {study.Best!.Number}");
        await Expect(page.Page.Locator("[data-plot]")).ToHaveCountAsync(Plots.Length);
        foreach (string plot in Plots)
        {
            ILocator card = page.Page.Locator($"[data-plot={plot}]");
            await Expect(card.Locator("svg[role=img]")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("..."));
            await Expect(card.Locator(".words")).Not.ToBeEmptyAsync();
            Assert.True(await card.Locator("tbody tr").CountAsync() > 0, $"{plot} has no table");
            Assert.True(await card.Locator("svg line, svg polyline, svg circle, svg rect").CountAsync() > 2, $"{plot} draws nothing");
        }

        int dots = study.Trials.Count(trial => trial.State == TrialState.Complete);
        await Expect(page.Page.Locator("[data-plot=history] .dot")).ToHaveCountAsync(dots);
        await Expect(page.Page.Locator("[data-plot=intermediate] .line-pruned")).ToHaveCountAsync(study.Trials.Count(trial => trial.State == TrialState.Pruned));
    }

    [Fact]
    public async Task What_another_process_adds_is_seen_without_loading_again()
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        using Study study = page.Make("live", 10);
        await page.LoadAsync($"/studies/{study.Record.Id}");
        await Expect(page.Page.Locator(".tile strong").First).ToHaveTextAsync("10");
        study.Optimize(StudiesPage.Objective, 5);
        await Expect(page.Page.Locator(".tile strong").First).ToHaveTextAsync("15");
    }

    [Fact]
    public async Task Every_plot_is_a_file_of_its_own_as_a_drawing_and_as_a_bitmap()
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        using Study study = page.Make("files", 30);
        await page.LoadAsync($"/studies/{study.Record.Id}");
        foreach (string plot in Plots)
        {
            ILocator card = page.Page.Locator($"[data-plot={plot}]");
            IDownload drawing = await page.Page.RunAndWaitForDownloadAsync(() => card.Locator("a[download]").ClickAsync());
            Assert.Equal($"files-{plot}.svg", drawing.SuggestedFilename);
            string svg = await File.ReadAllTextAsync((await drawing.PathAsync())!);
            Assert.StartsWith("<svg xmlns", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("class=", svg, StringComparison.Ordinal);
            System.Xml.Linq.XDocument.Parse(svg);

            IDownload bitmap = await page.Page.RunAndWaitForDownloadAsync(() => card.Locator("[data-png]").ClickAsync());
            Assert.Equal($"files-{plot}.png", bitmap.SuggestedFilename);
            byte[] png = await File.ReadAllBytesAsync((await bitmap.PathAsync())!);
            Assert.Equal("PNG", System.Text.Encoding.ASCII.GetString(png, 1, 3));
            Assert.True(png.Length > 5000, $"{plot}.png is empty");
        }
    }

    [Fact]
    public async Task Two_studies_are_compared_and_the_contour_follows_its_parameters()
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        using Study first = page.Make("first", 20), second = page.Make("second", 25, seed: 2);
        await page.LoadAsync($"/studies/{first.Record.Id}");
        await page.Page.SelectOptionAsync("#with", new SelectOptionValue { Label = "second" });
        await Expect(page.Page.Locator(".legend")).ToContainTextAsync("second: best");
        await Expect(page.Page.Locator("[data-plot=history] .line-other")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator("[data-plot=edf] .line-other")).ToHaveCountAsync(1);

        await page.Page.SelectOptionAsync("#across", "optimizer");
        await Expect(page.Page.Locator("[data-plot=contour] .words")).ToContainTextAsync("optimizer to the right");
        await page.Page.SelectOptionAsync("#upwards", "optimizer");
        await Expect(page.Page.Locator("[data-plot=contour] .words")).ToContainTextAsync("optimizer upwards");
    }

    [Fact]
    public async Task The_best_values_are_copied_and_put_into_the_command()
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        using Study study = page.Make("copied", 15);
        await page.LoadAsync($"/studies/{study.Record.Id}");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy the command with them" }).ClickAsync();
        Assert.Equal($"train.sh --lr {study.Best!.Parameters["lr"].Text} --layers {study.Best.Parameters["layers"].Text}", await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Values_of_a_playground_network_open_it_there_and_two_objectives_show_their_front()
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        var plan = new StudyPlan { Task = "playground-size", Sampler = "random", Pruner = "none", Trials = 5 };
        StudyRecord record = page.Storage.CreateStudy(new StudySpecification("size", [Direction.Minimize, Direction.Minimize], 1) { Attributes = plan.ToAttributes() });
        using (Study study = Study.Open(page.Storage, "size"))
        {
            ITuneObjective objective = plan.Prepare(1, 1);
            await study.OptimizeAsync(objective.RunAsync, 5);
        }

        await page.LoadAsync($"/studies/{record.Id}");
        await Expect(page.Page.Locator("[data-plot=pareto] .dot-best")).Not.ToHaveCountAsync(0);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Use these values" }).ClickAsync();
        await Expect(page.Page.Locator("h1")).ToHaveTextAsync("See a network learn");
        await Expect(page.Page.Locator("#playground[data-playing=true]")).ToHaveCountAsync(1);
        Assert.Contains("dataset=moons", page.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("play#", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_that_cannot_be_opened_is_told_and_another_place_is_shown()
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        await page.LoadAsync("/studies");
        await page.Page.FillAsync("#place", "mysql://x");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show its studies" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("postgres://user@host/db");

        string file = Path.Combine(page.Studio.Data.Root, "other.db");
        using (var other = new SqliteStorage(file))
            other.CreateStudy(new StudySpecification("elsewhere", [Direction.Minimize], 1));
        await page.Page.FillAsync("#place", $"sqlite:{file}");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator(".list")).ToContainTextAsync("elsewhere");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete elsewhere" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.Page.Locator(".list")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("script <b>&\"x", 2)]
    public async Task A_name_of_any_kind_is_only_text(string name, int trials)
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        using Study study = page.Make(name, trials);
        await page.LoadAsync($"/studies/{study.Record.Id}");
        await Expect(page.Page.Locator("h1")).ToHaveTextAsync(name);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task Nothing_sticks_out(ColorScheme scheme, int width)
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
        using Study study = page.Make("wide", 40), other = page.Make("other", 12, 2);
        foreach (string address in (string[])["/studies", $"/studies/{study.Record.Id}"])
        {
            await page.LoadAsync(address);
            Assert.InRange(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
            if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is { } album)
                await page.Page.ScreenshotAsync(new() { Path = Path.Combine(album, $"studies-{width}-{scheme}{(address.Length > 8 ? "-one" : "")}.png"), FullPage = true });
        }
    }
}
