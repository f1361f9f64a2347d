using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Inkling.Nn.Checkpoints;

namespace Inkling.Nn.Tests.Checkpoints;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("inkling-safetensors-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string File(string name = "weights.safetensors") => Path.Combine(folder, name);

    private string WriteSample()
    {
        SafetensorsWriter writer = new();
        writer.Metadata["version"] = "1";
        writer.Metadata["note"] = "naïve \"quotes\" ✓";
        writer.Add("bytes", [3], new byte[] { 0, 7, 255 });
        writer.Add("scale", [2], new[] { 0.5f, -1.25f });
        writer.Add("quantised", [3, 1], new sbyte[] { -128, 0, 127 });
        writer.Add("steps", [], new[] { 123456789 });
        writer.Add("matrix", [2, 3], new[] { 1f, 2, 3, 4, 5, 6.5f });
        writer.Add("nothing", [0, 4], Array.Empty<float>());
        writer.Save(File());
        return File();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_written_is_read_back(bool memoryMapped)
    {
        using SafetensorsFile file = SafetensorsFile.Open(WriteSample(), memoryMapped);
        Assert.Equal("naïve \"quotes\" ✓", file.Metadata["note"]);
        Assert.Equal([1f, 2, 3, 4, 5, 6.5f], file.ReadSingles("matrix"));
        Assert.Equal([2, 3], file["matrix"].Shape);
        sbyte[] quantised = new sbyte[3];
        file.ReadSBytes("quantised", [3, 1], quantised);
        Assert.Equal(new sbyte[] { -128, 0, 127 }, quantised);
        int[] steps = new int[1];
        file.ReadInt32s("steps", [], steps);
        Assert.Equal(123456789, steps[0]);
        byte[] bytes = new byte[3];
        file.ReadBytes("bytes", [3], bytes);
        Assert.Equal(new byte[] { 0, 7, 255 }, bytes);
        Assert.Empty(file.ReadSingles("nothing"));
    }

    [Fact]
    public void A_plain_reader_of_the_specification_reads_it()
    {
        string script = Path.Combine(RepositoryRoot(), "tests", "peers", "safetensors_reader.py");
        using JsonDocument read = RunPython(script, WriteSample());
        JsonElement tensors = read.RootElement.GetProperty("tensors");
        Assert.Equal("naïve \"quotes\" ✓", read.RootElement.GetProperty("metadata").GetProperty("note").GetString());
        Assert.Equal("[1.0, 2.0, 3.0, 4.0, 5.0, 6.5]", tensors.GetProperty("matrix").GetProperty("values").GetRawText());
        Assert.Equal("[2, 3]", tensors.GetProperty("matrix").GetProperty("shape").GetRawText());
        Assert.Equal("[-128, 0, 127]", tensors.GetProperty("quantised").GetProperty("values").GetRawText());
        Assert.Equal("I8", tensors.GetProperty("quantised").GetProperty("dtype").GetString());
        Assert.Equal("[0, 7, 255]", tensors.GetProperty("bytes").GetProperty("values").GetRawText());
        Assert.Equal("[123456789]", tensors.GetProperty("steps").GetProperty("values").GetRawText());
        Assert.Equal("[]", tensors.GetProperty("nothing").GetProperty("values").GetRawText());
    }

    [Fact]
    public void Half_precision_is_widened()
    {
        byte[] data = new byte[8];
        BinaryPrimitives.WriteHalfLittleEndian(data, (Half)1.5f);
        BinaryPrimitives.WriteHalfLittleEndian(data.AsSpan(2), (Half)(-65504f));
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(4), 0x3FC0); // 1.5 as bfloat16
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(6), 0xC000); // -2
        WriteRaw("""{"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]}}""", data);
        using SafetensorsFile file = SafetensorsFile.Open(File());
        Assert.Equal([1.5f, -65504f], file.ReadSingles("h"));
        Assert.Equal([1.5f, -2f], file.ReadSingles("b"));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "follow")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3000000000],"data_offsets":[0,8]}}""", 8, "axis of 3000000000")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""", 8, "header")]
    [InlineData("""{"a":{"dtype":"F7","shape":[2],"data_offsets":[0,8]}}""", 8, "'F7'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", 8, "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "lacks")]
    [InlineData("""{"a":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}""", 8, "header")]
    [InlineData("""{"a": 3}""", 8, "header")]
    [InlineData("""[1, 2]""", 0, "header")]
    [InlineData("""{"a":""", 0, "header")]
    [InlineData("""{} x""", 0, "header")]
    public void A_broken_header_is_named(string header, int bytes, string word)
    {
        WriteRaw(header, new byte[bytes]);
        CheckpointException error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(File()).Dispose());
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Contains(File(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] whole = System.IO.File.ReadAllBytes(WriteSample());
        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File("cut"), whole[..length]);
            Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(File("cut")).Dispose());
        }
    }

    [Fact]
    public void A_flipped_header_byte_never_crashes()
    {
        byte[] whole = System.IO.File.ReadAllBytes(WriteSample());
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        for (int i = 0; i < 8 + header; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x15;
            System.IO.File.WriteAllBytes(File("flip"), damaged);
            try
            {
                SafetensorsFile.Open(File("flip")).Dispose();
            }
            catch (CheckpointException)
            {
                // Refused with the one error: that is what is asked. A changed name or note may pass.
            }
        }
    }

    [Fact]
    public void Values_that_are_not_finite_a_wrong_shape_type_or_name_are_refused()
    {
        SafetensorsWriter writer = new();
        writer.Add("w", [2], new[] { 1f, float.NaN });
        writer.Add("q", [1], new sbyte[] { 1 });
        writer.Save(File());
        using SafetensorsFile file = SafetensorsFile.Open(File());
        Assert.Contains("NaN at position 1", Assert.Throws<CheckpointException>(() => file.ReadSingles("w")).Message, StringComparison.Ordinal);
        Assert.Contains("[2], expected [1, 2]", Assert.Throws<CheckpointException>(() => file.ReadSingles("w", [1, 2], new float[2])).Message, StringComparison.Ordinal);
        Assert.Contains("of type I8", Assert.Throws<CheckpointException>(() => file.ReadSingles("q")).Message, StringComparison.Ordinal);
        Assert.Contains("no tensor 'x'. It has: w, q", Assert.Throws<CheckpointException>(() => file.ReadSingles("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_gives_one_clear_error()
    {
        CheckpointException error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(File("absent")).Dispose());
        Assert.Contains("absent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_save_leaves_the_old_file_and_no_rubbish()
    {
        WriteSample();
        byte[] before = System.IO.File.ReadAllBytes(File());
        Assert.Throws<CheckpointException>(() => AtomicFile.Write(File(), stream =>
        {
            stream.Write(new byte[100]);
            throw new IOException("No space left on device");
        }));
        Assert.Equal(before, System.IO.File.ReadAllBytes(File()));
        Assert.Single(Directory.GetFiles(folder));
    }

    private void WriteRaw(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] raw = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(raw, json.Length);
        json.CopyTo(raw, 8);
        data.CopyTo(raw, 8 + json.Length);
        System.IO.File.WriteAllBytes(File(), raw);
    }

    private static JsonDocument RunPython(string script, string argument)
    {
        ProcessStartInfo start = new("python3", [script, argument]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, process.StandardError.ReadToEnd());
            return JsonDocument.Parse(output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed.");
            throw;
        }
    }

    private static string RepositoryRoot()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !System.IO.File.Exists(Path.Combine(at, "Inkling.slnx"))) at = Path.GetDirectoryName(at);
        return at ?? throw new InvalidOperationException("The repository root was not found above the tests.");
    }
}
