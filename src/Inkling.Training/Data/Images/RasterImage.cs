namespace Inkling.Training.Data;

/// <summary>An image of 8 bits a channel, rows from the top, channels interleaved.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 grey, 2 grey and opacity, 3 red, green, blue, 4 with opacity.</param>
/// <param name="Pixels"><c>[Height, Width, Channels]</c>.</param>
public sealed record RasterImage(int Width, int Height, int Channels, byte[] Pixels)
{
    /// <summary>Reads an image file by its content: PNG, or PBM, PGM or PPM.</summary>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">It is no image of these formats, or damaged; the message says how.</exception>
    public static RasterImage Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"'{path}' is not there.", path);
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            if (PngFile.IsPng(bytes)) return PngFile.Decode(bytes);
            if (PnmFile.IsPnm(bytes)) return PnmFile.Decode(bytes);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}': {error.Message}", error);
        }

        throw new InvalidDataException($"'{path}' is no PNG, PBM, PGM or PPM image.");
    }

    /// <summary>The image with other channels: colour becomes grey by ITU-R 601 (0.299 R + 0.587 G + 0.114 B), grey becomes colour by repetition, opacity is left out or full.</summary>
    /// <param name="channels">1 to 4.</param>
    public RasterImage WithChannels(int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 4);
        if (channels == Channels) return this;
        byte[] pixels = new byte[Width * Height * channels];
        bool fromColour = Channels >= 3, toColour = channels >= 3, hasOpacity = Channels is 2 or 4;
        for (int i = 0; i < Width * Height; i++)
        {
            ReadOnlySpan<byte> from = Pixels.AsSpan(i * Channels, Channels);
            Span<byte> to = pixels.AsSpan(i * channels, channels);
            if (channels is 2 or 4) to[^1] = hasOpacity ? from[^1] : (byte)255;
            if (toColour)
            {
                for (int c = 0; c < 3; c++) to[c] = from[fromColour ? c : 0];
            }
            else
            {
                to[0] = fromColour ? (byte)(((from[0] * 19595) + (from[1] * 38470) + (from[2] * 7471) + 0x8000) >> 16) : from[0];
            }
        }

        return new RasterImage(Width, Height, channels, pixels);
    }

    /// <summary>The image in another size: each pixel is a mean of those it covers, weighted by a triangle as wide as the larger of both pixels, so that shrinking does not alias.</summary>
    /// <param name="width">At least 1.</param>
    /// <param name="height">At least 1.</param>
    public RasterImage Resize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (width == Width && height == Height) return this;
        float[] rows = new float[Height * width * Channels];  // [Height, width, Channels]
        Resample(Pixels.Select(value => (float)value).ToArray(), Height, Width, width, Channels, rows);
        float[] all = new float[height * width * Channels];
        Resample(rows, 1, Height, height, width * Channels, all);
        return new RasterImage(width, height, Channels, [.. all.Select(value => (byte)Math.Clamp((int)MathF.Floor(value + 0.5f), 0, 255))]);
    }

    /// <summary>Resamples the middle axis: <c>[outer, from, inner] → [outer, to, inner]</c>.</summary>
    private static void Resample(float[] x, int outer, int from, int to, int inner, float[] y)
    {
        double scale = (double)from / to, reach = Math.Max(1, scale);
        for (int k = 0; k < to; k++)
        {
            double centre = (k + 0.5) * scale, total = 0;
            int first = Math.Max(0, (int)(centre - reach + 0.5)), end = Math.Min(from, (int)(centre + reach + 0.5));
            double[] weights = new double[end - first];
            for (int j = 0; j < weights.Length; j++) total += weights[j] = Math.Max(0, 1 - (Math.Abs(first + j + 0.5 - centre) / reach));
            for (int o = 0; o < outer; o++)
            {
                for (int c = 0; c < inner; c++)
                {
                    double sum = 0;
                    for (int j = 0; j < weights.Length; j++) sum += weights[j] * x[(((o * from) + first + j) * inner) + c];
                    y[(((o * to) + k) * inner) + c] = (float)(sum / total);
                }
            }
        }
    }
}
