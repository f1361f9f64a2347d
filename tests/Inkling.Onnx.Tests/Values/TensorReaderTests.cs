using System.Runtime.InteropServices;

namespace Inkling.Onnx.Tests.Values;

public sealed class TensorReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_type_is_read_from_raw_bytes()
    {
        OnnxValue[] values =
        [
            OnnxValue.Create([2], new[] { 1.5f, float.NaN }), OnnxValue.Create([2], new[] { 1.5, -2 }), OnnxValue.Create([1], new[] { (Half)1.5f }),
            OnnxValue.Create([1], new[] { (BFloat16)(-2.5f) }), OnnxValue.Create([2], new sbyte[] { -128, 127 }), OnnxValue.Create([1], new short[] { -300 }),
            OnnxValue.Create([1], new[] { int.MinValue }), OnnxValue.Create([1], new[] { long.MinValue }), OnnxValue.Create([1], new byte[] { 255 }),
            OnnxValue.Create([1], new ushort[] { 65535 }), OnnxValue.Create([1], new[] { uint.MaxValue }), OnnxValue.Create([1], new[] { ulong.MaxValue }),
            OnnxValue.Create([2], new[] { true, false }), OnnxValue.Create([2], new[] { "naïve", "" }), OnnxValue.Create([0, 3], Array.Empty<float>()), OnnxValue.Scalar(7L),
        ];
        foreach (OnnxValue value in values)
        {
            OnnxValue read = Load(ModelBuilder.Tensor(value));

            Assert.Equal(value.ToString(), read.ToString());
            Assert.Equal(value.Type, read.Type);
        }
    }

    [Fact]
    public void Every_field_of_typed_values_is_read()
    {
        Assert.Equal([1.5f, -2], Load(new Wire().Int(1, 2).Int(2, 1).Single(4, 1.5f).Single(4, -2)).Values<float>());
        Assert.Equal([1.5f, -2], Load(new Wire().Int(1, 2).Int(2, 1).Bytes(4, MemoryMarshal.AsBytes([1.5f, -2f]))).Values<float>());
        Assert.Equal([0.25], Load(new Wire().Int(1, 1).Int(2, 11).Bytes(10, MemoryMarshal.AsBytes([0.25]))).Values<double>());
        Assert.Equal([-3, 4], Load(new Wire().Int(1, 2).Int(2, 6).Packed(5, -3, 4)).Values<int>());
        Assert.Equal([(sbyte)-3], Load(new Wire().Int(1, 1).Int(2, 3).Int(5, -3)).Values<sbyte>());
        Assert.Equal([true, false], Load(new Wire().Int(1, 2).Int(2, 9).Packed(5, 1, 0)).Values<bool>());
        Assert.Equal([(Half)1.5f], Load(new Wire().Int(1, 1).Int(2, 10).Int(5, BitConverter.HalfToUInt16Bits((Half)1.5f))).Values<Half>());
        Assert.Equal([-9L], Load(new Wire().Int(1, 1).Int(2, 7).Int(7, -9)).Values<long>());
        Assert.Equal([uint.MaxValue], Load(new Wire().Int(1, 1).Int(2, 12).Int(11, uint.MaxValue)).Values<uint>());
        Assert.Equal([ulong.MaxValue], Load(new Wire().Int(1, 1).Int(2, 13).Int(11, -1)).Values<ulong>());
    }

    [Fact]
    public void Any_byte_but_zero_is_true() =>
        Assert.Equal([false, true, true], Load(new Wire().Int(1, 3).Int(2, 9).Bytes(9, [0, 2, 255])).Values<bool>());

    [Fact]
    public void Values_that_do_not_fit_the_shape_are_told_before_memory_is_taken()
    {
        // 2 billion elements are announced, 4 bytes are there.
        OnnxException error = Assert.Throws<OnnxException>(() => Load(new Wire().Int(1, 2_000_000_000).Int(2, 1).Text(8, "w").Bytes(9, new byte[4])));
        Assert.Contains("'w' has 4 bytes of values where float [2000000000] needs 8000000000", error.Message, StringComparison.Ordinal);

        error = Assert.Throws<OnnxException>(() => Load(new Wire().Int(1, 2).Int(2, 7).Int(7, 1)));
        Assert.Contains("has 1 values where int64 [2] needs 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<OnnxException>(() => Load(new Wire().Int(1, -1).Int(2, 1)));
        Assert.Throws<OnnxException>(() => Load(new Wire().Packed(1, 1 << 30, 1 << 30, 1 << 30, 1 << 30).Int(2, 1)));
    }

    [Fact]
    public void An_unknown_type_is_unsupported() =>
        Assert.Contains("element type 17", Assert.Throws<OnnxUnsupportedException>(() => Load(new Wire().Int(2, 17))).Message, StringComparison.Ordinal);

    [Fact]
    public void External_values_are_read_from_the_folder_of_the_model()
    {
        File.WriteAllBytes(Path.Combine(_folder, "w.bin"), [.. new byte[8], .. MemoryMarshal.AsBytes([1.5f, -2f])]);

        Assert.Equal([1.5f, -2], LoadExternal("w.bin", ("offset", "8"), ("length", "8")).Values<float>());
    }

    [Theory]
    [InlineData("../w.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("sub/../../w.bin")]
    [InlineData("")]
    public void External_values_elsewhere_are_refused(string location)
    {
        OnnxException error = Assert.Throws<OnnxException>(() => LoadExternal(location));

        Assert.Contains("refused", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void External_values_behind_a_link_are_refused()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "link.bin"), "/etc/hostname");

        Assert.Contains("refused", Assert.Throws<OnnxException>(() => LoadExternal("link.bin")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void External_values_that_are_missing_or_too_few_are_told()
    {
        Assert.Contains("none.bin", Assert.Throws<OnnxException>(() => LoadExternal("none.bin")).Message, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(_folder, "short.bin"), new byte[5]);
        Assert.Contains("needs 8 bytes", Assert.Throws<OnnxException>(() => LoadExternal("short.bin")).Message, StringComparison.Ordinal);
        Assert.Contains("announces 3 bytes", Assert.Throws<OnnxException>(() => LoadExternal("short.bin", ("length", "3"))).Message, StringComparison.Ordinal);
        Assert.Contains("which is not a number", Assert.Throws<OnnxException>(() => LoadExternal("short.bin", ("offset", "-1"))).Message, StringComparison.Ordinal);
    }

    private OnnxValue LoadExternal(string location, params (string Key, string Value)[] entries)
    {
        Wire tensor = new Wire().Int(1, 2).Int(2, 1).Text(8, "w").Int(14, 1);
        foreach ((string key, string value) in (IEnumerable<(string, string)>)[("location", location), .. entries])
            tensor.Message(13, new Wire().Text(1, key).Text(2, value));
        return Load(tensor);
    }

    private OnnxValue Load(Wire tensor)
    {
        string file = Path.Combine(_folder, "tensor.pb");
        File.WriteAllBytes(file, tensor.ToArray());
        return OnnxTensorFile.Load(file);
    }
}
