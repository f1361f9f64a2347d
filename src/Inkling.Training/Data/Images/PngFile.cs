using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Inkling.Numerics;

namespace Inkling.Training.Data;

/// <summary>
/// Portable Network Graphics (W3C PNG, third edition): all colour types and depths, interlaced or not; 16 bits are read to 8, palettes to
/// colours. Written without interlace, 8 bits a channel.
/// </summary>
public static class PngFile
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether bytes begin as a PNG file does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    /// <summary>Reads an image.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut off or no PNG; the message says where.</exception>
    public static RasterImage Decode(ReadOnlySpan<byte> bytes)
    {
        if (!IsPng(bytes)) throw new InvalidDataException("PNG: the first eight bytes are not those of a PNG file.");
        PngDecoder? decoder = null;
        using MemoryStream data = new();
        byte[]? palette = null, opacity = null;
        for (int at = 8; ;)
        {
            ReadOnlySpan<byte> content = Chunk(bytes, ref at, out string type);
            if (decoder is null != (type == "IHDR")) throw new InvalidDataException($"PNG: '{type}' stands where {(decoder is null ? "the header IHDR must come first" : "a second header is not allowed")}.");
            if (type == "IEND") break;
            switch (type)
            {
                case "IHDR": decoder = new PngDecoder(content); break;
                case "PLTE": palette = content.ToArray(); break;
                case "tRNS": opacity = content.ToArray(); break;
                case "IDAT": data.Write(content); break;
                default:
                    // A small first letter marks what a reader may pass over.
                    if (char.IsAsciiLetterUpper(type[0])) throw new InvalidDataException($"PNG: the chunk '{type}' must be understood and is not.");
                    break;
            }
        }

        data.Position = 0;
        return decoder!.Decode(Inflate(data, decoder.DataLength), palette, opacity);
    }

    /// <summary>Writes an image.</summary>
    public static byte[] Encode(RasterImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using MemoryStream file = new();
        file.Write(Signature);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;
        header[9] = image.Channels switch { 1 => 0, 2 => 4, 3 => 2, 4 => 6, _ => throw new ArgumentException($"PNG: {image.Channels} channels; 1 to 4 can be written.", nameof(image)) };
        Write(file, "IHDR", header);
        using MemoryStream data = new();
        using (ZLibStream deflate = new(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            int row = image.Width * image.Channels;
            for (int y = 0; y < image.Height; y++)
            {
                deflate.WriteByte(0); // no filter
                deflate.Write(image.Pixels, y * row, row);
            }
        }

        Write(file, "IDAT", data.ToArray());
        Write(file, "IEND", []);
        return file.ToArray();
    }

    private static ReadOnlySpan<byte> Chunk(ReadOnlySpan<byte> bytes, ref int at, out string type)
    {
        if (bytes.Length - at < 12) throw new InvalidDataException($"PNG: the file ends after {bytes.Length} bytes, before its last chunk IEND.");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
        type = Encoding.Latin1.GetString(bytes.Slice(at + 4, 4));
        if (length > bytes.Length - at - 12) throw new InvalidDataException($"PNG: the chunk '{type}' of {length} bytes is cut off; {bytes.Length - at - 12} are left.");
        ReadOnlySpan<byte> content = bytes.Slice(at + 8, (int)length);
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 8 + (int)length)..]) != Crc32.Of(bytes.Slice(at + 4, (int)length + 4)))
            throw new InvalidDataException($"PNG: the checksum of the chunk '{type}' at byte {at} is wrong; the file is damaged.");
        at += (int)length + 12;
        return content;
    }

    private static byte[] Inflate(Stream data, int length)
    {
        byte[] raw = new byte[length];
        try
        {
            using ZLibStream inflate = new(data, CompressionMode.Decompress);
            int read = inflate.ReadAtLeast(raw, length, throwOnEndOfStream: false);
            if (read < length) throw new InvalidDataException($"PNG: the image data end after {read} of {length} bytes.");
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith("PNG", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"PNG: the image data are damaged: {error.Message}", error);
        }

        return raw;
    }

    private static void Write(Stream file, string type, ReadOnlySpan<byte> content)
    {
        byte[] chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.Latin1.GetBytes(type, chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(chunk.AsSpan(4, content.Length + 4)));
        file.Write(chunk);
    }
}
