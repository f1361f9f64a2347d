using System.Text.Json;
using System.Xml.Linq;
using Inkling.App.Studio.Playing;
using Inkling.Onnx;
using Microsoft.Playwright;

namespace Inkling.App.Tests.Studio;

/// <summary>The network leaves the playground: files and pictures.</summary>
[Collection("chromium")]
public sealed class LeavingTests(Chromium chromium)
{
    private const string Address = "#dataset=gauss&networkShape=3,2&sinX=true";

    [Fact]
    public async Task Files_and_pictures_are_saved_by_their_buttons()
    {
        await using PlaygroundPage page = await PlaygroundPage.OpenAsync(chromium, Address, new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        for (int i = 0; i < 5; i++) await page.Page.Keyboard.PressAsync("s");
        await Assertions.Expect(page.Epoch).ToHaveTextAsync("5");

        OnnxModel model = OnnxModel.Load(await SaveAsync(page, "ONNX", "network.onnx"), "network.onnx");
        Assert.Equal("inputs: float [points, 3]", model.Inputs[0].ToString());
        byte[] weights = await SaveAsync(page, "Weights (safetensors)", "network.safetensors");
        int length = BitConverter.ToInt32(weights);
        using JsonDocument header = JsonDocument.Parse(weights.AsMemory(8, length));
        Assert.Equal([3, 3], header.RootElement.GetProperty("0.weight").GetProperty("shape").EnumerateArray().Select(size => size.GetInt32()));

        byte[] svg = await SaveAsync(page, "Picture, SVG", "network.svg"), png = await SaveAsync(page, "Picture, PNG", "network.png");
        XDocument picture = XDocument.Parse(System.Text.Encoding.UTF8.GetString(svg));
        Assert.Equal((3 * 3) + (3 * 2) + 2, picture.Descendants().Count(element => element.Name.LocalName == "path"));
        Assert.Equal(3 + 3 + 2 + 1 + 1, picture.Descendants().Count(element => element.Name.LocalName == "image")); // inputs, neurons, output, the large map
        Assert.Contains(picture.Descendants(), element => element.Value.StartsWith("Epoch 5, training loss 0.", StringComparison.Ordinal));
        Assert.Contains("dataset=gauss", picture.Descendants().First(element => element.Name.LocalName == "desc").Value, StringComparison.Ordinal);
        Assert.Equal("\u0089PNG"u8[^3..].ToArray(), png[1..4]);
        int width = int.Parse(picture.Root!.Attribute("width")!.Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(2 * width, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        if (Environment.GetEnvironmentVariable("INKLING_PICTURES") is { } album)
        {
            await File.WriteAllBytesAsync(Path.Combine(album, "network.svg"), svg);
            await File.WriteAllBytesAsync(Path.Combine(album, "network.png"), png);
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(album, "leave.png"), FullPage = true });
        }

        Assert.Empty(page.Errors);
    }

    [Fact]
    public void A_kind_of_file_that_is_not_there_is_a_problem()
    {
        List<PlayingAnswer> told = [];
        using PlayingVisit visit = new("", (answer, _) => told.Add(answer));
        foreach (string verb in (string[])["leave/nothing", "leave/", "leave/onnx/../x"]) visit.Handle(new PlayingCommand { Do = verb });
        Assert.Equal(3, told.Count(answer => answer.Kind == "leave/problem"));
    }

    private static async Task<byte[]> SaveAsync(PlaygroundPage page, string button, string name)
    {
        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Button(button).ClickAsync());
        Assert.Equal(name, download.SuggestedFilename);
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }
}
