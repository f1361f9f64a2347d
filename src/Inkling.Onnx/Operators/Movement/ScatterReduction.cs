using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>Writing blocks into a copy of a tensor: replacing what is there, or added to, multiplied by, or compared with it.</summary>
internal static class ScatterReduction
{
    /// <summary>The copy.</summary>
    /// <param name="data">The tensor.</param>
    /// <param name="starts">Where the blocks lie; the same place may occur several times.</param>
    /// <param name="length">Elements of a block.</param>
    /// <param name="updates">The blocks, one behind the other.</param>
    /// <param name="reduction"><c>none</c>, <c>add</c>, <c>mul</c>, <c>max</c> or <c>min</c>.</param>
    public static OnnxValue Apply(OnnxValue data, int[] starts, int length, OnnxValue updates, string reduction)
    {
        if (updates.Length != starts.Length * (long)length)
            throw new OnnxException($"{updates.Length} updates are given for {starts.Length * (long)length} places");
        if (reduction == "none")
            return data.ReplaceBlocks(starts, length, updates);
        if (!ElementTypes.IsHalf(data.Type))
            return ElementTypes.RunNumber(data.Type, new Reducing(data, starts, length, updates, reduction));
        OnnxValue wide = Apply(Conversion.Widen(data)!, starts, length, Conversion.Widen(updates)!, reduction);
        return Conversion.Convert(wide, data.Type);
    }

    private sealed class Reducing(OnnxValue data, int[] starts, int length, OnnxValue updates, string reduction) : INumberAction<OnnxValue>
    {
        public OnnxValue Run<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T> => reduction switch
            {
                "add" => Reduce<T, Add>(),
                "mul" => Reduce<T, Mul>(),
                "max" => Reduce<T, Max>(),
                "min" => Reduce<T, Min>(),
                _ => throw new OnnxException($"'reduction' is '{reduction}', none, add, mul, max or min is wanted"),
            };

        private OnnxValue<T> Reduce<T, TPair>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
            where TPair : struct, INumberPair<TPair>
        {
            TPair pair = default;
            T[] result = [.. data.As<T>().Data], source = updates.As<T>().Data;
            int from = 0;
            foreach (int start in starts)
            {
                foreach (ref T element in result.AsSpan(start, length))
                    element = pair.Apply(element, source[from++]);
            }

            return new OnnxValue<T>(data.Sizes, result);
        }
    }
}
