using System.Buffers.Binary;
using System.IO.Compression;
using Inkling.Training.Data;

namespace Inkling.Training.Tests.Data;

/// <summary>The format of MNIST, made up and real.</summary>
public sealed class IdxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-idx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<IdxType, byte[], float[]> Types => new()
    {
        { IdxType.UInt8, [0, 200, 255], [0, 200, 255] },
        { IdxType.Int8, [0x80, 1, 0xFF], [-128, 1, -1] },
        { IdxType.Int16, [0x80, 0, 0, 1, 0xFF, 0xFE], [-32768, 1, -2] },
        { IdxType.Int32, [0, 1, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 7], [65536, -1, 7] },
        { IdxType.Single, [0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0], [1, -2, 0] },
        { IdxType.Double, [0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1, -2, 0] },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_is_read(IdxType type, byte[] bytes, float[] expected)
    {
        IdxFile file = IdxFile.Read(Save("x", [0, 0, (byte)type, 2, 0, 0, 0, 3, 0, 0, 0, 1, .. bytes]));
        float[] values = new float[3], last = new float[1];
        file.CopyTo(0, values);
        file.CopyTo(2, last);
        Assert.Equal([3, 1], file.Shape.ToArray());
        Assert.Equal(expected, values);
        Assert.Equal(expected[2], last[0]);
        if (type < IdxType.Single) Assert.Equal((int)expected[2], file.Integer(2));
        else Assert.Throws<InvalidOperationException>(() => file.Integer(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.CopyTo(1, new float[3]));
    }

    [Fact]
    public void A_compressed_file_is_known_by_its_content()
    {
        byte[] bytes = [0, 0, 8, 1, 0, 0, 0, 2, 5, 6];
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest)) zip.Write(bytes);
        Assert.Equal(6, IdxFile.Read(Save("x.gz", packed.ToArray())).Integer(1));
        Assert.Equal(6, IdxFile.Read(Save("y.bin", packed.ToArray())).Integer(1));
        string cut = Save("z.gz", packed.ToArray()[..^12]);
        Assert.Contains(cut, Assert.Throws<InvalidDataException>(() => IdxFile.Read(cut)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0 }, "only 2 bytes")]
    [InlineData(new byte[] { 1, 0, 8, 1, 0, 0, 0, 0 }, "with 01 00")]
    [InlineData(new byte[] { 0, 0, 7, 1, 0, 0, 0, 0 }, "0x07 is no type")]
    [InlineData(new byte[] { 0, 0, 8, 0 }, "0 axes")]
    [InlineData(new byte[] { 0, 0, 8, 9, 0, 0, 0, 0 }, "9 axes")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 0 }, "ends within its header")]
    [InlineData(new byte[] { 0, 0, 8, 2, 127, 255, 255, 255, 127, 255, 255, 255 }, "too large")]
    [InlineData(new byte[] { 0, 0, 8, 1, 255, 255, 255, 255 }, "too large")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 1, 2 }, "promises [3] of UInt8, 3 bytes; 2 follow")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 1, 2 }, "1 bytes; 2 follow")]
    public void A_file_that_is_not_whole_is_one_clear_error(byte[] bytes, string why)
    {
        string path = Save("broken", bytes);
        string message = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_and_labels_are_brought_together_and_scaled()
    {
        IdxFile images = IdxFile.Read(Save("i", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102])), labels = IdxFile.Read(Save("l", [0, 0, 8, 1, 0, 0, 0, 2, 3, 1]));
        IdxDataSet data = new(images, labels, classes: 4, mean: 0.2, deviation: 0.5);
        Batch batch = new DataLoader(data).Epoch(0).First();
        Assert.Equal([2, 1, 1, 2], batch["image"].Shape.ToArray());
        Assert.Equal([-0.4f, 1.6f, 0, 0.4f], batch["image"].Numbers.ToArray().Select(value => MathF.Round(value, 5)));
        Assert.Equal([3, 1], batch["class"].Integers.ToArray());
        Assert.Equal([2, 2], new DataLoader(new IdxDataSet(images, labels, flat: true)).Epoch(0).First()["image"].Shape.ToArray());
        Assert.Contains("label 0 is 3", Assert.Throws<InvalidDataException>(() => new IdxDataSet(images, labels, classes: 3)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => new IdxDataSet(images, IdxFile.Read(Save("m", [0, 0, 8, 1, 0, 0, 0, 1, 3]))));
        Assert.Contains("is not there", Assert.Throws<FileNotFoundException>(() => IdxDataSet.Open(_folder, "train")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mnist", 5, 0.1307, 0.3081)]
    [InlineData("fashion-mnist", 9, 0.2860, 0.3530)]
    public void The_real_ones_have_the_known_first_label_mean_and_deviation(string name, int first, double mean, double deviation)
    {
        string folder = name == "mnist" ? SharedData.Folder("images/mnist") : "/usr/share/datasets/fashion-mnist";
        if (!Directory.Exists(folder)) Assert.Skip($"{name} is not on this machine ({folder}).");
        IdxDataSet data = IdxDataSet.Open(folder, "train", flat: true);
        Assert.Equal((60_000, 10_000), (data.Count, IdxDataSet.Open(folder, "t10k").Count));
        int[] label = new int[1];
        data.ReadIntegers(0, 1, label);
        Assert.Equal(first, label[0]);
        float[] image = new float[784];
        double sum = 0, squares = 0;
        for (int i = 0; i < data.Count; i++)
        {
            data.ReadNumbers(i, 0, image);
            foreach (float value in image) (sum, squares) = (sum + value, squares + ((double)value * value));
        }

        double average = sum / (60_000.0 * 784);
        Assert.Equal(mean, average, 1e-4);
        Assert.Equal(deviation, Math.Sqrt((squares / (60_000.0 * 784)) - (average * average)), 1e-4);
    }

    private string Save(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
