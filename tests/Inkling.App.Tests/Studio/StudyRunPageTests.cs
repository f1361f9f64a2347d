using System.Globalization;
using Inkling.App.Tuning;
using Inkling.Onnx;
using Inkling.Tuning;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>From a study of images to a network that was trained with its best values.</summary>
[Collection("chromium")]
public sealed class StudyRunPageTests(Chromium chromium) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-images-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task The_best_values_are_trained_with_and_the_network_is_saved()
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        using Study study = await TuneAsync(page, MadeUpImages.Write(_folder));
        await page.LoadAsync($"/studies/{study.Record.Id}");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Use these values" }).ClickAsync();
        await Expect(page.Page.Locator("h1")).ToHaveTextAsync($"Train with the values of trial {study.Best!.Number}");
        await Expect(page.Page.Locator(".values")).ToContainTextAsync(study.Best.Parameters["batch"].Text);
        await page.Page.Locator(".studies[data-ready=true]").WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Train", Exact = true }).ClickAsync();

        ILocator result = page.Page.Locator("#result-title");
        await Expect(result).ToContainTextAsync("of the test images are told right", new() { Timeout = 60_000 });
        await Expect(page.Page.Locator(".chart svg[role=img]")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("Best validation loss"));
        await Expect(page.Page.Locator("tbody tr")).ToHaveCountAsync(MadeUpImages.Classes);
        IDownload file = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "Save the network" }).ClickAsync());
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"clothes-{study.Best.Number}.onnx"), file.SuggestedFilename);
        OnnxModel model = OnnxModel.Load((await file.PathAsync())!);
        Assert.Equal("scores", Assert.Single(model.Outputs).Name);

        // It is there for whoever comes back.
        await page.Page.ReloadAsync();
        await Expect(result).ToContainTextAsync("of the test images are told right");
    }

    [Fact]
    public async Task A_trial_or_a_study_without_such_a_training_says_so()
    {
        await using StudiesPage page = await StudiesPage.OpenAsync(chromium);
        using Study command = page.Make("other", 3);
        await page.LoadAsync($"/studies/{command.Record.Id}/train/0");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cannot be trained on this page");
        await page.LoadAsync("/studies/4711/train/0");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("no such study");
        using Study study = await TuneAsync(page, Path.Combine(MadeUpImages.Write(_folder)));
        await page.LoadAsync($"/studies/{study.Record.Id}/train/99");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Trial 99 has no values");

        Directory.Move(_folder, _folder + "-gone");
        await page.LoadAsync($"/studies/{study.Record.Id}/train/0");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Train", Exact = true }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the images are not in");
        Directory.Move(_folder + "-gone", _folder);
    }

    private static async Task<Study> TuneAsync(StudiesPage page, string images)
    {
        var plan = new StudyPlan { Task = "fashion-mlp", Data = [images], Sampler = "random", Pruner = "none", Trials = 2 };
        page.Storage.CreateStudy(new StudySpecification("clothes", [Direction.Maximize], 1) { Attributes = plan.ToAttributes() });
        Study study = Study.Open(page.Storage, "clothes");
        await study.OptimizeAsync(plan.Prepare(1, 1).RunAsync, 2);
        return study;
    }
}
