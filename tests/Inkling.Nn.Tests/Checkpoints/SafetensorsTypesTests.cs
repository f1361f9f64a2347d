using System.Buffers.Binary;
using System.Text;
using Inkling.Nn.Checkpoints;

namespace Inkling.Nn.Tests.Checkpoints;

/// <summary>Every element type of the format, and headers that its reference implementation refuses.</summary>
public sealed class SafetensorsTypesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-types-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "file.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_type_has_a_name_of_its_own_and_is_read_as_bytes()
    {
        SafetensorsType[] types = Enum.GetValues<SafetensorsType>();
        Assert.Equal(22, types.Length);
        Assert.Equal(types.Length, types.Select(SafetensorsTypes.Spell).Distinct().Count());
        foreach (SafetensorsType type in types)
        {
            byte[] data = [.. Enumerable.Range(0, SafetensorsTypes.BitsOf(type)).Select(i => (byte)(i % 2))];   // 8 elements
            Write($$$"""{"t":{"dtype":"{{{SafetensorsTypes.Spell(type)}}}","shape":[2,4],"data_offsets":[0,{{{data.Length}}}]}}""", data);
            using SafetensorsFile file = SafetensorsFile.Open(Path);
            Assert.Equal((type, 8L), (file["t"].Type, file["t"].Count));
            Assert.Equal(data, file.ReadRaw("t"));
        }
    }

    [Fact]
    public void Whole_numbers_truth_values_and_wide_ones_come_back_bit_for_bit()
    {
        SafetensorsWriter writer = new();
        writer.Add<double>("F64", [2], new[] { Math.PI, double.NegativeInfinity });
        writer.Add<Half>("F16", [2], new[] { (Half)1.5, Half.NaN });
        writer.Add<long>("I64", [2], new[] { long.MinValue, 9_007_199_254_740_993 });
        writer.Add<ulong>("U64", [1], new[] { ulong.MaxValue });
        writer.Add<uint>("U32", [1], new[] { uint.MaxValue });
        writer.Add<short>("I16", [2], new short[] { -32768, 7 });
        writer.Add<ushort>("U16", [1], new ushort[] { 65535 });
        writer.Add<bool>("BOOL", [3], new[] { true, false, true });
        writer.Save(Path);
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.All(file.Entries, entry => Assert.Equal(entry.Name, SafetensorsTypes.Spell(entry.Type)));
        Assert.Equal([Math.PI, double.NegativeInfinity], file.Read<double>("F64"));
        Assert.Equal([(Half)1.5, Half.NaN], file.Read<Half>("F16"));
        Assert.Equal([long.MinValue, 9_007_199_254_740_993], file.Read<long>("I64"));
        Assert.Equal([ulong.MaxValue], file.Read<ulong>("U64"));
        Assert.Equal([uint.MaxValue], file.Read<uint>("U32"));
        Assert.Equal([-32768, 7], file.Read<short>("I16"));
        Assert.Equal([65535], file.Read<ushort>("U16"));
        Assert.Equal([true, false, true], file.Read<bool>("BOOL"));
        Assert.Contains("read as Int64, not as Int32", Assert.Throws<CheckpointException>(() => file.Read<int>("I64")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => writer.Add<char>("x", [1], new[] { 'x' }));
    }

    [Fact]
    public void A_truth_value_that_is_neither_is_refused()
    {
        Write("""{"t":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}""", [1, 0, 2]);
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.Contains("position 2", Assert.Throws<CheckpointException>(() => file.Read<bool>("t")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Complex_numbers_are_pairs()
    {
        byte[] data = new byte[16];
        foreach ((int i, float value) in ((float[])[1.5f, -2, 0, 4]).Index()) BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4 * i), value);
        Write("""{"t":{"dtype":"C64","shape":[2],"data_offsets":[0,16]}}""", data);
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.Equal([new(1.5, -2), new(0, 4)], file.ReadComplex("t"));
        Assert.Contains("ReadComplex", Assert.Throws<CheckpointException>(() => file.Read<float>("t")).Message, StringComparison.Ordinal);
    }

    // From the tables of values in the formats' papers: largest, smallest normal, smallest, one, minus two.
    [Theory]
    [InlineData("F8_E4M3", new byte[] { 0x7E, 0x08, 0x01, 0x38, 0xC0, 0x80 }, new[] { 448, 0.015625f, 0.001953125f, 1, -2, -0f })]
    [InlineData("F8_E5M2", new byte[] { 0x7B, 0x04, 0x01, 0x3C, 0xC0, 0x80 }, new[] { 57344, 6.103515625e-5f, 1.52587890625e-5f, 1, -2, -0f })]
    [InlineData("F8_E4M3FNUZ", new byte[] { 0x7F, 0x08, 0x01, 0x40, 0xC8, 0x00 }, new[] { 240, 0.0078125f, 0.0009765625f, 1, -2, 0 })]
    [InlineData("F8_E5M2FNUZ", new byte[] { 0x7F, 0x04, 0x01, 0x40, 0xC4, 0x00 }, new[] { 57344, 3.0517578125e-5f, 7.62939453125e-6f, 1, -2, 0 })]
    [InlineData("F8_E8M0", new byte[] { 127, 128, 126, 0, 254, 130 }, new[] { 1, 2, 0.5f, 5.877471754111438e-39f, 1.7014118346046923e38f, 8 })]
    public void Eight_bits_are_widened(string type, byte[] data, float[] expected)
    {
        Write($$$"""{"t":{"dtype":"{{{type}}}","shape":[6],"data_offsets":[0,6]}}""", data);
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), file.ReadSingles("t").Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(data, file.Read<byte>("t"));
    }

    [Theory]
    [InlineData("F8_E4M3", 0x7F)]
    [InlineData("F8_E5M2", 0x7C)]
    [InlineData("F8_E4M3FNUZ", 0x80)]
    [InlineData("F8_E5M2FNUZ", 0x80)]
    [InlineData("F8_E8M0", 0xFF)]
    public void What_is_no_number_is_refused_as_a_weight(string type, int bits)
    {
        Write($$$"""{"t":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,1]}}""", [(byte)bits]);
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.Throws<CheckpointException>(() => file.ReadSingles("t"));
    }

    [Fact]
    public void Doubles_are_rounded_to_weights()
    {
        SafetensorsWriter writer = new();
        writer.Add<double>("w", [2], new[] { Math.PI, -1e-300 });
        writer.Add<double>("large", [1], new[] { 1e300 });
        writer.Save(Path);
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.Equal([(float)Math.PI, 0], file.ReadSingles("w"));
        Assert.Throws<CheckpointException>(() => file.ReadSingles("large"));
    }

    [Fact]
    public void Models_are_written_with_16_bits_and_read_back_rounded()
    {
        Sequential model = new Sequential(new Linear(40, 30)).Build(seed: 1), back = new Sequential(new Linear(40, 30)).Build(seed: 2);
        float[] values = model.Parameters.Values.ToArray();
        foreach ((SafetensorsType type, double error) in ((SafetensorsType, double)[])[(SafetensorsType.F16, 1.0 / 2048), (SafetensorsType.BF16, 1.0 / 256)])
        {
            ModelCheckpoint.Save(Path, model.Parameters, type: type);
            ModelCheckpoint.Load(Path, back.Parameters);
            for (int i = 0; i < values.Length; i++) Assert.Equal(values[i], back.Parameters.Values[i], Math.Abs(values[i]) * error + 1e-7);
            Assert.NotEqual(values, back.Parameters.Values.ToArray());
            using SafetensorsFile file = SafetensorsFile.Open(Path);
            Assert.Equal(2 * file["0.weight"].Count, file.ReadRaw("0.weight").Length);
        }
    }

    [Theory]
    [InlineData(1.00390625f, 0x3F80)]      // half way between 1 and the next: to the even one
    [InlineData(1.01171875f, 0x3F82)]      // half way, the even one is above
    [InlineData(1.0039064f, 0x3F81)]
    [InlineData(-2f, 0xC000)]
    public void Sixteen_bits_are_the_nearest(float value, int bits)
    {
        SafetensorsWriter writer = new();
        writer.Add("w", [1], () => new[] { value }, SafetensorsType.BF16);
        writer.Save(Path);
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        Assert.Equal([(ushort)bits], file.Read<ushort>("w"));
    }

    [Fact]
    public void What_is_too_large_for_16_bits_is_refused_before_anything_is_written()
    {
        SafetensorsWriter writer = new();
        writer.Add("w", [1], () => new[] { 70000f }, SafetensorsType.F16);
        Assert.Contains("'w'", Assert.Throws<CheckpointException>(() => writer.Save(Path)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
        Assert.Throws<ArgumentException>(() => writer.Add("v", [1], () => new[] { 1f }, SafetensorsType.I8));
    }

    // What the tests of the reference implementation refuse, one kind each.
    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}""", 16, "overlaps")]
    [InlineData("""{"t":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}""", 50, "follow")]
    [InlineData("""{"t":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}""", 14, "truncated")]
    [InlineData("""{"t":{"dtype":"I32","shape":[2,2],"data_offsets":[0,4]}}""", 4, "needs 16 bytes and has 4")]
    [InlineData("""{"t":{"dtype":"I32","shape":[2,18446744073709551614],"data_offsets":[0,16]}}""", 16, "too large")]
    [InlineData("""{"t":{"dtype":"I32","shape":[2,4294967296,4294967296],"data_offsets":[0,16]}}""", 16, "axis of 4294967296")]
    [InlineData("""{"t":{"dtype":"F64","shape":[2147483647,2147483647,2],"data_offsets":[0,16]}}""", 16, "header")]
    [InlineData("""{"t":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}""", 1, "ends within a byte")]
    [InlineData("""{"t":{"dtype":"F6_E2M3","shape":[2],"data_offsets":[0,1]}}""", 1, "ends within a byte")]
    [InlineData(""" {"t":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}""", 4, "begin with {")]
    [InlineData("""x{"t":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}""", 4, "begin with {")]
    [InlineData("", 0, "begin with {")]
    [InlineData("{", 0, "header")]
    [InlineData("{\"\xFF\":3}", 0, "header")]
    [InlineData("""{"t":{"dtype":"I32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "whole number")]
    [InlineData("""{"t":{"dtype":"I32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "data_offsets")]
    [InlineData("""{"t":{"dtype":"I32","shape":[1],"data_offsets":[-4,0]}}""", 4, "data_offsets")]
    [InlineData("""{"t":{"dtype":"I32","shape":[1]}}""", 4, "data_offsets")]
    [InlineData("""{"__metadata__":{"a":3},"t":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}""", 4, "String")]
    [InlineData("""{"t":{"dtype":"i32","shape":[1],"data_offsets":[0,4]}}""", 4, "'i32'")]
    public void What_the_reference_refuses_is_refused(string header, int bytes, string word)
    {
        Write(header, new byte[bytes]);
        CheckpointException error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(Path).Dispose());
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Contains(Path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0x3C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF }, "announces a header")]      // far too large
    [InlineData(new byte[] { 0x3C, 0, 0, 0, 0, 0, 0, 0, 0x7B }, "truncated")]
    [InlineData(new byte[] { 0x3C, 0, 0 }, "truncated")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0xFF }, "begin with {")]                   // no UTF-8
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0xFF }, "header")]
    public void Lengths_that_cannot_be_are_refused(byte[] file, string word)
    {
        File.WriteAllBytes(Path, file);
        Assert.Contains(word, Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(Path).Dispose()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"t":{"dtype":"I32","shape":[2,0],"data_offsets":[0,0]}}""", 0)]
    [InlineData("""{}      """, 0)]
    [InlineData("""{"__metadata__":{"framework":"pt"}}     """, 0)]
    public void What_the_reference_accepts_is_accepted(string header, int bytes)
    {
        Write(header, new byte[bytes]);
        SafetensorsFile.Open(Path).Dispose();
    }

    private void Write(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(Path, [.. length, .. text, .. data]);
    }
}
