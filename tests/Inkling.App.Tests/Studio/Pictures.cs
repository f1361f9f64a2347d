using System.Runtime.CompilerServices;
using Inkling.App.Completing;
using Inkling.App.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>
/// Takes the pictures of the README from the real pages: <c>docs/images/take</c> runs these. They are compiled only there, so that an
/// ordinary test run leaves the pictures alone. With <c>INKLING_PICTURES</c> the pictures of every state go to that folder as well, to be looked at.
/// </summary>
[Collection("chromium")]
public sealed class Pictures(Chromium chromium)
{
    private const string Draft = "Dear Maria,\n\nthe photographs of the garden arrived this morning. The roses by the wall came out best, and the one with the robin will go on the cover.\n\nI have sent the list to the printer and told him that we need it before the fair. Please let me know if";

    private static readonly string[] Known =
    [
        "the photographs of the garden arrived this morning.",
        "I have sent the list to the printer and told him that we need it before the fair. Please let me know if you have any questions.",
        "I have sent the list to the printer and told him that we need it before the fair. Please let me know if there is anything else.",
        "I have sent the list to the printer and told him that we need it before the fair. Please let me know if you need more time.",
    ];

    private static readonly string Images = Path.GetFullPath(Path.Combine(Here(), "../../../docs/images"));

    private static string? Album => Environment.GetEnvironmentVariable("INKLING_PICTURES");

    [Theory]
    [InlineData(ColorScheme.Light, 1280, 760, "composer")]
    [InlineData(ColorScheme.Dark, 1280, 760, "composer-dark")]
    public async Task Composer(ColorScheme scheme, int width, int height, string name)
    {
        using CompletionService shipped = new(ModelChoice.Shipped() ?? throw new InvalidOperationException("The picture shows what the shipped model suggests; models/default is missing."));
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, shipped, Window(scheme, width, height));
        await page.Page.FillAsync("#to", "Maria Lindqvist <maria@example.org>");
        await page.Page.FillAsync("#subject", "Photographs for the calendar");
        await page.TypeAsync("Dear Maria,\n\nThank you for your h");
        await page.SeesGhostAsync("elp");
        await page.PressAsync("Tab");
        await page.TypeAsync(" with the calendar. The photographs of the garden arrived this morning, and the one with the robin will go on the cover.\n\nI have sent the list to the printer. Please let me know if you ha");
        await page.SeesGhostAsync("ve any questions");
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Images, name + ".png"), Caret = ScreenshotCaret.Initial });
    }

    [Fact]
    public async Task Playground()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=spiral&sinX=true&sinY=true&networkShape=8,8&optimizer=adam&learningRate=0.01&seed=1", Window(ColorScheme.Light, 1600, 1010));
        await page.Page.SelectOptionAsync("#speed", "1000");
        await page.Button("Play").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => Number(document.getElementById('test-loss').textContent) < 0.01", null, new() { Timeout = 60_000 });
        await page.Button("Pause").ClickAsync();
        await page.Button("Play").WaitForAsync();
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Images, "playground.png") });
    }

    [Fact]
    public async Task PlaygroundInside()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=xor&networkShape=2&learningRate=0.03&seed=3", Window(ColorScheme.Light, 1280, 900));
        ILocator inside = page.Page.Locator(".insight");
        await page.Page.SelectOptionAsync("#race-field", new SelectOptionValue { Label = "First weights" });
        await page.Button("Start the race").ClickAsync();
        await Expect(page.Page.Locator("#race-words")).ToContainTextAsync("It is over", new() { Timeout = 120_000 });
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Loss surface" }).ClickAsync();
        await page.Page.SelectOptionAsync("#surface-kind", "ends");
        await page.Button("Draw").ClickAsync();
        await Expect(page.Button("Draw")).ToBeEnabledAsync(new() { Timeout = 120_000 });
        await Expect(page.Page.Locator("#surface-words")).ToContainTextAsync("valley", new() { Timeout = 120_000 });
        await inside.ScreenshotAsync(new() { Path = Path.Combine(Images, "playground-inside.png") });
    }

    [Fact]
    public async Task Letters()
    {
        await using LettersPage page = await LettersPage.OpenAsync(chromium, "#units=64&seed=1", Window(ColorScheme.Light, 1280, 1180));
        await page.Button("Play").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => Number(document.getElementById('epoch').textContent) >= 120", null, new() { Timeout = 120_000 });
        await page.Button("Pause").ClickAsync();
        await page.Button("Play").WaitForAsync();
        await page.Page.Locator(".meanings button").First.ClickAsync();
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Images, "letters.png") });
    }

    [Fact]
    public async Task Learn()
    {
        await using LearnPage page = await LearnPage.OpenAsync(chromium, Window(ColorScheme.Light, 1280, 760));
        await TrainAsync(page);
        await page.Page.Locator("#training-title").ScrollIntoViewIfNeededAsync();
        await page.Page.EvaluateAsync("() => document.getElementById('training-title').closest('section').scrollIntoView({ block: 'center' })");
        await page.Page.ScreenshotAsync(new() { Path = Path.Combine(Images, "learn.png") });
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 820)]
    public async Task Album_of_the_composer(ColorScheme scheme, int width)
    {
        Assert.SkipWhen(Album is null, "INKLING_PICTURES names no folder");
        string name = $"composer-{width}-{scheme}";
        await using ComposerPage page = await ComposerPage.OpenAsync(chromium, new ScriptedCompletion(Known), Window(scheme, width, 800));
        await ShotAsync(page.Page, name + "-1-empty");
        await WriteAsync(page);
        await ShotAsync(page.Page, name + "-2-ghost");
        await page.PressAsync("Tab");
        await page.Page.Locator("summary").ClickAsync();
        await page.Page.Locator("#copy").ClickAsync();
        await ShotAsync(page.Page, name + "-3-copied");
        await page.Page.Locator("#clear").ClickAsync();
        await page.TypeAsync("Line below\nPlease");
        await page.Page.RouteAsync("**/v1/completions", route => route.AbortAsync());
        await page.TypeAsync(" let");
        await page.SeesWhyAsync("unreachable");
        await ShotAsync(page.Page, name + "-4-gone");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    public async Task Album_of_learning(ColorScheme scheme, int width)
    {
        Assert.SkipWhen(Album is null, "INKLING_PICTURES names no folder");
        string name = $"learn-{width}-{scheme}";
        await using LearnPage page = await LearnPage.OpenAsync(chromium, Window(scheme, width, 800));
        Directory.CreateDirectory(Path.Combine(page.Home, "Maildir"));
        await page.LoadAsync();
        await page.Button("Browse").ClickAsync();
        await ShotAsync(page.Page, name + "-1-empty");
        await page.ReadAsync("/no/such/mail");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await ShotAsync(page.Page, name + "-2-wrong");
        await page.ReadAsync(MadeUpMail.Write(page.Home, 60));
        await Expect(page.Page.Locator(".samples li")).ToHaveCountAsync(6);
        await ShotAsync(page.Page, name + "-3-understood");
        await TrainAsync(page, read: false);
        await ShotAsync(page.Page, name + "-4-training");
        page.Learning.Allow(ScriptedLearning.Steps);
        await Expect(page.Page.Locator("#verdict-title")).ToBeVisibleAsync();
        await ShotAsync(page.Page, name + "-5-verdict");
        await page.Button("Keep it").ClickAsync();
        await Expect(page.Page.Locator(".models tr.active")).ToContainTextAsync("my mail");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Use" }).First.ClickAsync();
        await Expect(page.Page.Locator(".models tr.active")).ToContainTextAsync("Shipped");
        await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Delete my mail") }).ClickAsync();
        await ShotAsync(page.Page, name + "-6-models");
    }

    private static async Task WriteAsync(ComposerPage page)
    {
        await page.Page.FillAsync("#to", "Maria Lindqvist <maria@example.org>");
        await page.Page.FillAsync("#subject", "Photographs for the calendar");
        await page.TypeAsync("Dear Maria,\n\nthe photographs of the garden");
        await page.SeesGhostAsync(" arrived this morning.");
        await page.PressAsync("Tab");
        await page.SeesBodyAsync("Dear Maria,\n\nthe photographs of the garden arrived this morning.");
        await page.TypeAsync(Draft[Draft.IndexOf(" The roses", StringComparison.Ordinal)..^8]);
        await page.SeesBodyAsync(Draft[..^8]);
        await page.TypeAsync(Draft[^8..]);
        await page.SeesGhostAsync(" you have any questions.");
        await Expect(page.Page.Locator("[data-part=elapsed]")).ToHaveTextAsync("1.9 ms");
    }

    private static async Task TrainAsync(LearnPage page, bool read = true)
    {
        if (read)
        {
            await page.ReadAsync(MadeUpMail.Write(page.Home, 60));
        }

        await page.Button("Learn").ClickAsync();
        page.Learning.Allow(29);
        await Expect(page.Page.Locator(".tiles--small")).ToContainTextAsync("1,450");
    }

    private static Task ShotAsync(IPage page, string name)
        => page.ScreenshotAsync(new() { Path = Path.Combine(Album!, name + ".png"), FullPage = true, Caret = ScreenshotCaret.Initial });

    private static BrowserNewContextOptions Window(ColorScheme scheme, int width, int height)
        => new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } };

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
