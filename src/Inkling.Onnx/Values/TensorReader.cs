using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Inkling.Onnx.Proto;

namespace Inkling.Onnx;

/// <summary>Turns tensors of files into values. Nothing is allocated before the file has shown as many bytes as the shape asks for.</summary>
/// <param name="source">The file, for messages.</param>
/// <param name="folder">Where external values may lie; null when there is no such place.</param>
internal sealed class TensorReader(ProtoSource source, string? folder)
{
    private const int LongestRank = 64;

    /// <summary>Reads a tensor.</summary>
    /// <exception cref="OnnxException">The values do not fit the shape, or cannot be read.</exception>
    /// <exception cref="OnnxUnsupportedException">The element type is not supported.</exception>
    public OnnxValue Read(TensorProto tensor)
    {
        if (!ElementTypes.IsSupported(tensor.Type))
            throw new OnnxUnsupportedException($"tensor '{tensor.Name}' in '{source.Name}' is of {ElementTypes.Text(tensor.Type)}, which is not supported");
        if (tensor.IsSegment)
            throw new OnnxUnsupportedException($"tensor '{tensor.Name}' in '{source.Name}' is stored in segments, which is not supported");
        return ElementTypes.RunAny(tensor.Type, new Reading(this, tensor, Shape(tensor)));
    }

    private int[] Shape(TensorProto tensor)
    {
        if (tensor.Dims.Count > LongestRank)
            Fail(tensor, $"has {tensor.Dims.Count} axes; {LongestRank} are the most that are read");
        int[] shape = new int[tensor.Dims.Count];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (tensor.Dims[axis] is < 0 or > int.MaxValue)
                Fail(tensor, $"has the size {tensor.Dims[axis]} along axis {axis}");
            shape[axis] = (int)tensor.Dims[axis];
        }

        return shape;
    }

    private OnnxValue<T> ReadAs<T>(TensorProto tensor, int[] shape)
    {
        int count;
        try
        {
            count = Dimensions.Count(shape);
        }
        catch (OnnxException problem)
        {
            throw new OnnxException($"tensor '{tensor.Name}' in '{source.Name}': {problem.Message}", problem);
        }

        T[] values = tensor switch
        {
            _ when typeof(T) == typeof(string) => (T[])(object)Checked(tensor, tensor.TextData.Count, count, tensor.TextData.ToArray),
            { IsExternal: true } => FromBytes<T>(tensor, count, ExternalBytes(tensor, (long)count * Unsafe.SizeOf<T>())),
            { RawData: { } raw } => FromBytes<T>(tensor, count, raw.Span),
            _ => FromFields<T>(tensor, count),
        };
        return new OnnxValue<T>(shape, values);
    }

    private T[] FromBytes<T>(TensorProto tensor, int count, ReadOnlySpan<byte> bytes)
    {
        long expected = (long)count * Unsafe.SizeOf<T>();
        if (bytes.Length != expected)
            Fail(tensor, $"has {bytes.Length} bytes of values where {Describe(tensor)} needs {expected}");
        T[] values = GC.AllocateUninitializedArray<T>(count);
        if (values is bool[] truths)
        {
            // Any bit makes it true; a bool of .NET must be 0 or 1.
            for (int i = 0; i < truths.Length; i++)
                truths[i] = bytes[i] != 0;
        }
        else if (count > 0)
        {
            bytes.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref values[0]), bytes.Length));
        }

        return values;
    }

    private T[] FromFields<T>(TensorProto tensor, int count) => default(T) switch
    {
        float => (T[])(object)Checked(tensor, tensor.SingleData.Count, count, tensor.SingleData.ToArray),
        double => (T[])(object)Checked(tensor, tensor.DoubleData.Count, count, tensor.DoubleData.ToArray),
        long => (T[])(object)Checked(tensor, tensor.Int64Data.Count, count, tensor.Int64Data.ToArray),
        uint or ulong => FromWhole<T>(tensor, tensor.UInt64Data, count),
        _ => FromWhole<T>(tensor, tensor.Int32Data, count),
    };

    /// <summary>Whole numbers that lie in a wider field, and the bits of 16-bit floating-point numbers.</summary>
    private T[] FromWhole<T>(TensorProto tensor, List<long> wide, int count)
    {
        long[] numbers = Checked(tensor, wide.Count, count, wide.ToArray);
        Converter<long, T> narrow = default(T) switch
        {
            bool => number => (T)(object)(number != 0),
            Half => number => (T)(object)BitConverter.UInt16BitsToHalf((ushort)number),
            BFloat16 => number => (T)(object)new BFloat16((ushort)number),
            int => number => (T)(object)(int)number,
            short => number => (T)(object)(short)number,
            sbyte => number => (T)(object)(sbyte)number,
            ushort => number => (T)(object)(ushort)number,
            byte => number => (T)(object)(byte)number,
            uint => number => (T)(object)(uint)number,
            _ => number => (T)(object)(ulong)number,
        };
        return Array.ConvertAll(numbers, narrow);
    }

    private TArray Checked<TArray>(TensorProto tensor, int given, int wanted, Func<TArray> take)
    {
        if (given != wanted)
            Fail(tensor, $"has {given} values where {Describe(tensor)} needs {wanted}");
        return take();
    }

    private byte[] ExternalBytes(TensorProto tensor, long expected)
    {
        string location = tensor.ExternalData.GetValueOrDefault("location", "");
        long offset = Number(tensor, "offset", 0), length = Number(tensor, "length", expected);
        if (length != expected)
            Fail(tensor, $"announces {length} bytes in '{location}' where {Describe(tensor)} needs {expected}");
        if (expected > Array.MaxLength)
            Fail(tensor, $"has {expected} bytes of values; {Array.MaxLength} are the most that are read");
        try
        {
            return ReadFile(tensor, ExternalPath(tensor, location), offset, (int)expected);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OnnxException($"the values of tensor '{tensor.Name}' cannot be read: {error.Message} Keep the file beside '{source.Name}'.", error);
        }
    }

    private byte[] ReadFile(TensorProto tensor, string path, long offset, int length)
    {
        using var handle = File.OpenHandle(path);
        long there = RandomAccess.GetLength(handle);
        if (offset > there || length > there - offset)
            throw new OnnxException($"tensor '{tensor.Name}' in '{source.Name}' needs {length} bytes from byte {offset} of '{path}', which has {there}. Copy both files again.");
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        for (int read = 0; read < bytes.Length;)
        {
            int more = RandomAccess.Read(handle, bytes.AsSpan(read), offset + read);
            if (more == 0)
                throw new OnnxException($"'{path}' ended while tensor '{tensor.Name}' was read");
            read += more;
        }

        return bytes;
    }

    /// <summary>The file with external values. It must lie in the folder of the model, so that a model cannot read what is not its own.</summary>
    private string ExternalPath(TensorProto tensor, string location)
    {
        if (folder is null)
            throw new OnnxException($"the values of tensor '{tensor.Name}' in '{source.Name}' lie in the file '{location}'; load the model from its file, so that it can be found.");
        string root = Path.GetFullPath(folder), path = location.Length == 0 ? root : Path.GetFullPath(Path.Combine(root, location));
        bool inside = path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (!inside || Path.IsPathRooted(location) || File.ResolveLinkTarget(path, returnFinalTarget: true) is not null)
            throw new OnnxException($"the values of tensor '{tensor.Name}' in '{source.Name}' lie in '{location}', which is not a plain file in the model's folder; that is refused.");
        return path;
    }

    private long Number(TensorProto tensor, string key, long otherwise)
    {
        if (!tensor.ExternalData.TryGetValue(key, out string? text))
            return otherwise;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            Fail(tensor, $"has the external {key} '{text}', which is not a number");
        return number;
    }

    private void Fail(TensorProto tensor, string what) => source.Fail(tensor.Offset, $"TensorProto '{tensor.Name}'", what);

    private static string Describe(TensorProto tensor) => $"{ElementTypes.Text(tensor.Type)} [{string.Join(", ", tensor.Dims)}]";

    private sealed class Reading(TensorReader reader, TensorProto tensor, int[] shape) : IElementAction<OnnxValue>
    {
        public OnnxValue Run<T>() => reader.ReadAs<T>(tensor, shape);
    }
}
