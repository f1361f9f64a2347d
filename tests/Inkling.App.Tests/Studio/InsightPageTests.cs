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
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", new Regex(@"^epoch 1, test loss [\d.]+$"));
        await Expect(page.Page.Locator("#scrub-words")).ToContainTextAsync("The page shows epoch 1 of 20");
        await page.Button("Last").ClickAsync();
        await Expect(page.Epoch).ToHaveTextAsync("20");
        await Expect(page.Page.Locator("#test-loss")).ToHaveTextAsync(end.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture));
        await Expect(page.Page.Locator("#scrub-words")).ToContainTextAsync("the test loss was smallest at epoch");
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

    [Theory]
    [InlineData("0", 30)]
    [InlineData("20", 20)]
    public async Task A_sweep_fills_its_map_and_its_best_values_are_used(string how, int trials)
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=gauss&percTrainData=20&regularization=L1");
        await OpenAsync(page, "Sweep");
        await page.Page.SelectOptionAsync("#sweep-how", how);
        await page.Page.SelectOptionAsync("#sweep-epochs", "10");
        await page.Button("Start the sweep").ClickAsync();
        await Expect(page.Page.Locator("#sweep-words")).ToContainTextAsync(new Regex($"All {trials} trials are done. The best: learning rate [\\d.]+, hidden layers"), new() { Timeout = 30_000 });
        await Expect(page.Page.Locator("#insight-announcer")).ToContainTextAsync($"All {trials} trials are done.");
        await Expect(page.Page.Locator("#sweep-trial option")).ToHaveCountAsync(trials);
        await TakePictureAsync(page, $"sweep-{how}");
        await page.Page.Locator("#sweep-trial").SelectOptionAsync(new SelectOptionValue { Index = 3 });
        string chosen = await page.Page.Locator("#sweep-chosen").InnerTextAsync();
        await page.Button("Use these values").ClickAsync();
        string rate = Regex.Match(chosen, @"learning rate ([\d.e-]+),").Groups[1].Value;
        await page.Page.WaitForFunctionAsync("rate => Number(location.hash.match(/learningRate=([^&]+)/)[1]) === Number(rate)", rate);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_sweep_stops_and_goes_on_and_says_what_cannot_be()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#networkShape=8,8");
        await OpenAsync(page, "Sweep");
        await page.Page.SelectOptionAsync("#sweep-second", "learningRate");
        await page.Button("Start the sweep").ClickAsync();
        await Expect(page.Page.Locator("#sweep-problem")).ToHaveTextAsync("The two fields are the same; choose two.");
        await page.Page.SelectOptionAsync("#sweep-second", "dropout");
        await page.Page.SelectOptionAsync("#sweep-epochs", "1000");
        await page.Button("Start the sweep").ClickAsync();
        await page.Button("Stop").ClickAsync();
        await Expect(page.Page.Locator("#sweep-words")).ToContainTextAsync(new Regex(@"\d of 20 trials, stopped\."));
        double before = await page.Page.Locator("#sweep-progress").EvaluateAsync<double>("bar => bar.value");
        await page.Button("Go on").ClickAsync();
        await page.Page.WaitForFunctionAsync("before => document.getElementById('sweep-progress').value > before", before);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Tabs_are_moved_between_with_arrows_and_nothing_jumps()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#networkShape=8,8", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        ILocator tabs = page.Page.GetByRole(AriaRole.Tab);
        string[] names = [.. await tabs.AllInnerTextsAsync()];
        await tabs.First.FocusAsync();
        double top = await TopAsync();
        for (int i = 1; i <= names.Length; i++)
        {
            await page.Page.Keyboard.PressAsync("ArrowRight");
            ILocator tab = tabs.Nth(i % names.Length);
            await Expect(tab).ToBeFocusedAsync();
            await Expect(tab).ToHaveAttributeAsync("aria-selected", "true");
            await Expect(page.Page.Locator(".insight [role=tab][aria-selected=true]")).ToHaveCountAsync(1);
            await Expect(page.Page.Locator(".insight [role=tabpanel]:not([hidden])")).ToHaveCountAsync(1);
            Assert.Equal(top, await TopAsync(), 0.5);
        }

        await page.Page.Keyboard.PressAsync("End");
        await Expect(tabs.Last).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(tabs.First).ToBeFocusedAsync();
        Assert.Empty(page.Errors);

        Task<double> TopAsync() => page.Page.Locator(".insight .panels").EvaluateAsync<double>("panels => panels.getBoundingClientRect().top + scrollY");
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task Every_panel_fits_its_screen(int width, ColorScheme scheme)
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#networkShape=8,8,8,8,8,8&sinX=true", new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        await page.Page.SelectOptionAsync("#race-epochs", "100");
        await page.Button("Start the race").ClickAsync();
        await page.Page.Keyboard.PressAsync("s");
        foreach (string tab in new[] { "Race", "Layers", "One sample", "Loss surface", "Back in time", "Sweep" })
        {
            await OpenAsync(page, tab);
            if (tab == "Loss surface") await page.Button("Draw").ClickAsync();
            if (tab == "Sweep") await page.Button("Start the sweep").ClickAsync();
            await page.Page.WaitForTimeoutAsync(700);
            Assert.InRange(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
            await TakePictureAsync(page, $"{width}-{scheme}-{tab.Replace(" ", "-", StringComparison.Ordinal)}");
        }

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
