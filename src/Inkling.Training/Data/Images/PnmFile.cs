namespace Inkling.Training.Data;

/// <summary>The portable bitmap, graymap and pixmap formats (Netpbm): P1 to P6, in text or bytes; larger ranges of values are read to 8 bits.</summary>
public static class PnmFile
{
    private const long LargestImage = 1 << 28; // bytes

    /// <summary>Whether bytes begin as such a file does.</summary>
    public static bool IsPnm(ReadOnlySpan<byte> bytes) => bytes.Length > 2 && bytes[0] == 'P' && bytes[1] is >= (byte)'1' and <= (byte)'6' && IsSpace(bytes[2]);

    /// <summary>Reads an image.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut off or of another format; the message says where.</exception>
    public static RasterImage Decode(ReadOnlySpan<byte> bytes)
    {
        if (!IsPnm(bytes)) throw new InvalidDataException("PNM: the file does not begin with P1 to P6.");
        int kind = bytes[1] - '0', at = 2;
        bool isBitmap = kind is 1 or 4, isText = kind <= 3;
        int width = Number(bytes, ref at, "width"), height = Number(bytes, ref at, "height"), most = isBitmap ? 1 : Number(bytes, ref at, "largest value");
        int channels = kind is 3 or 6 ? 3 : 1;
        if (width < 1 || height < 1 || (long)width * height * channels > LargestImage) throw new InvalidDataException($"PNM: {width} × {height} pixels are none, or too many to read.");
        if (most is < 1 or > 65535) throw new InvalidDataException($"PNM: the largest value is {most}; it must be 1 to 65,535.");
        byte[] pixels = new byte[width * height * channels];
        if (isText) ReadText(bytes, at, pixels, most, isBitmap);
        else if (isBitmap) ReadBits(Rest(bytes, at, (width + 7) / 8 * height), width, pixels);
        else ReadBytes(Rest(bytes, at, pixels.Length * (most > 255 ? 2 : 1)), pixels, most);
        return new RasterImage(width, height, channels, pixels);
    }

    private static void ReadText(ReadOnlySpan<byte> bytes, int at, byte[] pixels, int most, bool isBitmap)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            int value = isBitmap ? Digit(bytes, ref at) : Number(bytes, ref at, "value");
            pixels[i] = Scale(value, most, i, isBitmap);
        }
    }

    private static void ReadBytes(ReadOnlySpan<byte> data, byte[] pixels, int most)
    {
        for (int i = 0; i < pixels.Length; i++) pixels[i] = Scale(most > 255 ? (data[2 * i] << 8) | data[(2 * i) + 1] : data[i], most, i, false);
    }

    private static void ReadBits(ReadOnlySpan<byte> data, int width, byte[] pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i % width, y = i / width;
            pixels[i] = (data[(y * ((width + 7) / 8)) + (x >> 3)] >> (7 - (x & 7)) & 1) == 1 ? (byte)0 : (byte)255; // 1 is black
        }
    }

    private static byte Scale(int value, int most, int pixel, bool isBitmap)
    {
        if (value > most) throw new InvalidDataException($"PNM: value {pixel} is {value}, more than the largest, {most}.");
        return isBitmap ? (byte)(value == 1 ? 0 : 255) : (byte)(((value * 255L) + (most / 2)) / most);
    }

    private static ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> bytes, int at, int length)
    {
        // Exactly one white space parts the header from the data.
        int start = Math.Min(at + 1, bytes.Length);
        return bytes.Length - start >= length ? bytes.Slice(start, length) : throw new InvalidDataException($"PNM: the image data end after {bytes.Length - start} of {length} bytes.");
    }

    private static int Number(ReadOnlySpan<byte> bytes, ref int at, string what)
    {
        Skip(bytes, ref at);
        int start = at;
        long value = 0;
        for (; at < bytes.Length && bytes[at] is >= (byte)'0' and <= (byte)'9' && value <= int.MaxValue; at++) value = (value * 10) + bytes[at] - '0';
        if (at == start || value > int.MaxValue) throw new InvalidDataException(at >= bytes.Length ? $"PNM: the file ends where a {what} must come." : $"PNM: no number for the {what} at byte {start}.");
        return (int)value;
    }

    private static int Digit(ReadOnlySpan<byte> bytes, ref int at)
    {
        Skip(bytes, ref at);
        if (at >= bytes.Length) throw new InvalidDataException("PNM: the file ends where a pixel must come.");
        return bytes[at++] - '0' is var digit and (0 or 1) ? digit : throw new InvalidDataException($"PNM: no 0 or 1 at byte {at - 1}.");
    }

    private static void Skip(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length && (IsSpace(bytes[at]) || bytes[at] == '#'))
        {
            if (bytes[at++] != '#') continue;
            while (at < bytes.Length && bytes[at] is not ((byte)'\n' or (byte)'\r')) at++;
        }
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (>= 9 and <= 13);
}
