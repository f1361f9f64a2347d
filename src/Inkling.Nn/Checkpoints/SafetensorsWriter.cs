using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Inkling.Nn.Checkpoints;

/// <summary>
/// Collects tensors and writes them as one safetensors file. Values are read when <see cref="Save"/> runs, not before, so nothing is
/// copied. Tensors are laid out by element size, widest first, so that each starts at a multiple of its element size (8 bytes for the
/// first); the file is written under a temporary name and renamed.
/// </summary>
public sealed class SafetensorsWriter
{
    private readonly List<(string Name, SafetensorsType Type, int[] Shape, Action<Stream> Write)> tensors = [];

    /// <summary>Free text to keep with the tensors: keys and values are strings.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a tensor of 32-bit floating point numbers.</summary>
    /// <param name="name">Its name, unique in the file.</param>
    /// <param name="shape">Its sizes, outermost first.</param>
    /// <param name="values">Its values, row-major; they must stay unchanged until <see cref="Save"/> has returned.</param>
    public void Add(string name, ReadOnlySpan<int> shape, ReadOnlyMemory<float> values) =>
        Add(name, SafetensorsType.F32, shape, values.Length, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>Adds a tensor of 32-bit floating point numbers that are fetched when the file is written, such as a parameter's span.</summary>
    /// <param name="name">Its name, unique in the file.</param>
    /// <param name="shape">Its sizes, outermost first.</param>
    /// <param name="values">Gives the values, row-major, as many as the shape says.</param>
    public void Add(string name, ReadOnlySpan<int> shape, TensorValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Add(name, SafetensorsType.F32, shape, values().Length, stream => stream.Write(MemoryMarshal.AsBytes(values())));
    }

    /// <summary>Adds a tensor of 8-bit signed integers.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{int}, ReadOnlyMemory{float})"/>
    public void Add(string name, ReadOnlySpan<int> shape, ReadOnlyMemory<sbyte> values) =>
        Add(name, SafetensorsType.I8, shape, values.Length, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>Adds a tensor of 32-bit signed integers.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{int}, ReadOnlyMemory{float})"/>
    public void Add(string name, ReadOnlySpan<int> shape, ReadOnlyMemory<int> values) =>
        Add(name, SafetensorsType.I32, shape, values.Length, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>Adds a tensor of bytes.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{int}, ReadOnlyMemory{float})"/>
    public void Add(string name, ReadOnlySpan<int> shape, ReadOnlyMemory<byte> values) =>
        Add(name, SafetensorsType.U8, shape, values.Length, stream => stream.Write(values.Span));

    /// <summary>Adds a tensor of any type that files know, bit for bit.</summary>
    /// <typeparam name="T"><see cref="double"/>, <see cref="float"/>, <see cref="Half"/>, a whole number of 8 to 64 bits, or <see cref="bool"/>.</typeparam>
    /// <param name="name">Its name, unique in the file.</param>
    /// <param name="shape">Its sizes, outermost first.</param>
    /// <param name="values">Its values, row-major; they must stay unchanged until <see cref="Save"/> has returned.</param>
    /// <exception cref="ArgumentException">The type is unknown, the shape does not fit, or the name is taken.</exception>
    public void Add<T>(string name, ReadOnlySpan<int> shape, ReadOnlyMemory<T> values)
        where T : unmanaged
    {
        SafetensorsType type = SafetensorsTypes.Of(typeof(T)) ?? throw new ArgumentException($"safetensors: tensor '{name}' is of {typeof(T).Name}, which files do not know.", nameof(values));
        Add(name, type, shape, values.Length, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));
    }

    /// <summary>Adds a tensor of numbers rounded to a type: to the nearest, of two the even one. Half the bytes, and for F16 3 decimals, for BF16 2.</summary>
    /// <param name="name">Its name, unique in the file.</param>
    /// <param name="shape">Its sizes, outermost first.</param>
    /// <param name="values">Gives the values when the file is written.</param>
    /// <param name="type"><see cref="SafetensorsType.F32"/>, <see cref="SafetensorsType.F16"/> or <see cref="SafetensorsType.BF16"/>.</param>
    /// <exception cref="ArgumentException">The type is another, the shape does not fit, or the name is taken.</exception>
    public void Add(string name, ReadOnlySpan<int> shape, TensorValues values, SafetensorsType type)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (type == SafetensorsType.F32) Add(name, shape, values);
        else if (type is SafetensorsType.F16 or SafetensorsType.BF16) Add(name, type, shape, values().Length, stream => stream.Write(MemoryMarshal.AsBytes<ushort>(Rounded(name, values(), type))));
        else throw new ArgumentException($"safetensors: tensor '{name}' cannot be written as {SafetensorsTypes.Spell(type)}; F32, F16 and BF16 are what is written of 32-bit numbers.", nameof(type));
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <exception cref="CheckpointException">The file cannot be written; what was there is unchanged.</exception>
    public void Save(string path) => AtomicFile.Write(path, Write);

    /// <summary>Writes the file's content to a stream.</summary>
    /// <param name="stream">Where to.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var ordered = tensors.OrderByDescending(tensor => SafetensorsTypes.BitsOf(tensor.Type)).ToList();
        List<SafetensorsEntry> entries = [];
        long position = 0;
        foreach (var (name, type, shape, _) in ordered)
        {
            long end = position + SafetensorsEntry.BytesOf(type, shape)!.Value;
            entries.Add(new SafetensorsEntry(name, type, shape, position, end));
            position = end;
        }

        byte[] header = SafetensorsHeader.Write(entries, Metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in ordered) tensor.Write(stream);
    }

    private static ushort[] Rounded(string name, ReadOnlySpan<float> values, SafetensorsType type)
    {
        ushort[] bits = new ushort[values.Length];
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = type == SafetensorsType.F16 ? BitConverter.HalfToUInt16Bits((Half)values[i]) : SmallFloats.ToBFloat16(values[i]);
            float rounded = type == SafetensorsType.F16 ? (float)BitConverter.UInt16BitsToHalf(bits[i]) : SmallFloats.FromBFloat16(bits[i]);
            if (float.IsFinite(values[i]) && !float.IsFinite(rounded))
                throw new CheckpointException($"safetensors: tensor '{name}' holds {values[i]} at position {i}, which is too large for {type}. Write it as BF16 or F32.");
        }

        return bits;
    }

    internal void Add(string name, SafetensorsType type, ReadOnlySpan<int> shape, long count, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("safetensors: big-endian processors are not supported.");
        int[] sizes = shape.ToArray();
        if (SafetensorsEntry.CountOf(sizes) != count)
            throw new ArgumentException($"safetensors: tensor '{name}' of shape {SafetensorsEntry.Format(sizes)} cannot take {count} values.", nameof(shape));
        if (tensors.Exists(tensor => tensor.Name == name))
            throw new ArgumentException($"safetensors: the name '{name}' is taken already. Names are unique in a file.", nameof(name));
        tensors.Add((name, type, sizes, write));
    }
}
