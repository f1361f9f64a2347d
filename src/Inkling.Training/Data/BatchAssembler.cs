namespace Inkling.Training.Data;

/// <summary>Reads the items of a batch into its memory.</summary>
internal sealed class BatchAssembler
{
    private readonly DataSet _data;
    private readonly LoaderOptions _options;
    private readonly EpochPlan _plan;
    private readonly (int Field, Augmentation How)[] _augmentations;
    private float[] _numbers = [];
    private int[] _integers = [];

    public BatchAssembler(DataSet data, LoaderOptions options)
    {
        _data = data;
        _options = options;
        _plan = new EpochPlan(data, options);
        _augmentations = [.. options.Augmentations.Select(how => (how.Field is { } name ? data.FieldNamed(name) : 0, how))];
        foreach ((int field, Augmentation how) in _augmentations)
        {
            if (data.Fields[field].Kind != FieldKind.Numbers)
                throw new ArgumentException($"DataLoader: {how.GetType().Name} changes real numbers, but the field '{data.Fields[field].Name}' holds whole ones. Name another by its Field.", nameof(options));
        }
    }

    public int BatchCount => _plan.BatchCount;

    public Batch NewBatch() => new(_data.Fields, Math.Min(_options.BatchSize, _data.Count));

    /// <exception cref="DataSetException">An item cannot be read or has a length of 0.</exception>
    public void Fill(Batch batch, long epoch, long number)
    {
        batch.Begin(epoch, number, _plan.Items(epoch, number));
        for (int field = 0; field < batch.Fields.Count; field++)
        {
            Prepare(batch, field);
            ReadOnlySpan<int> items = batch.Items;
            for (int i = 0; i < items.Length; i++) Read(batch, field, i, items[i]);
        }
    }

    private void Prepare(Batch batch, int number)
    {
        BatchField field = batch[number];
        DataField kind = field.Field;
        Span<int> axes = stackalloc int[Shape.MaxRank];
        int rank = 0;
        if (!kind.Varies)
        {
            axes[rank++] = batch.Count;
            foreach (int axis in AxesOf(kind.Shape, stackalloc int[Shape.MaxRank])) axes[rank++] = axis;
            field.Resize(Shape.Create(axes[..rank]), default, batch.Count * kind.Shape.Length);
            return;
        }

        Span<int> lengths = field.LengthsToWrite(batch.Count);
        int longest = 0, elements = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            int item = batch.Items[i];
            lengths[i] = _data.LengthOf(item, number);
            if (lengths[i] < 1) throw new DataSetException($"DataLoader: {_data.NameOf(item)} (item {item}) has a '{kind.Name}' of length 0. Leave such items out with Where(…).") { Item = item };
            longest = Math.Max(longest, lengths[i]);
            elements += lengths[i];
        }

        longest = (longest + _options.PadToMultipleOf - 1) / _options.PadToMultipleOf * _options.PadToMultipleOf;
        (axes[0], axes[1]) = _options.TimeFirst ? (longest, batch.Count) : (batch.Count, longest);
        rank = 2;
        Shape mask = Shape.Create(axes[..rank]);
        foreach (int axis in AxesOf(kind.Shape, stackalloc int[Shape.MaxRank])) axes[rank++] = axis;
        field.Resize(Shape.Create(axes[..rank]), mask, elements * kind.Shape.Length);
        FillMask(field, lengths, longest);
    }

    private void FillMask(BatchField field, ReadOnlySpan<int> lengths, int longest)
    {
        Span<float> mask = field.MaskToWrite;
        for (int i = 0; i < lengths.Length; i++)
        {
            for (int t = 0; t < longest; t++) mask[_options.TimeFirst ? (t * lengths.Length) + i : (i * longest) + t] = t < lengths[i] ? 1 : 0;
        }
    }

    private void Read(Batch batch, int number, int place, int item)
    {
        BatchField field = batch[number];
        int width = field.Field.Shape.Length;
        try
        {
            if (field.Field.Kind == FieldKind.Numbers)
            {
                Span<float> values = Into(ref _numbers, field, field.Numbers, place, width, out bool scatter);
                _data.ReadNumbers(item, number, values);
                foreach ((int augmented, Augmentation how) in _augmentations)
                {
                    if (augmented == number) how.Apply(values, field.Field.Shape, new ItemRandom(_options.Seed, batch.Epoch, item, how));
                }

                if (field.Field.Varies) Place(values, field.Numbers, field.Field.Padding, field, place, batch.Count, scatter);
            }
            else
            {
                Span<int> values = Into(ref _integers, field, field.Integers, place, width, out bool scatter);
                _data.ReadIntegers(item, number, values);
                if (field.Field.Varies) Place(values, field.Integers, field.Field.Padding, field, place, batch.Count, scatter);
            }
        }
        catch (Exception error) when (error is not (OperationCanceledException or OutOfMemoryException))
        {
            throw new DataSetException($"DataLoader: reading '{field.Field.Name}' of {_data.NameOf(item)} (item {item}) failed: {error.Message}", error) { Item = item };
        }
    }

    /// <summary>Where an item's values are read to: at once to their place in the batch, but for sequences with time first, whose places are scattered.</summary>
    private Span<T> Into<T>(ref T[] aside, BatchField field, Span<T> all, int place, int width, out bool scatter)
    {
        scatter = field.Field.Varies && _options.TimeFirst;
        if (!field.Field.Varies) return all.Slice(place * width, width);
        int length = field.Lengths[place] * width;
        if (!scatter) return all.Slice(place * field.Shape[1] * width, length);
        if (aside.Length < length) aside = new T[Math.Max(length, aside.Length + (aside.Length / 2))];
        return aside.AsSpan(0, length);
    }

    private static void Place<T>(ReadOnlySpan<T> values, Span<T> all, T padding, BatchField field, int place, int count, bool scatter)
    {
        int width = field.Field.Shape.Length, length = field.Lengths[place];
        if (!scatter)
        {
            all.Slice(((place * field.Shape[1]) + length) * width, (field.Shape[1] - length) * width).Fill(padding);
            return;
        }

        for (int t = 0; t < field.Shape[0]; t++)
        {
            Span<T> to = all.Slice(((t * count) + place) * width, width);
            if (t < length) values.Slice(t * width, width).CopyTo(to);
            else to.Fill(padding);
        }
    }

    private static ReadOnlySpan<int> AxesOf(Shape shape, Span<int> into)
    {
        for (int i = 0; i < shape.Rank; i++) into[i] = shape[i];
        return into[..shape.Rank];
    }
}
