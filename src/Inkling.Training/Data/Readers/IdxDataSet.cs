namespace Inkling.Training.Data;

/// <summary>
/// Images and their classes from two <see cref="IdxFile"/>s, as MNIST and Fashion-MNIST come: fields <c>image</c> <c>[1, H, W]</c>, or <c>[H·W]</c> when
/// flat, and <c>class</c>. Bytes stay bytes in memory.
/// </summary>
public sealed class IdxDataSet : DataSet
{
    private readonly IdxFile _images;
    private readonly int[] _classes;
    private readonly float _factor;
    private readonly float _shift;

    /// <summary>Takes images and classes together: a value v becomes <c>(v / 255 − mean) / deviation</c>.</summary>
    /// <param name="images">The images, <c>[N, …]</c>.</param>
    /// <param name="labels">Their classes, <c>[N]</c>.</param>
    /// <param name="classes">How many classes there are. Default: 10.</param>
    /// <param name="flat">Whether an image is one row of numbers. Default: no.</param>
    /// <param name="mean">What is taken from a value of 0 … 1. Default: 0.</param>
    /// <param name="deviation">What it is then divided by, more than 0. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is not more than 0.</exception>
    /// <exception cref="InvalidDataException">There is not one label for each image, or one is no class.</exception>
    public IdxDataSet(IdxFile images, IdxFile labels, int classes = 10, bool flat = false, double mean = 0, double deviation = 1)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        if (!(deviation > 0)) throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "IdxDataSet: the deviation must be more than 0.");
        if (labels.Shape.Rank != 1 || images.Shape[0] != labels.Shape[0]) throw new InvalidDataException($"IdxDataSet: images {images.Shape} and labels {labels.Shape} do not belong together; each image needs one label.");
        _images = images;
        _classes = new int[labels.Shape.Length];
        for (int i = 0; i < _classes.Length; i++)
        {
            _classes[i] = labels.Integer(i);
            if ((uint)_classes[i] >= (uint)classes) throw new InvalidDataException($"IdxDataSet: label {i} is {_classes[i]}, which is none of the {classes} classes (0 to {classes - 1}).");
        }

        int[] sizes = images.Shape.ToArray()[1..];
        Shape shape = flat ? [images.Shape.Length / Math.Max(1, images.Shape[0])] : sizes.Length == 2 ? [1, .. sizes] : Shape.Create(sizes);
        Fields = [new("image", FieldKind.Numbers, shape), new("class", FieldKind.Integers, []) { Classes = classes }];
        _factor = (float)(1 / (255 * deviation));
        _shift = (float)(-mean / deviation);
    }

    /// <inheritdoc/>
    public override int Count => _classes.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<DataField> Fields { get; }

    /// <summary>Reads a part of MNIST or of a set laid out like it: <c>PART-images-idx3-ubyte</c> and <c>PART-labels-idx1-ubyte</c>, with or without <c>.gz</c>.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="part"><c>train</c> or <c>t10k</c>.</param>
    /// <param name="flat">Whether an image is one row of numbers. Default: no.</param>
    /// <param name="mean">What is taken from a value of 0 … 1. Default: 0.</param>
    /// <param name="deviation">What it is then divided by. Default: 1.</param>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the two do not belong together.</exception>
    public static IdxDataSet Open(string folder, string part, bool flat = false, double mean = 0, double deviation = 1)
        => new(Read(folder, part + "-images-idx3-ubyte"), Read(folder, part + "-labels-idx1-ubyte"), 10, flat, mean, deviation);

    /// <inheritdoc/>
    public override void ReadNumbers(int item, int field, Span<float> into)
    {
        if (field != 0) base.ReadNumbers(item, field, into);
        _images.CopyTo(item * into.Length, into);
        for (int i = 0; i < into.Length; i++) into[i] = (into[i] * _factor) + _shift;
    }

    /// <inheritdoc/>
    public override void ReadIntegers(int item, int field, Span<int> into)
    {
        if (field != 1) base.ReadIntegers(item, field, into);
        into[0] = _classes[item];
    }

    private static IdxFile Read(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return IdxFile.Read(File.Exists(path) ? path : path + ".gz");
    }
}
