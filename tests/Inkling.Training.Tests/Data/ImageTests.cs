using Inkling.Golden;
using Inkling.Training.Data;

namespace Inkling.Training.Tests.Data;

/// <summary>Image files, against what Pillow reads from them (tests/golden/images.py).</summary>
public sealed class ImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-images-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_kind_of_file_gives_the_pixels_that_Pillow_reads()
    {
        using GoldenFamily golden = GoldenFamily.Open("images");
        foreach (string name in golden.Cases)
        {
            RasterImage image = Decode(Bytes(golden, name));
            int[] shape = golden.Shape(name, "out.pixels");
            Assert.True(shape.SequenceEqual([image.Height, image.Width, image.Channels]), $"{name}: {image.Height} × {image.Width} × {image.Channels}, golden {string.Join(" × ", shape)}");
            Assert.True(golden.Integers(name, "out.pixels").Zip(image.Pixels).All(pair => pair.First == pair.Second), $"{name}: pixels differ");
        }

        Assert.Equal(24, golden.Cases.Count());
    }

    [Fact]
    public void Colour_becomes_grey_and_sizes_change_as_in_Pillow()
    {
        using GoldenFamily golden = GoldenFamily.Open("images");
        RasterImage image = Decode(Bytes(golden, "resize"));
        Assert.Equal(golden.Integers("resize", "out.grey"), image.WithChannels(1).Pixels.Select(value => (int)value));
        Near(golden.Integers("resize", "out.smaller"), image.Resize(10, 9));
        Near(golden.Integers("resize", "out.larger"), image.Resize(40, 50));

        // Pillow rounds between the two directions.
        static void Near(int[] expected, RasterImage ours) => Assert.All(expected.Zip(ours.Pixels), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_is_written_is_read_back(int channels)
    {
        RasterImage image = new(5, 3, channels, [.. Enumerable.Range(0, 15 * channels).Select(i => (byte)(i * 37))]);
        RasterImage again = PngFile.Decode(PngFile.Encode(image));
        Assert.Equal((image.Width, image.Height, image.Channels), (again.Width, again.Height, again.Channels));
        Assert.Equal(image.Pixels, again.Pixels);
        Assert.Equal(channels is 2 or 4 ? image.Pixels[channels - 1] : 255, image.WithChannels(4).Pixels[3]);
    }

    [Fact]
    public void Damage_anywhere_in_a_png_is_noticed()
    {
        using GoldenFamily golden = GoldenFamily.Open("images");
        byte[] whole = Bytes(golden, "rgb8");
        for (int length = 0; length < whole.Length; length += 7) Assert.Throws<InvalidDataException>(() => PngFile.Decode(whole.AsSpan(0, length)));
        for (int at = 8; at < whole.Length; at += 5)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => PngFile.Decode(damaged));
        }

        foreach (string name in (string[])["pgm", "ppm", "pbm", "pgmtext", "ppmtext", "pbmtext"])
        {
            byte[] text = Bytes(golden, name);
            for (int length = 0; length < text.Length - 4; length += 3) Assert.Throws<InvalidDataException>(() => PnmFile.Decode(text.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Folders_are_classes()
    {
        Save("cat/b.png", new RasterImage(2, 1, 1, [0, 255]));
        Save("cat/deep/a.png", new RasterImage(2, 1, 3, [255, 0, 0, 0, 0, 255]));
        Save("ant/z.PNG", new RasterImage(2, 1, 1, [51, 102]));
        File.WriteAllText(Path.Combine(_folder, "ant", "notes.txt"), "not an image");
        ImageFolder data = new(_folder, new ImageFolderOptions { Mean = [0.5f], Deviation = [0.5f] });
        Assert.Equal(["ant", "cat"], data.Classes);
        Batch batch = new DataLoader(data).Epoch(0).First();
        Assert.Equal([3, 3, 1, 2], batch["image"].Shape.ToArray());
        Assert.Equal([0, 1, 1], batch["class"].Integers.ToArray());
        Assert.Equal([-0.6f, -0.2f, -0.6f, -0.2f, -0.6f, -0.2f], batch["image"].Numbers[..6].ToArray().Select(value => MathF.Round(value, 5)));
        Assert.Equal([1, -1, -1, -1, -1, 1], batch["image"].Numbers[12..].ToArray()); // red, then blue, channel by channel
        Assert.Equal([3, 1, 2, 4], new DataLoader(new ImageFolder(_folder, new ImageFolderOptions { Channels = 1, Size = (2, 4) })).Epoch(0).First()["image"].Shape.ToArray());
    }

    [Fact]
    public void An_image_that_does_not_fit_is_named()
    {
        Save("a/1.png", new RasterImage(2, 1, 1, [0, 255]));
        Save("a/2.png", new RasterImage(1, 1, 1, [7]));
        File.WriteAllText(Path.Combine(_folder, "a", "3.pgm"), "P9 nonsense");
        DataLoader loader = new(new ImageFolder(_folder), new LoaderOptions { BatchSize = 1 });
        Assert.Contains("2.png' (item 1) failed: it has 1 × 1 pixels, the first image 2 × 1", Assert.Throws<DataSetException>(() => loader.Epoch(0).Count()).Message, StringComparison.Ordinal);
        DataLoader third = new(new ImageFolder(_folder).Where(item => item == 2));
        Assert.Contains("3.pgm", Assert.Throws<DataSetException>(() => third.Epoch(0).Count()).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => new ImageFolder(Path.Combine(_folder, "none")));
        Assert.Throws<InvalidDataException>(() => new ImageFolder(Path.Combine(_folder, "a")));
    }

    private void Save(string name, RasterImage image)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngFile.Encode(image));
    }

    private static RasterImage Decode(byte[] bytes) => PngFile.IsPng(bytes) ? PngFile.Decode(bytes) : PnmFile.Decode(bytes);

    private static byte[] Bytes(GoldenFamily golden, string name) => [.. golden.Integers(name, "in.file").Select(value => (byte)value)];
}
