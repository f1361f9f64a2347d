using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>Training in the playground, as its visitor sets it.</summary>
[Collection("chromium")]
public sealed class PlaygroundTrainingTests(Chromium chromium)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task What_is_set_is_in_the_address_and_told_in_words(ColorScheme scheme, int width)
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "", new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        await Expect(page.Page.Locator("#more-says")).ToHaveTextAsync("As usual.");
        await page.Page.Locator("#more summary").ClickAsync();
        await page.Page.SelectOptionAsync("#schedule", "cosine");
        await page.Page.Locator("#scheduleEpochs").FillAsync("50");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.SelectOptionAsync("#clip", "norm");
        await page.Page.SelectOptionAsync("#initializer", "he-normal");
        await page.Page.GetByLabel("Batch normalisation").CheckAsync();
        await page.Page.GetByLabel("Activation of hidden layer 2").SelectOptionAsync("relu");
        await page.Page.GetByLabel("Dropout of hidden layer 1, percent").FillAsync("10");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.WaitForFunctionAsync("() => location.hash.includes('layerDropout=10&')");
        Dictionary<string, string> address = await page.AddressAsync();
        Assert.Equal(("cosine", "50", "norm", "he-normal", "true", ",relu"), (address["schedule"], address["scheduleEpochs"], address["clip"], address["initializer"], address["batchNorm"], address["layerActivations"]));
        await Expect(page.Page.Locator("#more-says")).ToContainTextAsync("Cosine schedule, gradients cut by norm, first weights he normal, batch normalisation, activations by layer, dropout by layer");
        await page.Button("Step").ClickAsync();
        await Expect(page.Epoch).ToHaveTextAsync("1");
        await Expect(page.Page.Locator("#rate")).ToHaveTextAsync(new Regex("0\\.02"));
        await page.PictureAsync($"playground-training-{scheme}");
        if (width < 500) Assert.Equal(width, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_rate_can_be_typed_and_stands_in_its_place()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium);
        await page.Page.Locator("#learningRate").FocusAsync();
        await page.Page.SelectOptionAsync("#learningRate", "other");
        await page.Page.Locator("#learningRate + .typed").FillAsync("0,02");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.WaitForFunctionAsync("() => location.hash.includes('learningRate=0.02&')");
        await Expect(page.Page.Locator("#learningRate")).ToHaveValueAsync("0.02");
        string[] options = await page.Page.EvaluateAsync<string[]>("() => [...document.getElementById('learningRate').options].map(option => option.value)");
        Assert.Equal(["0.01", "0.02", "0.03"], options[4..7]);

        // What cannot be is said, and the rate stays.
        await page.Page.SelectOptionAsync("#learningRate", "other");
        await page.Page.Locator("#learningRate + .typed").FillAsync("much");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Note).ToContainTextAsync("learningRate cannot be that");
        await Expect(page.Page.Locator("#learningRate")).ToHaveValueAsync("0.02");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Early_stopping_is_said_and_marked_on_the_curve()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#noise=50&percTrainData=10&networkShape=8,8&optimizer=adam&learningRate=0.03&patience=20");
        await page.Button("Play").ClickAsync();
        await Expect(page.Note).ToContainTextAsync(new Regex(@"Stopped early after epoch \d+: for 20 epochs the test loss was no lower\. The weights of epoch \d+ are back\."));
        await Expect(page.Page.Locator("#best")).ToHaveTextAsync(new Regex(@"best: epoch \d+"));
        await Expect(page.Button("Play")).ToBeVisibleAsync();
        await Expect(page.Page.Locator("#curve-end")).ToHaveTextAsync(new Regex(@"epoch \d+"));
        string epoch = await page.Epoch.InnerTextAsync();
        await page.Button("Step").ClickAsync(); // it can go on
        await Expect(page.Epoch).Not.ToHaveTextAsync(epoch);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_link_can_hold_the_weights()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=gauss");
        for (int i = 0; i < 5; i++) await page.Page.Keyboard.PressAsync("s");
        await Expect(page.Epoch).ToHaveTextAsync("5");
        string loss = await page.Page.Locator("#test-loss").InnerTextAsync();
        await page.Page.Locator("#pin").ClickAsync();
        await Expect(page.Page.Locator("#announcer")).ToContainTextAsync("opens with these weights");
        string link = await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        await page.Page.GotoAsync("about:blank");
        await page.Page.GotoAsync(link);
        await page.ReadyAsync();
        await Expect(page.Epoch).ToHaveTextAsync("0");
        await Expect(page.Page.Locator("#test-loss")).ToHaveTextAsync(loss);
    }

    [Fact]
    public async Task The_head_of_the_page_can_be_asked_for()
    {
        await using StudioHost studio = await StudioHost.StartAsync(new ScriptedCompletion());
        using HttpClient client = new();
        using HttpRequestMessage head = new(HttpMethod.Head, studio.Address + "/playground");
        using HttpResponseMessage answer = await client.SendAsync(head, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
