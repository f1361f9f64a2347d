using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Inkling.Training.Data;
using Inkling.Training.Logs;

namespace Inkling.Training.Tests.Logs;

/// <summary>Event files, byte by byte and through an independent reader.</summary>
public sealed class TensorBoardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-board-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_record_is_what_the_format_says_byte_by_byte()
    {
        string path;
        using (TensorBoardWriter writer = new(_folder, new Fixed(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero))))
        {
            path = writer.Path;
            writer.Scalar("loss", 300, 0.5);
        }

        byte[] wall = [0x09, 0x00, 0x00, 0x00, 0x40, 0xF8, 0x82, 0xD7, 0x41]; // field 1, 64 bits: 1577836800.0
        Assert.Equal(1577836800.0, BitConverter.ToDouble(wall, 1));
        byte[] version = [.. wall, 0x1A, 13, .. "brain.Event:2"u8];           // field 3, 13 bytes
        byte[] value = [0x0A, 4, .. "loss"u8, 0x15, 0, 0, 0, 0x3F];           // field 1, 4 bytes; field 2, 32 bits: 0.5
        byte[] scalar = [.. wall, 0x10, 0xAC, 0x02, 0x2A, 13, 0x0A, 11, .. value]; // field 2: 300; field 5, 13 bytes; in it field 1, 11 bytes
        Assert.Equal([.. Record(version), .. Record(scalar)], File.ReadAllBytes(path));
        Assert.StartsWith("events.out.tfevents.1577836800.", Path.GetFileName(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("123456789", 0xE3069283)] // the check value of CRC-32C
    [InlineData("", 0u)]
    public void The_reference_checksum_is_the_right_one(string text, uint expected) => Assert.Equal(expected, Crc(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Thirty_two_zeros_and_ones_have_the_checksums_of_the_standard()
    {
        Assert.Equal(0x8A9136AAu, Crc(new byte[32])); // RFC 3720, B.4
        Assert.Equal(0x62A8AB43u, Crc([.. Enumerable.Repeat((byte)0xFF, 32)]));
    }

    [Fact]
    public void An_independent_reader_finds_everything()
    {
        RasterImage image = new(2, 1, 3, [255, 0, 0, 0, 0, 255]);
        using (TensorBoardWriter writer = new(_folder))
        {
            writer.Scalar("loss/training", 0, 0);
            writer.Scalar("loss/training", 1, double.NaN);
            writer.Scalar("loss/training", 5_000_000_000, -1.25);
            writer.Text("notes", 2, "**größer** " + new string('x', 300));
            writer.Histogram("weights", 3, [-1, 0, 0.5f, 2, float.NaN]);
            writer.Histogram("constant", 3, [7, 7]);
            writer.Image("sample", 4, image);
        }

        JsonElement[] events = [.. Read(Directory.GetFiles(_folder).Single()).EnumerateArray()];
        Assert.Equal("brain.Event:2", events[0].GetProperty("file_version").GetString());
        Assert.Equal([(0, "0"), (1, "NaN"), (5_000_000_000, "-1.25")], events[1..4].Select(e => (e.GetProperty("step").GetInt64(), e.GetProperty("scalar").GetString()!)));
        Assert.Equal("loss/training", events[1].GetProperty("tag").GetString());
        Assert.StartsWith("**größer**", events[4].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("text", events[4].GetProperty("plugin").GetString());
        JsonElement histogram = events[5].GetProperty("histogram");
        Assert.Equal([-1, 2, 4, 1.5, 5.25], ((string[])["min", "max", "num", "sum", "sum_squares"]).Select(name => histogram.GetProperty(name).GetDouble()));
        double[] counts = [.. histogram.GetProperty("bucket").EnumerateArray().Select(e => e.GetDouble())], limits = [.. histogram.GetProperty("bucket_limit").EnumerateArray().Select(e => e.GetDouble())];
        Assert.Equal((4, 30, 1, 1), (counts.Sum(), limits.Length, counts[0], counts[29]));
        Assert.Equal(2, limits[^1]);
        Assert.Equal(limits.Order(), limits);
        Assert.Equal(2, events[6].GetProperty("histogram").GetProperty("bucket").EnumerateArray().Sum(e => e.GetDouble()));
        JsonElement picture = events[7].GetProperty("image");
        Assert.Equal((1, 2, 3), (picture.GetProperty("height").GetInt32(), picture.GetProperty("width").GetInt32(), picture.GetProperty("colorspace").GetInt32()));
        Assert.Equal(image.Pixels, PngFile.Decode(picture.GetProperty("png").GetBytesFromBase64()).Pixels);
    }

    [Fact]
    public void Two_writers_have_two_files()
    {
        Fixed time = new(DateTimeOffset.UnixEpoch);
        using TensorBoardWriter first = new(_folder, time), second = new(_folder, time);
        Assert.NotEqual(first.Path, second.Path);
        Assert.Throws<ArgumentException>(() => first.Scalar("", 1, 1));
    }

    private static byte[] Record(byte[] data)
    {
        byte[] length = BitConverter.GetBytes((long)data.Length);
        return [.. length, .. BitConverter.GetBytes(Masked(length)), .. data, .. BitConverter.GetBytes(Masked(data))];
    }

    private static uint Masked(byte[] bytes)
    {
        uint crc = Crc(bytes);
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;
    }

    /// <summary>Bit by bit, from the polynomial.</summary>
    private static uint Crc(byte[] bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
        }

        return ~crc;
    }

    private static JsonElement Read(string path)
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "Inkling.slnx"))) root = Path.GetDirectoryName(root);
        ProcessStartInfo start = new("python3", [Path.Combine(root ?? ".", "tests", "peers", "tfevents_reader.py"), path]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            if ((Environment.GetEnvironmentVariable("INKLING_REQUIRE") ?? "").Split(',').Contains("python3")) throw;
            Assert.Skip("python3 is not installed.");
        }

        using (process)
        {
            Task<string> errors = process!.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.Result);
            return JsonDocument.Parse(output).RootElement;
        }
    }

    private sealed class Fixed(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
