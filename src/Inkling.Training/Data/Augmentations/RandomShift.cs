namespace Inkling.Training.Data;

/// <summary>
/// Moves an image <c>[…, H, W]</c> by up to some pixels in each direction, filling what appears with one value: the padded random crop of
/// He et al. 2016, §4.2.
/// </summary>
/// <param name="pixels">The farthest it is moved, at least 0.</param>
/// <param name="fill">What appears at the edges. Default: 0.</param>
public sealed class RandomShift(int pixels, float fill = 0) : Augmentation
{
    /// <inheritdoc/>
    public override void Apply(Span<float> values, Shape shape, ItemRandom random)
    {
        int down = random.Below((2 * pixels) + 1) - pixels, right = random.Below((2 * pixels) + 1) - pixels;
        int width = shape[^1], height = shape.Rank > 1 ? shape[^2] : 1;
        for (int start = 0; start < values.Length; start += width * height) Move(values.Slice(start, width * height), width, height, down, right);
    }

    private void Move(Span<float> image, int width, int height, int down, int right)
    {
        // Rows are taken in the order in which none is overwritten before it has been moved.
        for (int k = 0; k < height; k++)
        {
            int y = down > 0 ? height - 1 - k : k;
            Span<float> row = image.Slice(y * width, width);
            if ((uint)(y - down) >= (uint)height || Math.Abs(right) >= width)
            {
                row.Fill(fill);
                continue;
            }

            Span<float> from = image.Slice((y - down) * width, width);
            if (right >= 0)
            {
                from[..(width - right)].CopyTo(row[right..]);
                row[..right].Fill(fill);
            }
            else
            {
                from[-right..].CopyTo(row);
                row[(width + right)..].Fill(fill);
            }
        }
    }
}
