using Inkling.Training.Data;

namespace Inkling.Training;

/// <summary>The fields of a batch as operands on a tape. They live for the step.</summary>
public sealed class BatchTensors
{
    private readonly Tensor[] _numbers;
    private readonly Tensor[] _masks;
    private readonly Indices?[] _integers;
    private readonly Indices?[] _lengths;
    private readonly bool[] _isSet;
    private readonly bool[] _hasMask;
    private readonly bool[] _hasLengths;
    private Batch? _batch;

    internal BatchTensors(Tape tape, int fields)
    {
        Tape = tape;
        _numbers = new Tensor[fields];
        _masks = new Tensor[fields];
        _integers = new Indices?[fields];
        _lengths = new Indices?[fields];
        _isSet = new bool[fields];
        _hasMask = new bool[fields];
        _hasLengths = new bool[fields];
    }

    /// <summary>The tape they are on.</summary>
    public Tape Tape { get; }

    /// <summary>The batch itself.</summary>
    public Batch Batch => _batch ?? throw new InvalidOperationException("BatchTensors: there is no batch yet.");

    internal bool HasBatch => _batch is not null;

    /// <summary>A field of real numbers.</summary>
    /// <param name="field">Its number; 0 is what a model gets, by convention.</param>
    /// <exception cref="InvalidOperationException">The field holds whole numbers.</exception>
    public Tensor Numbers(int field = 0)
    {
        BatchField from = Batch[field];
        if (from.Field.Kind != FieldKind.Numbers) throw new InvalidOperationException($"BatchTensors.Numbers: the field '{from.Field.Name}' holds whole numbers. Use Integers.");
        if (!_isSet[field]) _numbers[field] = Tape.Constant(from.Shape, from.Numbers);
        _isSet[field] = true;
        return _numbers[field];
    }

    /// <summary>A field of real numbers by name.</summary>
    public Tensor Numbers(string field) => Numbers(Batch.FieldNamed(field));

    /// <summary>A field of whole numbers: tokens, classes.</summary>
    /// <param name="field">Its number; 1 is what a model shall say, by convention.</param>
    /// <exception cref="InvalidOperationException">The field holds real numbers.</exception>
    public Indices Integers(int field = 1)
    {
        BatchField from = Batch[field];
        if (from.Field.Kind != FieldKind.Integers) throw new InvalidOperationException($"BatchTensors.Integers: the field '{from.Field.Name}' holds real numbers. Use Numbers.");
        Indices indices = _integers[field] ??= Tape.Indices(from.Shape);
        if (!_isSet[field])
        {
            indices.Resize(from.Shape);
            indices.Write(from.Integers);
            _isSet[field] = true;
        }

        return indices;
    }

    /// <summary>A field of whole numbers by name.</summary>
    public Indices Integers(string field) => Integers(Batch.FieldNamed(field));

    /// <summary>1 where a sequence has an element and 0 where it is padded, <c>[B, L]</c> or <c>[L, B]</c>.</summary>
    /// <exception cref="InvalidOperationException">The field does not vary in length.</exception>
    public Tensor Mask(int field = 0)
    {
        BatchField from = Batch[field];
        if (!from.Field.Varies) throw new InvalidOperationException($"BatchTensors.Mask: the field '{from.Field.Name}' does not vary in length.");
        if (!_hasMask[field]) _masks[field] = Tape.Constant(from.MaskShape, from.Mask);
        _hasMask[field] = true;
        return _masks[field];
    }

    /// <summary>The mask of a field by name.</summary>
    public Tensor Mask(string field) => Mask(Batch.FieldNamed(field));

    /// <summary>How long each sequence of the batch is, <c>[B]</c>: what recurrent layers and attention take as lengths.</summary>
    /// <exception cref="InvalidOperationException">The field does not vary in length.</exception>
    public Indices Lengths(int field = 0)
    {
        BatchField from = Batch[field];
        if (!from.Field.Varies) throw new InvalidOperationException($"BatchTensors.Lengths: the field '{from.Field.Name}' does not vary in length.");
        Indices lengths = _lengths[field] ??= Tape.Indices([Batch.Count]);
        if (!_hasLengths[field])
        {
            lengths.Resize([Batch.Count]);
            lengths.Write(from.Lengths);
            _hasLengths[field] = true;
        }

        return lengths;
    }

    /// <summary>The lengths of a field by name.</summary>
    public Indices Lengths(string field) => Lengths(Batch.FieldNamed(field));

    /// <summary>Takes another batch, in a step that has just begun.</summary>
    internal void Take(Batch batch)
    {
        _batch = batch;
        Array.Clear(_isSet);
        Array.Clear(_hasMask);
        Array.Clear(_hasLengths);
    }
}
