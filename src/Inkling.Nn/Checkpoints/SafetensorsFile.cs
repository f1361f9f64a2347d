using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Inkling.Nn.Checkpoints;

/// <summary>
/// A safetensors file opened for reading. The header is read and checked completely at once (sizes, overlaps, holes, truncation); values
/// are read straight into the caller's memory when asked for, and floating point values that are not finite are refused.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private static readonly SafetensorsType[] s_singles =
    [
        SafetensorsType.F32, SafetensorsType.F16, SafetensorsType.BF16, SafetensorsType.F64, SafetensorsType.F8E4M3, SafetensorsType.F8E5M2, SafetensorsType.F8E4M3Fnuz,
        SafetensorsType.F8E5M2Fnuz, SafetensorsType.F8E8M0,
    ];

    private readonly string path;
    private readonly SafeFileHandle handle;
    private readonly long dataStart;
    private readonly MemoryMappedFile? mapping;
    private readonly MemoryMappedViewAccessor? view;
    private readonly Dictionary<string, SafetensorsEntry> byName;

    private SafetensorsFile(string path, SafeFileHandle handle, long dataStart, List<SafetensorsEntry> entries, Dictionary<string, string> metadata, bool map)
    {
        this.path = path;
        this.handle = handle;
        this.dataStart = dataStart;
        Entries = entries;
        Metadata = metadata;
        byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        if (!map || RandomAccess.GetLength(handle) == 0) return;
        mapping = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
    }

    /// <summary>The tensors, in the order of the header.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The free text kept with the tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="memoryMapped">
    /// Reads values through a memory mapping, so that several processes share the pages and only what is asked for is read from the disk.
    /// </param>
    /// <exception cref="CheckpointException">The file is missing, cannot be read, or is damaged; the message says which.</exception>
    public static SafetensorsFile Open(string path, bool memoryMapped = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path);
            Dictionary<string, string> metadata = new(StringComparer.Ordinal);
            byte[] header = ReadHeader(handle);
            long start = 8 + header.Length;
            List<SafetensorsEntry> entries = SafetensorsHeader.Read(header, RandomAccess.GetLength(handle) - start, metadata);
            return new SafetensorsFile(path, handle, start, entries, metadata, memoryMapped);
        }
        catch (FormatException error)
        {
            handle?.Dispose();
            throw new CheckpointException($"'{path}' is not a sound safetensors file: {error.Message}. Copy or train it again.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            handle?.Dispose();
            throw new CheckpointException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Whether a tensor of this name is there.</summary>
    public bool Contains(string name) => byName.ContainsKey(name);

    /// <summary>The entry of a tensor.</summary>
    /// <exception cref="CheckpointException">There is none of this name.</exception>
    public SafetensorsEntry this[string name] => byName.TryGetValue(name, out SafetensorsEntry? entry)
        ? entry
        : throw new CheckpointException($"'{path}' has no tensor '{name}'. It has: {string.Join(", ", byName.Keys.Take(12))}{(byName.Count > 12 ? ", …" : "")}.");

    /// <summary>
    /// Reads floating point values as 32 bits: F32 as it is, F16, BF16 and the types of 8 bits widened, F64 rounded.
    /// </summary>
    /// <param name="name">The tensor.</param>
    /// <param name="shape">The shape it must have.</param>
    /// <param name="into">Receives the values; as long as the shape says.</param>
    /// <exception cref="CheckpointException">Missing, of another type or shape, unreadable, or not finite.</exception>
    public void ReadSingles(string name, ReadOnlySpan<int> shape, Span<float> into)
    {
        SafetensorsEntry entry = Check(name, shape, into.Length, s_singles);
        switch (entry.Type)
        {
            case SafetensorsType.F32:
                ReadBytes(entry, MemoryMarshal.AsBytes(into));
                break;
            case SafetensorsType.F64:
                double[] wide = Read<double>(entry);
                for (int i = 0; i < wide.Length; i++) into[i] = (float)wide[i];
                break;
            case SafetensorsType.F16 or SafetensorsType.BF16:
                ushort[] halves = new ushort[into.Length];
                ReadBytes(entry, MemoryMarshal.AsBytes(halves.AsSpan()));
                for (int i = 0; i < halves.Length; i++) into[i] = entry.Type == SafetensorsType.F16 ? (float)BitConverter.UInt16BitsToHalf(halves[i]) : SmallFloats.FromBFloat16(halves[i]);
                break;
            default:
                byte[] bytes = Read<byte>(entry);
                for (int i = 0; i < bytes.Length; i++) into[i] = SmallFloats.FromByte(entry.Type, bytes[i]);
                break;
        }

        for (int i = 0; i < into.Length; i++)
            if (!float.IsFinite(into[i])) Fail($"tensor '{name}' holds {into[i]} at position {i}; weights must be finite");
    }

    /// <summary>Reads a whole tensor of floating point values of any shape.</summary>
    /// <inheritdoc cref="ReadSingles(string, ReadOnlySpan{int}, Span{float})"/>
    public float[] ReadSingles(string name)
    {
        SafetensorsEntry entry = this[name];
        float[] values = new float[entry.Count];
        ReadSingles(name, entry.Shape.ToArray(), values);
        return values;
    }

    /// <summary>Reads 8-bit signed integers.</summary>
    /// <inheritdoc cref="ReadSingles(string, ReadOnlySpan{int}, Span{float})"/>
    public void ReadSBytes(string name, ReadOnlySpan<int> shape, Span<sbyte> into) =>
        ReadBytes(Check(name, shape, into.Length, SafetensorsType.I8), MemoryMarshal.AsBytes(into));

    /// <summary>Reads 32-bit signed integers.</summary>
    /// <inheritdoc cref="ReadSingles(string, ReadOnlySpan{int}, Span{float})"/>
    public void ReadInt32s(string name, ReadOnlySpan<int> shape, Span<int> into) =>
        ReadBytes(Check(name, shape, into.Length, SafetensorsType.I32), MemoryMarshal.AsBytes(into));

    /// <summary>Reads bytes.</summary>
    /// <inheritdoc cref="ReadSingles(string, ReadOnlySpan{int}, Span{float})"/>
    public void ReadBytes(string name, ReadOnlySpan<int> shape, Span<byte> into) =>
        ReadBytes(Check(name, shape, into.Length, SafetensorsType.U8, SafetensorsType.Bool), into);

    /// <summary>Reads a tensor bit for bit; nothing is converted or refused, but a truth value that is neither 0 nor 1.</summary>
    /// <typeparam name="T">
    /// What holds its elements: <see cref="double"/> for F64, <see cref="float"/> for F32, <see cref="Half"/> for F16, whole numbers and <see cref="bool"/> for their like,
    /// <see cref="ushort"/> for the bits of BF16, <see cref="byte"/> for those of the types of 8 bits.
    /// </typeparam>
    /// <param name="name">The tensor.</param>
    /// <exception cref="CheckpointException">Missing, of another type, or unreadable.</exception>
    public T[] Read<T>(string name)
        where T : unmanaged
    {
        SafetensorsEntry entry = this[name];
        if (SafetensorsTypes.HolderOf(entry.Type) is not { } holder) Fail($"tensor '{name}' is of type {SafetensorsTypes.Spell(entry.Type)}, which is read with ReadRaw{(entry.Type == SafetensorsType.C64 ? " or ReadComplex" : "")}");
        else if (holder != typeof(T)) Fail($"tensor '{name}' is of type {SafetensorsTypes.Spell(entry.Type)}, which is read as {holder.Name}, not as {typeof(T).Name}");
        T[] values = Read<T>(entry);
        int strange = entry.Type == SafetensorsType.Bool ? MemoryMarshal.AsBytes(values.AsSpan()).IndexOfAnyExceptInRange((byte)0, (byte)1) : -1;
        if (strange >= 0) Fail($"tensor '{name}' holds a truth value that is neither 0 nor 1 at position {strange}");
        return values;
    }

    /// <summary>Reads the bytes of a tensor of any type as they are in the file, little-endian.</summary>
    /// <param name="name">The tensor.</param>
    /// <exception cref="CheckpointException">Missing or unreadable.</exception>
    public byte[] ReadRaw(string name)
    {
        SafetensorsEntry entry = this[name];
        byte[] bytes = new byte[entry.End - entry.Start];
        ReadBytes(entry, bytes);
        return bytes;
    }

    /// <summary>Reads complex numbers (C64).</summary>
    /// <param name="name">The tensor.</param>
    /// <exception cref="CheckpointException">Missing, of another type, or unreadable.</exception>
    public System.Numerics.Complex[] ReadComplex(string name)
    {
        SafetensorsEntry entry = this[name];
        if (entry.Type != SafetensorsType.C64) Fail($"tensor '{name}' is of type {SafetensorsTypes.Spell(entry.Type)}, expected C64");
        float[] parts = new float[2 * entry.Count];
        ReadBytes(entry, MemoryMarshal.AsBytes(parts.AsSpan()));
        System.Numerics.Complex[] values = new System.Numerics.Complex[entry.Count];
        for (int i = 0; i < values.Length; i++) values[i] = new System.Numerics.Complex(parts[2 * i], parts[(2 * i) + 1]);
        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        view?.Dispose();
        mapping?.Dispose();
        handle.Dispose();
    }

    private static byte[] ReadHeader(SafeFileHandle handle)
    {
        long length = RandomAccess.GetLength(handle);
        Span<byte> prefix = stackalloc byte[8];
        if (length < 8 || RandomAccess.Read(handle, prefix, 0) != 8) throw new FormatException($"it is truncated, {length} bytes long");
        ulong announced = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (announced > SafetensorsHeader.MaximumLength) throw new FormatException($"it announces a header of {announced} bytes");
        if ((long)announced > length - 8) throw new FormatException($"it is truncated: a header of {announced} bytes is announced and {length - 8} are there");
        byte[] header = new byte[announced];
        for (int read = 0; read < header.Length;)
        {
            int more = RandomAccess.Read(handle, header.AsSpan(read), 8 + read);
            if (more == 0) throw new FormatException("it ended while its header was read");
            read += more;
        }

        return header;
    }

    private T[] Read<T>(SafetensorsEntry entry)
        where T : unmanaged
    {
        T[] values = new T[entry.Count];
        ReadBytes(entry, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private SafetensorsEntry Check(string name, ReadOnlySpan<int> shape, int length, params ReadOnlySpan<SafetensorsType> types)
    {
        SafetensorsEntry entry = this[name];
        if (!types.Contains(entry.Type)) Fail($"tensor '{name}' is of type {SafetensorsTypes.Spell(entry.Type)}, expected {SafetensorsTypes.Spell(types[0])}");
        if (!shape.SequenceEqual(entry.Shape.ToArray())) Fail($"tensor '{name}' has shape {entry.ShapeText}, expected {SafetensorsEntry.Format(shape.ToArray())}");
        if (entry.Count != length) throw new ArgumentException($"safetensors: '{name}' has {entry.Count} values and the destination {length}.");
        return entry;
    }

    private void ReadBytes(SafetensorsEntry entry, Span<byte> into)
    {
        try
        {
            long offset = dataStart + entry.Start;
            if (view is not null)
            {
                if (!into.IsEmpty) view.SafeMemoryMappedViewHandle.ReadSpan((ulong)offset, into);
                return;
            }

            while (!into.IsEmpty)
            {
                int read = RandomAccess.Read(handle, into, offset);
                if (read == 0) Fail($"it ended while tensor '{entry.Name}' was read");
                into = into[read..];
                offset += read;
            }
        }
        catch (Exception error) when (error is IOException and not CheckpointException)
        {
            throw new CheckpointException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    [DoesNotReturn]
    private void Fail(string what) => throw new CheckpointException($"'{path}' does not fit: {what}. Copy or train it again.");
}
