using CsCheck;
using Inkling.Onnx.Proto;

namespace Inkling.Onnx.Tests.Proto;

public sealed class ProtoReaderTests
{
    private static readonly byte[] s_model = new ModelBuilder(13)
        .Input("x", OnnxElementType.Float, "batch", 3)
        .Initializer("w", Op.Floats([3], 1, 2, 3))
        .Node("Mul", "x w", "m")
        .Node("Softmax", "m", "y", ("axis", -1))
        .Output("y", OnnxElementType.Float)
        .ToBytes();

    [Fact]
    public void Numbers_are_read_packed_and_one_by_one_and_below_zero()
    {
        Wire wire = new Wire().Int(1, 3).Packed(1, 4, -5, long.MaxValue).Int(1, long.MinValue);

        Assert.Equal([3, 4, -5, long.MaxValue, long.MinValue], Integers(wire));
    }

    [Fact]
    public void Fields_that_nobody_knows_are_passed_over()
    {
        Wire wire = new Wire().Int(900, 1).Single(901, 2).Text(902, "three").Key(903, 1).Varint(1).Varint(1).Varint(1).Varint(1).Varint(1).Varint(1).Varint(1).Varint(1).Int(1, 7);

        Assert.Equal([7], Integers(wire));
    }

    [Theory]
    [InlineData(new byte[] { 0x0A, 0x05, 0x01 }, "announces 5 bytes where 1 are left")]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x01 }, "announces 9223372036854775807 bytes")]
    [InlineData(new byte[] { 0x08, 0x80 }, "is cut off")]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "more than ten bytes")]
    [InlineData(new byte[] { 0x15, 0x01 }, "needs 4 bytes where 1 are left")]
    [InlineData(new byte[] { 0x0B }, "unknown wire type 3")]
    [InlineData(new byte[] { 0x00 }, "field number 0")]
    public void Damaged_bytes_are_told_with_field_and_place(byte[] bytes, string problem)
    {
        OnnxException error = Assert.Throws<OnnxException>(() => Integers(new ProtoReader(new ProtoSource("broken.onnx", bytes), "Numbers")));

        Assert.Contains("'broken.onnx'", error.Message, StringComparison.Ordinal);
        Assert.Contains("at byte 0, Numbers.", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_the_wrong_kind_is_named()
    {
        OnnxException error = Assert.Throws<OnnxException>(() => OnnxModel.Load(new Wire().Int(2, 5).ToArray(), "odd.onnx"));

        Assert.Contains("ModelProto.producer_name is laid out as Varint where Bytes belongs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_nested_without_end_are_refused_and_do_not_overflow_the_stack()
    {
        var graph = new Wire();
        for (int i = 0; i < 2000; i++)
            graph = new Wire().Message(1, new Wire().Message(5, new Wire().Message(6, graph)));
        OnnxException error = Assert.Throws<OnnxException>(() => OnnxModel.Load(new Wire().Message(7, graph).ToArray()));

        Assert.Contains("nested deeper", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_cut_off_anywhere_is_refused_or_has_lost_only_whole_fields()
    {
        for (int length = 0; length < s_model.Length; length++)
        {
            byte[] part = s_model[..length];
            Exception? problem = Record.Exception(() => OnnxModel.Load(part));
            Assert.True(problem is null or OnnxException, $"{length} bytes: {problem}");
        }
    }

    [Fact]
    public void Random_bytes_never_crash_the_reader_or_make_it_allocate_wildly()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Gen.Byte.Array[0, 300].Sample(bytes => Assert.True(Record.Exception(() => OnnxModel.Load(bytes)) is null or OnnxException), iter: 2000, threads: 1);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000_000);
    }

    [Fact]
    public void A_model_with_changed_bytes_never_crashes_the_reader()
    {
        Gen<(int Place, byte Value)[]> changes = Gen.Select(Gen.Int[0, s_model.Length - 1], Gen.Byte).Array[1, 4];
        changes.Sample(
            list =>
            {
                byte[] bytes = [.. s_model];
                foreach ((int place, byte value) in list)
                    bytes[place] = value;
                Exception? problem = Record.Exception(() => OnnxModel.Load(bytes).Run(new Dictionary<string, OnnxValue> { ["x"] = Op.Floats([2, 3], 1, 2, 3, 4, 5, 6) }));
                return problem is null or OnnxException;
            },
            iter: 3000,
            threads: 1);
    }

    private static long[] Integers(Wire wire) => Integers(new ProtoReader(new ProtoSource("numbers", wire.ToArray()), "Numbers"));

    private static long[] Integers(ProtoReader reader)
    {
        List<long> numbers = [];
        while (reader.Next())
        {
            if (reader.Field == 1)
                reader.Int64s("numbers", numbers);
            else
                reader.Skip();
        }

        return [.. numbers];
    }
}
