using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The playground, as its visitor sees it.</summary>
[Collection("chromium")]
public sealed class PlaygroundPageTests(Chromium chromium)
{
    private const string Spiral = "#dataset=spiral&sinX=true&sinY=true&networkShape=8,8&optimizer=adam&learningRate=0.01&seed=1";

    [Fact]
    public async Task The_spiral_is_learnt_while_one_looks()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, Spiral);
        await page.Page.SelectOptionAsync("#speed", "0");
        await page.Button("Play").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => Number(document.getElementById('test-loss').textContent) < 0.05", null, new() { Timeout = 30_000 });
        await page.Button("Pause").ClickAsync();
        await Expect(page.Button("Play")).ToBeVisibleAsync();
        string epoch = await page.Epoch.InnerTextAsync();
        await page.Page.WaitForTimeoutAsync(200);
        Assert.Equal(epoch, await page.Epoch.InnerTextAsync()); // paused is paused
        await Expect(page.Page.Locator("#announcer")).ToContainTextAsync("Paused, epoch");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Every_control_is_in_the_address_and_comes_back()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium);
        await page.Page.SelectOptionAsync("#activation", "relu");
        await page.Page.SelectOptionAsync("#learningRate", "0.1");
        await page.Page.SelectOptionAsync("#optimizer", "adam");
        await page.Page.SelectOptionAsync("#regularization", "L2");
        await page.Page.SelectOptionAsync("#regularizationRate", "0.003");
        await page.Page.SelectOptionAsync("#loss", "cross-entropy");
        await page.Page.Locator("input[value=xor]").CheckAsync();
        await page.Page.Locator("#noise").FillAsync("20");
        await page.Page.GetByLabel("Show the test points").CheckAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Input sin X₁" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add a hidden layer" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add a neuron to hidden layer 2" }).ClickAsync();
        await Expect(page.Page.Locator("#layers")).ToHaveTextAsync("3 hidden layers");
        await page.Page.WaitForFunctionAsync("() => location.hash.includes('networkShape=4,3,2')");
        await CheckAsync();

        await page.Page.ReloadAsync();
        await page.ReadyAsync();
        await CheckAsync();
        Assert.Equal("relu", await page.Page.Locator("#activation").InputValueAsync());
        Assert.Equal("0.003", await page.Page.Locator("#regularizationRate").InputValueAsync());
        Assert.True(await page.Page.Locator("input[value=xor]").IsCheckedAsync());
        Assert.Equal(4 + 3 + 2 + 1, await page.Page.Locator(".node:not(.node--input)").CountAsync());
        Assert.Empty(page.Errors);

        async Task CheckAsync()
        {
            Dictionary<string, string> address = await page.AddressAsync();
            foreach ((string name, string value) in new[]
            {
                ("activation", "relu"), ("learningRate", "0.1"), ("optimizer", "adam"), ("regularization", "L2"), ("regularizationRate", "0.003"), ("loss", "cross-entropy"),
                ("dataset", "xor"), ("noise", "20"), ("showTestData", "true"), ("sinX", "true"), ("networkShape", "4,3,2"),
            }) Assert.Equal(value, address[name]);
        }
    }

    [Fact]
    public async Task A_link_of_the_original_opens_after_a_question_mark_too()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "?activation=sigmoid&batchSize=7&dataset=gauss&learningRate=0.3&networkShape=5,3&seed=0.4711&percTrainData=70&x=true&y=true&xSquared=true&problem=classification&initZero=false&hideText=false");
        Dictionary<string, string> address = await page.AddressAsync();
        Assert.Equal(("sigmoid", "7", "gauss", "0.3", "5,3", "0.4711", "70", "true"), (address["activation"], address["batchSize"], address["dataset"], address["learningRate"], address["networkShape"], address["seed"], address["percTrainData"], address["xSquared"]));
        Assert.Equal("0.3", await page.Page.Locator("#learningRate").InputValueAsync());
        await Expect(page.Note).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("#networkShape=99999,99999&learningRate=1e400", "networkShape cannot be")]
    [InlineData("#x=false&y=false", "No input was on")]
    [InlineData("#dataset=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "dataset cannot be '<img")]
    public async Task What_cannot_be_is_said_and_the_page_works(string address, string says)
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, address);
        await Expect(page.Note).ToContainTextAsync(says);
        await page.Button("Step").ClickAsync();
        await Expect(page.Epoch).ToHaveTextAsync("1");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task It_works_by_keyboard_alone()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium);
        await page.Page.Keyboard.PressAsync("s");
        await Expect(page.Epoch).ToHaveTextAsync("1");
        await page.Page.Keyboard.PressAsync("r");
        await Expect(page.Epoch).ToHaveTextAsync("0");
        await page.Page.Locator("#play").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Epoch).Not.ToHaveTextAsync("0");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Play")).ToBeVisibleAsync();

        // A neuron is chosen and its bias set.
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Neuron 2 of hidden layer 1" }).FocusAsync();
        await Expect(page.Page.Locator("#output-title")).ToHaveTextAsync("Neuron 2 of hidden layer 1"); // looked at in large
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#neuron-title")).ToHaveTextAsync("Neuron 2 of hidden layer 1");
        double before = await page.TestLossAsync();
        await page.Page.GetByLabel("Bias").FillAsync("3");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.WaitForFunctionAsync("before => Number(document.getElementById('test-loss').textContent) !== before", before);
        Assert.Equal("3.000", await page.Page.GetByLabel("Bias").InputValueAsync());
    }

    [Fact]
    public async Task A_rate_that_holds_is_named_when_it_diverges()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#problem=regression&activation=linear&networkShape=8,8&xSquared=true&ySquared=true&learningRate=10");
        await page.Button("Play").ClickAsync();
        await Expect(page.Note).ToContainTextAsync(new Regex(@"It diverged at step \d+\. A learning rate of [\d.]+ holds\."));
        await Expect(page.Button("Play")).ToBeVisibleAsync();

        // The rate is chosen, and training goes.
        await page.Page.SelectOptionAsync("#learningRate", "0.001");
        await Expect(page.Note).ToBeHiddenAsync();
        await page.Button("Play").ClickAsync();
        await Expect(page.Epoch).Not.ToHaveTextAsync("0");
    }

    [Fact]
    public async Task Removing_what_is_looked_at_looks_at_the_output_again()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Neuron 2 of hidden layer 2" }).HoverAsync();
        await Expect(page.Page.Locator("#output-title")).ToHaveTextAsync("Neuron 2 of hidden layer 2");
        await page.Page.Locator("#layer-less").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#layers")).ToHaveTextAsync("1 hidden layer");
        await Expect(page.Page.Locator("#output-title")).ToHaveTextAsync("Output");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#layers")).ToHaveTextAsync("0 hidden layers");
        await Expect(page.Page.Locator("#layer-more")).ToBeFocusedAsync(); // the other one is disabled now
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_network_leaves_as_a_program()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium);
        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Locator("#code").ClickAsync());
        Assert.Equal("Network.cs", download.SuggestedFilename);
        Assert.Contains("new Sequential(new Linear(2, 4), ActivationCatalogue.Create(\"tanh\")", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Maps_and_edges_are_drawn(ColorScheme scheme)
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=gauss", new() { ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 900 } });
        for (int i = 0; i < 20; i++) await page.Page.Keyboard.PressAsync("s");
        await Expect(page.Epoch).ToHaveTextAsync("20");
        Assert.Equal((2 * 4) + (4 * 2) + 2, await page.Page.Locator(".edges path").CountAsync());
        // The classes lie around (2, 2) and (−2, −2): blue above right, orange below left, far from the points.
        int[][] colours = await page.Page.EvaluateAsync<int[][]>("() => [[550, 50], [50, 550]].map(([x, y]) => [...document.getElementById('map').getContext('2d').getImageData(x, y, 1, 1).data])");
        Assert.True(colours[0][2] > colours[0][0] + 40, $"above right: {string.Join(' ', colours[0])}");
        Assert.True(colours[1][0] > colours[1][2] + 40, $"below left: {string.Join(' ', colours[1])}");
        if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is { } album) await page.Page.ScreenshotAsync(new() { Path = Path.Combine(album, $"playground-{scheme}.png"), FullPage = true });
    }
}
