namespace Inkling.Training.Data;

/// <summary>
/// Images in folders, one for each class: <c>FOLDER/CLASS/…/NAME.png</c>, also pbm, pgm, ppm and pnm. Fields <c>image</c> <c>[C, H, W]</c> and <c>class</c>; classes are numbered
/// in alphabetical order of their folders, images ordered by path. Files are decoded when they are first read.
/// </summary>
public sealed class ImageFolder : DataSet
{
    private static readonly string[] s_endings = [".png", ".pbm", ".pgm", ".ppm", ".pnm"];

    private readonly ImageFolderOptions _options;
    private readonly string[] _files;
    private readonly int[] _classes;
    private readonly byte[]?[] _pixels;
    private readonly int _height;
    private readonly int _width;

    /// <summary>Finds the images; only the first is read at once.</summary>
    /// <param name="folder">The folder of the classes.</param>
    /// <param name="options">How images are read.</param>
    /// <exception cref="ArgumentException">The means or deviations are not one for all channels or one each, or a deviation is not more than 0.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    /// <exception cref="InvalidDataException">There are no images in folders below it, or the first is damaged.</exception>
    public ImageFolder(string folder, ImageFolderOptions? options = null)
    {
        _options = options ?? new ImageFolderOptions();
        if (_options.Channels is not (1 or 3)) throw new ArgumentException($"ImageFolder: {_options.Channels} channels; choose 1 for grey or 3 for colour.", nameof(options));
        CheckPerChannel(_options.Mean, "Mean");
        CheckPerChannel(_options.Deviation, "Deviation");
        if (_options.Deviation.Any(value => !(value > 0))) throw new ArgumentException("ImageFolder: a deviation must be more than 0.", nameof(options));
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"ImageFolder: the folder '{folder}' is not there.");
        Classes = [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        var found = Classes.SelectMany((name, i) => Directory.EnumerateFiles(Path.Combine(folder, name), "*", SearchOption.AllDirectories)
            .Where(file => s_endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Select(file => (file, i))).ToArray();
        if (found.Length == 0) throw new InvalidDataException($"ImageFolder: there are no {string.Join(", ", s_endings)} files in folders below '{folder}', where a folder is a class.");
        _files = [.. found.Select(one => one.file)];
        _classes = [.. found.Select(one => one.i)];
        _pixels = new byte[]?[_files.Length];
        RasterImage? first = _options.Size is null ? RasterImage.Read(_files[0]) : null;
        (_height, _width) = _options.Size ?? (first!.Height, first.Width);
        Fields = [new("image", FieldKind.Numbers, [_options.Channels, _height, _width]), new("class", FieldKind.Integers, []) { Classes = Classes.Count }];
    }

    /// <summary>The names of the classes by number.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public override int Count => _files.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<DataField> Fields { get; }

    /// <inheritdoc/>
    public override string NameOf(int item) => $"'{_files[item]}'";

    /// <inheritdoc/>
    public override void ReadNumbers(int item, int field, Span<float> into)
    {
        if (field != 0) base.ReadNumbers(item, field, into);
        byte[] pixels = _pixels[item] ?? Load(item);
        int channels = _options.Channels, size = _height * _width;
        for (int c = 0; c < channels; c++)
        {
            float deviation = Of(_options.Deviation, c), factor = 1 / (255 * deviation), shift = -Of(_options.Mean, c) / deviation;
            for (int i = 0; i < size; i++) into[(c * size) + i] = (pixels[(i * channels) + c] * factor) + shift;
        }
    }

    /// <inheritdoc/>
    public override void ReadIntegers(int item, int field, Span<int> into)
    {
        if (field != 1) base.ReadIntegers(item, field, into);
        into[0] = _classes[item];
    }

    private byte[] Load(int item)
    {
        RasterImage image = RasterImage.Read(_files[item]).WithChannels(_options.Channels);
        if (_options.Size is not null) image = image.Resize(_width, _height);
        else if (image.Width != _width || image.Height != _height)
            throw new InvalidDataException($"it has {image.Width} × {image.Height} pixels, the first image {_width} × {_height}. Bring all to one size by ImageFolderOptions.Size.");
        if (_options.KeepInMemory) _pixels[item] = image.Pixels;
        return image.Pixels;
    }

    private void CheckPerChannel(IReadOnlyList<float> values, string name)
    {
        if (values.Count != 1 && values.Count != _options.Channels) throw new ArgumentException($"ImageFolder: {values.Count} values given as {name}; give one for all channels or {_options.Channels}.", nameof(values));
    }

    private static float Of(IReadOnlyList<float> values, int channel) => values.Count == 1 ? values[0] : values[channel];
}
