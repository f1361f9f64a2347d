using System.Buffers.Binary;

namespace Inkling.Training.Data;

/// <summary>
/// An array in the IDX format of MNIST (LeCun, Cortes, Burges): two zero bytes, type, number of axes, the sizes as 32-bit numbers, then the
/// values row-major, all big-endian. Plain or compressed with gzip.
/// </summary>
public sealed class IdxFile
{
    private readonly byte[] _bytes;
    private readonly int _start;

    private IdxFile(byte[] bytes, int start, IdxType type, Shape shape)
    {
        _bytes = bytes;
        _start = start;
        Type = type;
        Shape = shape;
    }

    /// <summary>What the values are.</summary>
    public IdxType Type { get; }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">It is no IDX file, damaged, or not as long as its header says.</exception>
    public static IdxFile Read(string path)
    {
        byte[] bytes = DataFile.ReadAll(path);
        if (bytes.Length < 4 || bytes[0] != 0 || bytes[1] != 0)
            throw Broken(path, $"an IDX file begins with two zero bytes; this one with {(bytes.Length < 4 ? $"only {bytes.Length} bytes" : $"{bytes[0]:x2} {bytes[1]:x2}")}");
        IdxType type = (IdxType)bytes[2];
        int size = SizeOf(type), rank = bytes[3], start = 4 + (4 * rank);
        if (size == 0) throw Broken(path, $"0x{bytes[2]:x2} is no type of values; there are 08, 09, 0b, 0c, 0d and 0e");
        if (rank is 0 or > Shape.MaxRank) throw Broken(path, $"it has {rank} axes; 1 to {Shape.MaxRank} are read");
        if (bytes.Length < start) throw Broken(path, $"it ends within its header, after {bytes.Length} of {start} bytes");
        int[] axes = new int[rank];
        long count = 1;
        for (int i = 0; i < rank; i++)
        {
            axes[i] = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 + (4 * i)));
            if (axes[i] < 0 || (count *= axes[i]) > int.MaxValue) throw Broken(path, $"its axes [{string.Join(", ", axes[..(i + 1)])} …] are too large");
        }

        if (bytes.Length - start != count * size) throw Broken(path, $"its header promises [{string.Join(", ", axes)}] of {type}, {count * size} bytes; {bytes.Length - start} follow");
        return new IdxFile(bytes, start, type, Shape.Create(axes));
    }

    /// <summary>Some of the values, as real numbers.</summary>
    /// <param name="first">The first, counted row-major.</param>
    /// <param name="into">Receives as many as it is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public void CopyTo(int first, Span<float> into)
    {
        ReadOnlySpan<byte> from = Values(first, into.Length);
        switch (Type)
        {
            case IdxType.UInt8:
                for (int i = 0; i < into.Length; i++) into[i] = from[i];
                break;
            case IdxType.Int8:
                for (int i = 0; i < into.Length; i++) into[i] = (sbyte)from[i];
                break;
            case IdxType.Int16:
                for (int i = 0; i < into.Length; i++) into[i] = BinaryPrimitives.ReadInt16BigEndian(from[(2 * i)..]);
                break;
            case IdxType.Int32:
                for (int i = 0; i < into.Length; i++) into[i] = BinaryPrimitives.ReadInt32BigEndian(from[(4 * i)..]);
                break;
            case IdxType.Single:
                for (int i = 0; i < into.Length; i++) into[i] = BinaryPrimitives.ReadSingleBigEndian(from[(4 * i)..]);
                break;
            default:
                for (int i = 0; i < into.Length; i++) into[i] = (float)BinaryPrimitives.ReadDoubleBigEndian(from[(8 * i)..]);
                break;
        }
    }

    /// <summary>A value of a file of whole numbers.</summary>
    /// <param name="index">Which, counted row-major.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    /// <exception cref="InvalidOperationException">The values are not whole numbers.</exception>
    public int Integer(int index)
    {
        ReadOnlySpan<byte> from = Values(index, 1);
        return Type switch
        {
            IdxType.UInt8 => from[0],
            IdxType.Int8 => (sbyte)from[0],
            IdxType.Int16 => BinaryPrimitives.ReadInt16BigEndian(from),
            IdxType.Int32 => BinaryPrimitives.ReadInt32BigEndian(from),
            _ => throw new InvalidOperationException($"IdxFile.Integer: the values are {Type}, not whole numbers. Use CopyTo."),
        };
    }

    private ReadOnlySpan<byte> Values(int first, int count)
    {
        if (first < 0 || (long)first + count > Shape.Length) throw new ArgumentOutOfRangeException(nameof(first), first, $"IdxFile: {count} values from {first} on asked for; there are {Shape.Length}.");
        int size = SizeOf(Type);
        return _bytes.AsSpan(_start + (first * size), count * size);
    }

    private static int SizeOf(IdxType type) => type switch
    {
        IdxType.UInt8 or IdxType.Int8 => 1,
        IdxType.Int16 => 2,
        IdxType.Int32 or IdxType.Single => 4,
        IdxType.Double => 8,
        _ => 0,
    };

    private static InvalidDataException Broken(string path, string what) => new($"'{path}' is no whole IDX file: {what}. Get the file again.");
}
