using System.Buffers.Binary;

namespace Inkling.App.Tests.Studio;

/// <summary>Images in the files of Fashion-MNIST: class <c>k</c> is bright in rows <c>2k + 3</c> and <c>2k + 4</c>, all else is noise.</summary>
internal static class MadeUpImages
{
    public const int Side = 28, Classes = 10;

    /// <summary>Writes both parts.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="training">How many to learn from.</param>
    /// <param name="test">How many to test on.</param>
    /// <returns>The folder.</returns>
    public static string Write(string folder, int training = 600, int test = 100)
    {
        Write(folder, "train", training, 1);
        Write(folder, "t10k", test, 2);
        return folder;
    }

    /// <summary>The grey values of one image.</summary>
    public static byte[] Image(int kind, Random random)
    {
        var grey = new byte[Side * Side];
        for (int i = 0; i < grey.Length; i++) grey[i] = (byte)(random.Next(60) + (i / Side - (2 * kind) - 3 is 0 or 1 ? 180 : 0));
        return grey;
    }

    private static void Write(string folder, string part, int count, int seed)
    {
        var random = new Random(seed);
        using FileStream images = File.Create(Path.Combine(folder, part + "-images-idx3-ubyte")), labels = File.Create(Path.Combine(folder, part + "-labels-idx1-ubyte"));
        images.Write(Head(0x803, count, Side, Side));
        labels.Write(Head(0x801, count));
        for (int i = 0; i < count; i++)
        {
            images.Write(Image(i % Classes, random));
            labels.WriteByte((byte)(i % Classes));
        }
    }

    private static byte[] Head(params int[] numbers)
    {
        var bytes = new byte[4 * numbers.Length];
        for (int i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), numbers[i]);
        return bytes;
    }
}
