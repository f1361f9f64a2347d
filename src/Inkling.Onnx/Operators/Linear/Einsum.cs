using System.Numerics;

namespace Inkling.Onnx.Operators;

/// <summary>
/// Sums of products by an equation over labelled axes. Operands are contracted one after the other, each contraction as matrix products
/// over what both share.
/// </summary>
internal sealed class Einsum : NumberOperator
{
    /// <inheritdoc/>
    protected override OnnxValue?[] Compute<T>(OperatorCall call)
    {
        OnnxValue[] operands = call.AllInputs();
        var equation = EinsumEquation.Parse(call.Attributes.Text("equation", ""), Array.ConvertAll(operands, operand => operand.Rank));
        Dictionary<int, int> sizes = Sizes(operands, equation);
        Labelled<T> total = Labelled<T>.Of(operands[0].As<T>(), equation.Inputs[0], sizes);
        for (int i = 1; i < operands.Length; i++)
        {
            HashSet<int> later = [.. equation.Output, .. equation.Inputs.Skip(i + 1).SelectMany(labels => labels)];
            total = total.Contract(Labelled<T>.Of(operands[i].As<T>(), equation.Inputs[i], sizes), later);
        }

        return [total.SumTo(equation.Output).InOrder(equation.Output)];
    }

    private static Dictionary<int, int> Sizes(OnnxValue[] operands, EinsumEquation equation)
    {
        Dictionary<int, int> sizes = [];
        for (int i = 0; i < operands.Length; i++)
        {
            for (int axis = 0; axis < operands[i].Rank; axis++)
            {
                int label = equation.Inputs[i][axis], size = operands[i].Sizes[axis];
                int known = sizes.GetValueOrDefault(label, 1);
                if (known != 1 && size != 1 && known != size)
                    throw new OnnxException($"axes of one label differ in size, {known} and {size}");
                sizes[label] = known == 1 ? size : known;
            }
        }

        return sizes;
    }

    /// <summary>A tensor with a label for each axis, none twice.</summary>
    private sealed record Labelled<T>(OnnxValue<T> Value, int[] Labels)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        /// <summary>An operand; where a label occurs twice, its diagonal; sizes of 1 repeated.</summary>
        public static Labelled<T> Of(OnnxValue<T> value, int[] labels, Dictionary<int, int> sizes)
        {
            int[] own = Dimensions.Strides(value.Sizes), distinct = [.. labels.Distinct()], strides = new int[distinct.Length];
            for (int axis = 0; axis < labels.Length; axis++)
            {
                if (value.Sizes[axis] != 1)
                    strides[Array.IndexOf(distinct, labels[axis])] += own[axis];
            }

            return new Labelled<T>(value.Read(Array.ConvertAll(distinct, label => sizes[label]), strides), distinct);
        }

        /// <summary>The product with another, summed over what both have and nobody needs later.</summary>
        public Labelled<T> Contract(Labelled<T> other, HashSet<int> later)
        {
            Labelled<T> a = SumTo(Labels.Where(label => later.Contains(label) || other.Labels.Contains(label)));
            Labelled<T> b = other.SumTo(other.Labels.Where(label => later.Contains(label) || Labels.Contains(label)));
            int[] shared = [.. a.Labels.Intersect(b.Labels)];
            int[] batch = [.. shared.Where(later.Contains)], summed = [.. shared.Except(batch)];
            int[] left = [.. a.Labels.Except(shared)], right = [.. b.Labels.Except(shared)];
            OnnxValue<T> product = MatMul.Product(a.Grouped(batch, left, summed), b.Grouped(batch, summed, right));
            int[] labels = [.. batch, .. left, .. right];
            int[] shape = Array.ConvertAll(labels, label => a.Labels.Contains(label) ? a.Size(label) : b.Size(label));
            return new Labelled<T>(product.Reshape(shape), labels);
        }

        /// <summary>Summed over all axes but some.</summary>
        public Labelled<T> SumTo(IEnumerable<int> kept)
        {
            int[] stay = [.. Labels.Intersect(kept)], go = [.. Labels.Except(stay)];
            if (go.Length == 0)
                return this;
            OnnxValue<T> rows = Grouped([], stay, go);
            T[] sums = new T[rows.Sizes[1]];
            for (int i = 0; i < sums.Length; i++)
                sums[i] = ReduceSum.Of<T>(rows.Data.AsSpan(i * rows.Sizes[2], rows.Sizes[2]));
            return new Labelled<T>(new OnnxValue<T>(Array.ConvertAll(stay, Size), sums), stay);
        }

        /// <summary>The tensor with its axes in the order of some labels.</summary>
        public OnnxValue<T> InOrder(int[] labels)
        {
            int[] order = Array.ConvertAll(labels, label => Array.IndexOf(Labels, label));
            return order.AsSpan().SequenceEqual(Enumerable.Range(0, order.Length).ToArray()) ? Value : Value.Transpose(order).As<T>();
        }

        /// <summary>Three axes, each made of several.</summary>
        private OnnxValue<T> Grouped(int[] first, int[] second, int[] third) =>
            InOrder([.. first, .. second, .. third]).Reshape([Product(first), Product(second), Product(third)]);

        private int Product(int[] labels) => labels.Aggregate(1, (product, label) => product * Size(label));

        private int Size(int label) => Value.Sizes[Array.IndexOf(Labels, label)];
    }
}
