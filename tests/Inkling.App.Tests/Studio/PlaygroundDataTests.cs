using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Inkling.App.Tests.Studio;

/// <summary>The points of the playground, as its visitor sees them.</summary>
[Collection("chromium")]
public sealed class PlaygroundDataTests(Chromium chromium)
{
    [Fact]
    public async Task Points_are_drawn_erased_and_in_the_address()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=own", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await Expect(page.Page.Locator("#draw")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "class 2" }).CheckAsync();
        await page.Page.Locator("#map").ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await page.Page.Locator("#map").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + 20, box.Y + 20);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + 120, box.Y + 20, new() { Steps = 10 });
        await page.Page.Mouse.UpAsync();
        await Expect(page.Page.Locator("#own-says")).Not.ToHaveTextAsync("2 points.");
        int drawn = await CountAsync();
        Assert.InRange(drawn, 6, 13);
        await page.Page.GetByRole(AriaRole.Radio, new() { Name = "one more class" }).CheckAsync();
        await page.Page.Locator("#map").ClickAsync(new() { Position = new() { X = 150, Y = 200 } });
        await Expect(page.Page.Locator("#classes-legend li")).ToHaveCountAsync(3);
        Assert.Equal(drawn + 1, await CountAsync());
        await page.PictureAsync("playground-own");

        // By keyboard: a point is written, and others erased.
        await page.Page.Locator("#own summary").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Locator("#point-x").FillAsync("5");
        await page.Page.Locator("#point-y").FillAsync("-5");
        await page.Page.Locator("#point-class").SelectOptionAsync("2");
        await page.Page.Locator("#point-class").FocusAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#own-says")).ToContainTextAsync($"{drawn + 2} points");
        await page.Page.Locator("#point-erase").ClickAsync();
        await Expect(page.Page.Locator("#own-says")).ToContainTextAsync($"{drawn + 1} points");

        await page.Page.ReloadAsync();
        await page.ReadyAsync();
        Assert.Equal(drawn + 1, await CountAsync());
        IDownload download = await page.Page.RunAndWaitForDownloadAsync(async () =>
        {
            await page.Page.Locator("#own summary").ClickAsync();
            await page.Page.Locator("#own-save").ClickAsync();
        });
        Assert.Equal(drawn + 2, (await File.ReadAllLinesAsync(await download.PathAsync())).Length);
        Assert.Empty(page.Errors);

        async Task<int> CountAsync() => int.Parse((await page.Page.Locator("#own-says").InnerTextAsync()).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Gates_have_the_set_ups_of_the_lecture()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "", new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await page.Page.Locator("input[value=gate-or]").CheckAsync();
        await page.Button("Perceptron").ClickAsync();
        await Expect(page.Page.Locator("#layers")).ToHaveTextAsync("0 hidden layers");
        for (int i = 0; i < 12; i++) await page.Page.Keyboard.PressAsync("s");
        await Expect(page.Page.Locator("#test-accuracy")).ToHaveTextAsync("100.0 %");
        await page.Button("XOR by hand").ClickAsync();
        await Expect(page.Page.Locator("#test-loss")).ToHaveTextAsync("0.000");
        await Expect(page.Page.Locator("#test-accuracy")).ToHaveTextAsync("100.0 %");
        Assert.Equal("1.5", await page.Page.Locator(".axis--up i").First.InnerTextAsync());
        Dictionary<string, string> address = await page.AddressAsync();
        Assert.Equal(("gate-xor", "1,1,-0.5,1,1,-1.5,1,-1,-0.5"), (address["dataset"], address["weights"]));
        await page.PictureAsync("playground-gates");
        await page.Page.ReloadAsync();
        await page.ReadyAsync();
        await Expect(page.Page.Locator("#test-loss")).ToHaveTextAsync("0.000");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_table_is_pasted_and_learnt()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "", new() { ViewportSize = new() { Width = 390, Height = 900 } });
        await page.Page.Locator("#own summary").ClickAsync();
        string rows = string.Concat(Enumerable.Range(0, 90).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{i % 3 * 10 + i % 4};{i % 5};{i % 7 / 2.0};{new[] { "low", "middle", "high" }[i % 3]}\n")));
        await page.Page.Locator("#csv").FillAsync("length;width;depth;kind\n" + rows);
        await page.Page.Locator("#csv-read").ClickAsync();
        await Expect(page.Page.Locator("#csv-says")).ToContainTextAsync("90 rows of 4 columns, semicolons between them");
        await Expect(page.Page.Locator("#csv-says")).ToContainTextAsync("The target is 'kind', 3 classes.");
        await Expect(page.Page.Locator(".node--own")).ToHaveCountAsync(3);
        Assert.Equal(["high", "low", "middle"], await page.Page.Locator("#classes-legend li").AllInnerTextsAsync());
        await page.Page.SelectOptionAsync("#learningRate", "0.1");
        await page.Page.Locator("#play").ClickAsync();
        await Expect(page.Page.Locator("#test-accuracy")).ToHaveTextAsync("100.0 %");
        await page.Page.Locator("#play").ClickAsync();
        await page.Page.SelectOptionAsync("#mapX", "3");
        await page.Page.WaitForFunctionAsync("() => location.hash.includes('mapX=3')");
        await Expect(page.Epoch).Not.ToHaveTextAsync("0"); // only the view changed
        await page.PictureAsync("playground-table");

        // Another target.
        await page.Page.Locator("#target").SelectOptionAsync("depth");
        await Expect(page.Page.Locator("#problem")).ToHaveValueAsync("regression");
        await Expect(page.Page.Locator("#csv-says")).ToContainTextAsync("a number: 0 became −1 and 3 became 1");
        Assert.Equal(390, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_large_file_is_sampled_and_the_page_says_that_the_link_does_not_hold_it()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium);
        string rows = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i % 97},{i % 89},{(i % 2 == 0 ? "α" : "β")}\n"));
        await page.Page.Locator("#csv-file").SetInputFilesAsync(new FilePayload { Name = "large.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(rows) });
        await Expect(page.Page.Locator("#csv-says")).ToContainTextAsync("Of 100,000 rows a sample of 2,000 was taken");
        await Expect(page.Page.Locator("#own-kept")).ToBeVisibleAsync();
        await page.Page.Locator("#link").ClickAsync();
        await Expect(page.Note).ToContainTextAsync("your points are too many for it");
        await page.Page.ReloadAsync();
        await Expect(page.Note).ToContainTextAsync("The link does not hold its points");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_bad_table_is_explained_and_the_page_works()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium);
        await page.Page.Locator("#own summary").ClickAsync();
        await page.Page.Locator("#csv").FillAsync("x,y,class\n1,2,a\n2,3,a\n");
        await page.Page.Locator("#csv-read").ClickAsync();
        await Expect(page.Page.Locator("#csv-says")).ToContainTextAsync("All rows say 'a' in the column 'class'");
        await page.Page.Locator("#target").SelectOptionAsync("y"); // as it says: another target
        await Expect(page.Page.Locator("#problem")).ToHaveValueAsync("regression");
        await page.Button("Step").ClickAsync();
        await Expect(page.Epoch).ToHaveTextAsync("1");
        Assert.Empty(page.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Each_class_has_an_output_and_a_colour(ColorScheme scheme, int width)
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, "#dataset=blobs&classes=4&networkShape=6&optimizer=adam&learningRate=0.03", new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        for (int i = 0; i < 30; i++) await page.Page.Keyboard.PressAsync("s");
        await Expect(page.Epoch).ToHaveTextAsync("30");
        await Expect(page.Page.Locator("#test-accuracy")).ToHaveTextAsync("100.0 %");
        Assert.Equal(["class 1", "class 2", "class 3", "class 4"], await page.Page.Locator("#classes-legend li").AllInnerTextsAsync());
        Assert.Equal(4, await page.Page.Locator(".node--class").CountAsync());
        Assert.Equal((2 * 6) + (6 * 4), await page.Page.Locator(".edges path").CountAsync());
        await Expect(page.Page.Locator("#loss")).ToBeDisabledAsync();

        // The borders of the map beyond the four clouds have the four colours of the legend.
        bool right = await page.Page.EvaluateAsync<bool>("""
            () => [[300, 20], [580, 300], [300, 580], [20, 300]].every(([x, y], index) => {
              const dot = document.getElementById('map').getContext('2d').getImageData(x, y, 1, 1).data;
              const colour = getComputedStyle(document.querySelectorAll('.swatch')[index]).backgroundColor.match(/\d+/g).map(Number);
              return colour.every((value, c) => Math.abs(value - dot[c]) < 25);
            })
            """);
        Assert.True(right);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "The output of class 3" }).ClickAsync();
        await Expect(page.Page.Locator("#output-title")).ToHaveTextAsync("The output of class 3");
        await Expect(page.Page.Locator("#neuron-title")).ToHaveTextAsync("The output of class 3");
        Assert.Empty(page.Errors);
        await page.PictureAsync($"playground-classes-{scheme}");
        if (width < 500) Assert.Equal(width, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }
}
