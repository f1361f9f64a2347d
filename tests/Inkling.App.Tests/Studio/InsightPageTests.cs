using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>What the playground shows of the inside, as its visitor sees it.</summary>
[Collection("chromium")]
public sealed class InsightPageTests(Chromium chromium)
{
    [Fact]
    public async Task Optimizers_race_and_the_winner_is_used()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=circle&seed=3");
        await page.Page.SelectOptionAsync("#race-epochs", "100");
        await page.Button("Start the race").ClickAsync();
        await Expect(page.Page.Locator("#race-words")).ToContainTextAsync(new Regex(@"It is over after 100 epochs: .+ wins with a test loss of [\d.]+, ahead of .+ and .+"), new() { Timeout = 30_000 });
        await Expect(page.Page.Locator("#race-table tr")).ToHaveCountAsync(4);
        await Expect(page.Page.Locator("#race-table tr.first")).ToHaveCountAsync(1);
        string winner = await page.Page.Locator("#race-table tr.first th").InnerTextAsync();
        await Expect(page.Page.Locator("#race-words")).ToContainTextAsync($"{winner} wins");
        await Expect(page.Page.Locator("#insight-announcer")).ToContainTextAsync("wins");
        await TakePictureAsync(page, "race");

        await page.Page.Locator("#race-table tr").Filter(new() { HasText = "Adam" }).GetByRole(AriaRole.Button).ClickAsync();
        await page.Page.WaitForFunctionAsync("() => location.hash.includes('optimizer=adam')");
        await Expect(page.Page.Locator("#race-table tr")).ToHaveCountAsync(4); // the race stays
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task One_that_diverges_says_so_and_too_many_are_refused()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#problem=regression&activation=linear&networkShape=8,8&xSquared=true&ySquared=true");
        await page.Page.SelectOptionAsync("#race-field", "learningRate");
        ILocator choices = page.Page.Locator("[data-race-field=learningRate]");
        foreach (ILocator box in await choices.GetByRole(AriaRole.Checkbox).AllAsync()) await box.CheckAsync();
        await page.Button("Start the race").ClickAsync();
        await Expect(page.Page.Locator("#race-problem")).ToHaveTextAsync("11 were named; 1 to 8 can race.");
        foreach (ILocator box in await choices.GetByRole(AriaRole.Checkbox).AllAsync()) await box.UncheckAsync();
        await choices.GetByLabel("10", new() { Exact = true }).CheckAsync();
        await choices.GetByLabel("0.0001", new() { Exact = true }).CheckAsync();
        await page.Page.SelectOptionAsync("#race-epochs", "100");
        await page.Button("Start the race").ClickAsync();
        await Expect(page.Page.Locator("#race-words")).ToContainTextAsync(new Regex(@"10 at step \d+ diverged"));
        await Expect(page.Page.Locator("#race-problem")).ToHaveTextAsync("");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Layers_are_drawn_and_told_while_it_trains()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#activation=relu&networkShape=8,8,8&learningRate=3&seed=4");
        await OpenAsync(page, "Layers");
        await Expect(page.Page.Locator("#layers-table tr")).ToHaveCountAsync(2 * 4);
        await Expect(page.Page.Locator("#layers-table tr").First).ToContainTextAsync("of 8");
        await page.Page.Locator("#speed").SelectOptionAsync("0");
        await page.Button("Play").ClickAsync();
        await Expect(page.Page.Locator("#layers-table")).ToContainTextAsync(new Regex(@"\d of 8 units never fires?: 0 on every point"), new() { Timeout = 20_000 });
        await Expect(page.Page.Locator("#insight-announcer")).ToContainTextAsync("Hidden layer 1:");
        int painted = await page.Page.Locator("#layers-table canvas").First.EvaluateAsync<int>("canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((value, i) => i % 4 === 3 && value > 0).length");
        Assert.True(painted > 20, "the histogram is drawn");
        await TakePictureAsync(page, "layers");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task One_sample_is_computed_step_by_step_by_keyboard()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#networkShape=3,2&seed=2");
        await OpenAsync(page, "One sample");
        await Expect(page.Page.Locator("#sample-sheet h3")).ToHaveTextAsync("1. What the network sees");
        await page.Page.Locator("#sample-next").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#sample-sheet h3")).ToHaveTextAsync("2. Weighted sums of hidden layer 1");
        await Expect(page.Page.Locator("#sample-sheet tbody tr").First).ToContainTextAsync("w₁₁·X₁ + w₁₂·X₂ + b₁");
        await Expect(page.Page.Locator("#insight-announcer")).ToContainTextAsync("Step 2 of 20, Forward: Weighted sums of hidden layer 1. z₁ is");

        // The list chooses another point; so does a click on the map.
        string before = await page.Page.Locator("#sample-sheet tbody").InnerTextAsync();
        await page.Page.SelectOptionAsync("#sample-point", "5");
        await Expect(page.Page.Locator("#sample-sheet tbody")).Not.ToHaveTextAsync(before);
        await page.Page.Locator("#sample-map").ClickAsync(new() { Position = new() { X = 5, Y = 5 } });
        await Expect(page.Page.Locator("#sample-point")).Not.ToHaveValueAsync("5");

        // Numbers go along with training.
        before = await page.Page.Locator("#sample-sheet tbody").InnerTextAsync();
        await page.Button("Step").ClickAsync();
        await Expect(page.Page.Locator("#sample-sheet tbody")).Not.ToHaveTextAsync(before);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "δ of hidden layer 1" }).ClickAsync();
        await Expect(page.Page.Locator("#sample-sheet")).ToContainTextAsync("∂L/∂a₁·(1 − a₁²)");
        await TakePictureAsync(page, "sample");
        await page.Page.Locator("#sample-all").CheckAsync();
        await Expect(page.Page.Locator("#sample-sheet section")).ToHaveCountAsync(20);
        await page.Page.Locator("#sample-play").ClickAsync();
        await Expect(page.Page.Locator("#sample-sheet section")).ToHaveCountAsync(1);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_loss_is_drawn_over_a_plane_with_the_ways_of_a_race()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=xor&networkShape=2&learningRate=0.1&seed=1");
        await OpenAsync(page, "Loss surface");
        await page.Button("Draw").ClickAsync();
        await Expect(page.Page.Locator("#surface-words")).ToContainTextAsync("There is no way yet");
        await Expect(page.Page.Locator("#surface-words")).ToContainTextAsync(new Regex("valley"), new() { Timeout = 30_000 });
        for (int i = 0; i < 30; i++) await page.Page.Keyboard.PressAsync("s");
        await Expect(page.Epoch).ToHaveTextAsync("30");
        await page.Button("Draw").ClickAsync();
        await Expect(page.Page.Locator("#surface-words")).ToContainTextAsync(new Regex(@"\d+ % of the way lies in this plane\. The network stands at a loss of"), new() { Timeout = 30_000 });

        await OpenAsync(page, "Race");
        await page.Page.SelectOptionAsync("#race-field", "seed");
        await page.Page.SelectOptionAsync("#race-epochs", "100");
        await page.Button("Start the race").ClickAsync();
        await Expect(page.Page.Locator("#race-words")).ToContainTextAsync("It is over", new() { Timeout = 30_000 });
        await OpenAsync(page, "Loss surface");
        await page.Page.SelectOptionAsync("#surface-kind", "ends");
        await page.Button("Draw").ClickAsync();
        await Expect(page.Page.Locator("#surface-ways li")).ToHaveCountAsync(7);
        await Expect(page.Page.Locator("#surface-words")).ToContainTextAsync(new Regex("The lowest valley of the picture is at|There is no valley"), new() { Timeout = 30_000 });
        await Expect(page.Page.Locator("#surface-map")).ToHaveAttributeAsync("aria-label", new Regex("^The training loss through three ends"));
        int colours = await page.Page.Locator("#surface-map").EvaluateAsync<int>("canvas => { const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data, seen = new Set(); for (let i = 0; i < data.length; i += 400) seen.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]); return seen.size; }");
        Assert.True(colours > 50, $"{colours} colours");
        await TakePictureAsync(page, "surface");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_page_goes_back_in_time_and_training_goes_on_from_there()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=gauss");
        double start = await page.TestLossAsync();
        for (int i = 0; i < 20; i++) await page.Page.Keyboard.PressAsync("s");
        await Expect(page.Epoch).ToHaveTextAsync("20");
        double end = await page.TestLossAsync();
        await OpenAsync(page, "Back in time");
        ILocator slider = page.Page.GetByRole(AriaRole.Slider, new() { Name = "Epoch" });
        await Expect(slider).ToHaveAttributeAsync("max", "20");
        await slider.FocusAsync();
        await page.Page.Keyboard.PressAsync("Home");
        await Expect(page.Epoch).ToHaveTextAsync("0");
        Assert.Equal(start, await page.TestLossAsync());
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Epoch).ToHaveTextAsync("1");
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", "epoch 1");
        await Expect(page.Page.Locator("#scrub-words")).ToContainTextAsync("The page shows epoch 1 of 20");
        await page.Button("Last").ClickAsync();
        await Expect(page.Epoch).ToHaveTextAsync("20");
        await Expect(page.Page.Locator("#test-loss")).ToHaveTextAsync(end.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture));
        await slider.FillAsync("5");
        await Expect(page.Epoch).ToHaveTextAsync("5");
        await TakePictureAsync(page, "scrub");
        await page.Button("Step").ClickAsync();
        await Expect(page.Epoch).ToHaveTextAsync("6");
        await Expect(slider).ToHaveAttributeAsync("max", "6"); // what came after has made way
        await page.Button("Go on from here").ClickAsync();
        await Expect(page.Button("Pause")).ToBeVisibleAsync();
        Assert.Empty(page.Errors);
    }

    private static async Task OpenAsync(PlaygroundPage page, string tab)
    {
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Tabpanel, new() { Name = tab })).ToBeVisibleAsync();
    }

    private static async Task TakePictureAsync(PlaygroundPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is not { } album) return;
        await page.Page.Locator(".insight").ScreenshotAsync(new() { Path = Path.Combine(album, $"insight-{name}.png") });
    }
}
