namespace Inkling;

/// <summary>Other shapes on the same memory; nothing is computed or copied, and gradients flow through.</summary>
public static class ViewExtensions
{
    extension(Tensor x)
    {
        /// <summary>The same elements under another shape.</summary>
        /// <exception cref="ArgumentException">The number of elements differs.</exception>
        public Tensor Reshape(Shape shape)
        {
            if (shape.Length != x.Length) Errors.Shape("Reshape", $"{x.Shape} has {x.Length} elements, {shape} has {shape.Length}.");
            return x.Tape.View(x, shape, 0);
        }

        /// <summary>The entries <paramref name="start"/> … <paramref name="start"/> + <paramref name="count"/> − 1 of the first axis: <c>[N, …] → [count, …]</c>.</summary>
        /// <exception cref="ArgumentException">The range is not inside the first axis.</exception>
        public Tensor Slice(int start, int count)
        {
            Shape shape = x.Shape;
            if (shape.Rank == 0 || start < 0 || count < 0 || (long)start + count > shape[0])
                Errors.Shape("Slice", $"entries {start}..{(long)start + count} are not inside the first axis of {shape}.");
            int row = shape.Product(1, shape.Rank);
            return x.Tape.View(x, shape.WithFirst(count), start * row);
        }

        /// <summary>One entry of the first axis, which disappears: <c>[N, …] → […]</c>.</summary>
        /// <exception cref="ArgumentException">There is no such entry.</exception>
        public Tensor Select(int index)
        {
            Shape shape = x.Shape;
            if (shape.Rank == 0 || (uint)index >= (uint)shape[0]) Errors.Shape("Select", $"there is no entry {index} in the first axis of {shape}.");
            return x.Tape.View(x, Shape.Create(shape.ToArray().AsSpan(1)), index * shape.Product(1, shape.Rank));
        }
    }
}
