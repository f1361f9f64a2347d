using System.Runtime.CompilerServices;
using Inkling.Numerics;

namespace Inkling.Onnx;

/// <summary>A tensor whose element type is known.</summary>
/// <typeparam name="T">The .NET type of the elements.</typeparam>
public sealed class OnnxValue<T> : OnnxValue
{
    internal OnnxValue(int[] shape, T[] data)
        : base(shape)
    {
        Type = ElementTypes.Of<T>();
        Data = data;
    }

    /// <inheritdoc/>
    public override OnnxElementType Type { get; }

    /// <inheritdoc/>
    public override int Length => Data.Length;

    /// <summary>The elements as an array, which must not be changed once others may see the tensor.</summary>
    internal T[] Data { get; }

    /// <inheritdoc/>
    internal override OnnxValue<T> Reshape(int[] shape) => new(shape, Data);

    /// <inheritdoc/>
    [MethodImpl(Jit.Kernel)]
    internal override OnnxValue<T> Read(int[] shape, int[] strides, int start = 0)
    {
        T[] result = GC.AllocateUninitializedArray<T>(Dimensions.Count(shape));
        var walk = new RowWalk(shape, strides);
        int length = walk.Length, step = walk.Steps[0], to = 0;
        float[]? singles = walk.IsTransposition ? Data as float[] : null;
        for (; walk.Next(); to += length)
        {
            int from = start + walk.Position(0);
            if (singles is not null)
            {
                // As many rows as the matrix is wide are one block; the engine below turns it in tiles.
                Transposition.Transpose(length, step, singles.AsSpan(from, length * step), ((float[])(object)result).AsSpan(to, length * step));
                walk.Skip(step - 1);
                to += length * (step - 1);
                continue;
            }

            Span<T> row = result.AsSpan(to, length);
            if (step == 1)
            {
                Data.AsSpan(from, length).CopyTo(row);
            }
            else if (step == 0)
            {
                row.Fill(Data[from]);
            }
            else
            {
                for (int i = 0; i < row.Length; i++, from += step)
                    row[i] = Data[from];
            }
        }

        return new OnnxValue<T>(shape, result);
    }

    /// <inheritdoc/>
    [MethodImpl(Jit.Kernel)]
    internal override OnnxValue<T> TakeBlocks(int[] shape, int[] starts, int length, OnnxValue? fill = null)
    {
        T[] result = GC.AllocateUninitializedArray<T>(Dimensions.Count(shape));
        T? filler = fill is null ? default : fill.As<T>().Data[0];
        for (int i = 0; i < starts.Length; i++)
        {
            int start = starts[i];
            Span<T> block = result.AsSpan(i * length, length);
            if (start < 0)
                block.Fill(filler!);
            else if (length == 1)
                block[0] = Data[start];
            else
                Data.AsSpan(start, length).CopyTo(block);
        }

        return new OnnxValue<T>(shape, result);
    }

    /// <inheritdoc/>
    internal override OnnxValue<T> ReplaceBlocks(int[] starts, int length, OnnxValue updates)
    {
        T[] result = [.. Data];
        T[] source = updates.As<T>().Data;
        for (int i = 0; i < starts.Length; i++)
            source.AsSpan(i * length, length).CopyTo(result.AsSpan(starts[i], length));
        return new OnnxValue<T>(Sizes, result);
    }

    /// <inheritdoc/>
    internal override OnnxValue<T> Join(IReadOnlyList<OnnxValue> others, int axis)
    {
        int[] shape = [.. Sizes];
        foreach (OnnxValue other in others)
            shape[axis] += other.Sizes[axis];
        T[] result = GC.AllocateUninitializedArray<T>(Dimensions.Count(shape));
        int outer = Dimensions.Product(shape.AsSpan(0, axis)), inner = Dimensions.Product(shape.AsSpan(axis + 1)), stride = shape[axis] * inner;
        int offset = 0;
        foreach (OnnxValue part in (OnnxValue[])[this, .. others])
        {
            T[] source = part.As<T>().Data;
            int length = part.Sizes[axis] * inner;
            for (int i = 0; i < outer; i++)
                source.AsSpan(i * length, length).CopyTo(result.AsSpan((i * stride) + offset));
            offset += length;
        }

        return new OnnxValue<T>(shape, result);
    }

    /// <inheritdoc/>
    internal override OnnxValue<T> Choose(OnnxValue<bool> condition, OnnxValue other, int[] shape)
    {
        T[] result = GC.AllocateUninitializedArray<T>(Dimensions.Count(shape));
        T[] otherwise = other.As<T>().Data;
        var walk = new RowWalk(
            shape, Dimensions.BroadcastStrides(condition.Sizes, shape), Dimensions.BroadcastStrides(Sizes, shape), Dimensions.BroadcastStrides(other.Sizes, shape));
        int to = 0;
        while (walk.Next())
        {
            int c = walk.Position(0), a = walk.Position(1), b = walk.Position(2);
            for (int i = 0; i < walk.Length; i++)
            {
                result[to++] = condition.Data[c] ? Data[a] : otherwise[b];
                c += walk.Steps[0];
                a += walk.Steps[1];
                b += walk.Steps[2];
            }
        }

        return new OnnxValue<T>(shape, result);
    }

    private protected override IEnumerable<string> Shown(int count) => Data.Take(count).Select(Show);
}
