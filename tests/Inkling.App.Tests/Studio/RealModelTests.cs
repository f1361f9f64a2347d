using Inkling.App.Completing;
using Inkling.App.Running;
using Inkling.App.Studio.Learning;
using Inkling.Mail;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The pages with nothing made up behind them: the shipped model in the composer, and learning on from a small model of the test's own.</summary>
[Collection("chromium")]
public sealed class RealModelTests(Chromium chromium) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("inkling-real-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_shipped_model_finishes_a_sentence_of_a_newcomer()
    {
        string? shipped = ModelChoice.Shipped();
        Assert.SkipWhen(shipped is null, "there is no shipped model in models/default");
        using var completion = new CompletionService(shipped);
        await using StudioHost studio = await StudioHost.StartAsync(completion);
        IPage page = await chromium.NewPageAsync(studio.Address);
        await page.GotoAsync("/");
        await page.Locator("#composer[data-ready=true]").WaitForAsync();
        // One of these few at the latest: which, is the model's affair.
        foreach (string beginning in new[] { "Thank you for your", "Please let me know if you have any", "If you have any questions, please let me", "I look forward to seeing" })
        {
            await page.Locator("#body").FillAsync("");
            await page.Locator("#body").FocusAsync();
            await page.Keyboard.TypeAsync(beginning);
            await Expect(page.Locator("[data-part=elapsed]")).ToContainTextAsync("ms");
            await page.WaitForTimeoutAsync(500);
            if (await page.Locator(".ghost").IsVisibleAsync())
            {
                string rest = await page.Locator(".ghost").TextContentAsync() ?? "";
                await page.Keyboard.PressAsync("Tab");
                await Expect(page.Locator("#body")).ToHaveValueAsync(beginning + rest);
                await page.Context.CloseAsync();
                return;
            }
        }

        await page.Context.CloseAsync();
        Assert.Fail("no suggestion for any of four common beginnings");
    }

    [Fact]
    public async Task A_model_learns_on_from_mail_and_is_scored_before_and_after()
    {
        string mail = MadeUpMail.Write(_folder.FullName, 66);
        string model = Path.Combine(_folder.FullName, "small");
        await new MailTraining(new MailTrainingOptions { Mail = [mail], Out = model, Preset = TrainingPreset.Nano, Minutes = 0.1 })
            .RunAsync(cancellation: TestContext.Current.CancellationToken);

        var data = new DataFolder(Path.Combine(_folder.FullName, "data"));
        using var completion = new CompletionService(model);
        var shelf = new ModelShelf(data, completion, shipped: null);
        using var steps = new LearningSteps();
        using var service = new LearningService(steps, data, shelf);
        service.Read(new MailChoice { Paths = [mail] });
        await UntilAsync(service, state => state.Phase == LearningPhase.Read);
        service.Learn(new LearningPlan { From = model, FromName = "small", Minutes = 0.1 });
        LearningState end = await UntilAsync(service, state => state.Phase == LearningPhase.Finished);

        Assert.True(end.Before!.Mails > 0 && end.After!.Mails == end.Before.Mails, "both are scored on the same mail");
        Assert.NotEmpty(end.ValidationCurve);
        Assert.All(end.TrainingCurve, point => Assert.InRange(point.Value, 0, 20));
        string kept = service.Keep("run 1");
        shelf.Activate(kept);
        Assert.Equal(Path.GetFullPath(kept), Path.GetFullPath(completion.Info.Folder));
        Assert.Equal("run 1", Assert.Single(shelf.List(), model => model.IsActive).Name);
        Assert.NotNull(completion.Complete(new CompletionRequest { Text = "Thank you for" }));
    }

    private static async Task<LearningState> UntilAsync(LearningService service, Func<LearningState, bool> reached)
    {
        for (int i = 0; i < 3000; i++)
        {
            LearningState state = service.State;
            Assert.True(state.Error is null, state.Error);
            if (reached(state))
            {
                return state;
            }

            await Task.Delay(100);
        }

        Assert.Fail($"still {service.State.Phase} after five minutes");
        return service.State;
    }
}
