using System.Buffers.Binary;

namespace Inkling.Training.Data;

/// <summary>From the bytes that were compressed in a PNG file to pixels: filters, interlace, depths, palette.</summary>
internal sealed class PngDecoder
{
    // Adam7 (§8.2): where each pass begins and how far apart its pixels are.
    private static readonly (int X, int Y, int StepX, int StepY)[] s_passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private const long LargestImage = 1 << 28; // bytes; a header that is damaged must not take the machine's memory

    private readonly int _width;
    private readonly int _height;
    private readonly int _depth;
    private readonly int _colour;
    private readonly int _samples;  // in a pixel of the file
    private readonly bool _interlaced;

    public PngDecoder(ReadOnlySpan<byte> header)
    {
        if (header.Length != 13) throw new InvalidDataException($"PNG: the header has {header.Length} bytes, not 13.");
        _width = BinaryPrimitives.ReadInt32BigEndian(header);
        _height = BinaryPrimitives.ReadInt32BigEndian(header[4..]);
        (_depth, _colour) = (header[8], header[9]);
        _samples = _colour switch { 0 or 3 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        bool known = _colour switch { 0 => _depth is 1 or 2 or 4 or 8 or 16, 3 => _depth is 1 or 2 or 4 or 8, 2 or 4 or 6 => _depth is 8 or 16, _ => false };
        if (!known) throw new InvalidDataException($"PNG: there is no colour type {_colour} with {_depth} bits.");
        if (_width < 1 || _height < 1 || (long)_width * _height * 8 > LargestImage) throw new InvalidDataException($"PNG: {_width} × {_height} pixels are none, or too many to read.");
        if (header[10] != 0 || header[11] != 0 || header[12] > 1) throw new InvalidDataException($"PNG: compression {header[10]}, filter {header[11]}, interlace {header[12]} is not 0, 0 and 0 or 1.");
        _interlaced = header[12] == 1;
        foreach ((_, _, int width, int height) in Passes()) DataLength += width == 0 ? 0 : height * (1 + RowLength(width));
    }

    /// <summary>How many bytes the file's data are without compression.</summary>
    public int DataLength { get; }

    public RasterImage Decode(byte[] raw, byte[]? palette, byte[]? opacity)
    {
        if (_colour == 3 && palette is null) throw new InvalidDataException("PNG: the palette PLTE is missing.");
        int channels = _colour == 3 ? (opacity is null ? 3 : 4) : _samples;
        byte[] pixels = new byte[_width * _height * channels];
        int at = 0, pass = 0;
        foreach ((int x0, int y0, int width, int height) in Passes())
        {
            (int stepX, int stepY) = _interlaced ? (s_passes[pass].StepX, s_passes[pass].StepY) : (1, 1);
            pass++;
            if (width == 0 || height == 0) continue;
            int length = RowLength(width), bytesBack = Math.Max(1, _samples * _depth / 8);
            ReadOnlySpan<byte> above = new byte[length];
            for (int y = 0; y < height; y++)
            {
                Span<byte> row = raw.AsSpan(at + 1, length);
                Unfilter(raw[at], row, above, bytesBack);
                for (int x = 0; x < width; x++)
                    Pixel(row, x, pixels.AsSpan(((((y0 + (y * stepY)) * _width) + x0 + (x * stepX)) * channels), channels), palette, opacity);
                above = row;
                at += length + 1;
            }
        }

        return new RasterImage(_width, _height, channels, pixels);
    }

    private IEnumerable<(int X, int Y, int Width, int Height)> Passes()
    {
        if (!_interlaced) return [(0, 0, _width, _height)];
        return s_passes.Select(pass => (pass.X, pass.Y, (_width - pass.X + pass.StepX - 1) / pass.StepX, (_height - pass.Y + pass.StepY - 1) / pass.StepY));
    }

    private int RowLength(int width) => ((width * _samples * _depth) + 7) / 8;

    /// <summary>§9.2: each byte was stored as the difference from what its neighbours foretell.</summary>
    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int back)
    {
        if (filter > 4) throw new InvalidDataException($"PNG: a row has the filter {filter}; there are 0 to 4. The image data are damaged.");
        for (int i = 0; i < row.Length && filter != 0; i++)
        {
            int left = i >= back ? row[i - back] : 0, up = above[i], corner = i >= back ? above[i - back] : 0;
            row[i] += (byte)(filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        int byLeft = Math.Abs(up - corner), byUp = Math.Abs(left - corner), byCorner = Math.Abs(left + up - (2 * corner));
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }

    private void Pixel(ReadOnlySpan<byte> row, int x, Span<byte> to, byte[]? palette, byte[]? opacity)
    {
        if (_colour != 3)
        {
            for (int c = 0; c < _samples; c++) to[c] = (byte)(Sample(row, (x * _samples) + c) * 255 / (_depth == 16 ? 255 : (1 << _depth) - 1));
            return;
        }

        int entry = Sample(row, x);
        if (3 * entry + 2 >= palette!.Length) throw new InvalidDataException($"PNG: a pixel has colour {entry}; the palette has {palette.Length / 3}.");
        palette.AsSpan(3 * entry, 3).CopyTo(to);
        if (to.Length == 4) to[3] = entry < opacity!.Length ? opacity[entry] : (byte)255;
    }

    /// <summary>A sample of 1, 2, 4 or 8 bits, or the higher byte of one of 16.</summary>
    private int Sample(ReadOnlySpan<byte> row, int index)
    {
        if (_depth == 16) return row[2 * index];
        if (_depth == 8) return row[index];
        int bit = index * _depth;
        return (row[bit >> 3] >> (8 - _depth - (bit & 7))) & ((1 << _depth) - 1);
    }
}
