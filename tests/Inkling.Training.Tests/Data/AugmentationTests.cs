using Inkling.Training.Data;

namespace Inkling.Training.Tests.Data;

/// <summary>Small changes to items: what they do, and that they can be repeated.</summary>
public sealed class AugmentationTests
{
    [Fact]
    public void A_flip_reverses_rows_about_half_of_the_time()
    {
        List<float[]> seen = Seen(new HorizontalFlip(), 200);
        float[] plain = [0, 1, 2, 3, 4, 5], flipped = [2, 1, 0, 5, 4, 3];
        Assert.All(seen, one => Assert.True(one.SequenceEqual(plain) || one.SequenceEqual(flipped)));
        Assert.InRange(seen.Count(one => one.SequenceEqual(flipped)), 70, 130);
        Assert.All(Seen(new HorizontalFlip(0), 20), one => Assert.Equal(plain, one));
    }

    [Fact]
    public void A_shift_moves_in_all_directions_and_fills_the_edge()
    {
        string[] seen = [.. Seen(new RandomShift(1, fill: 9), 400).Select(one => string.Join(' ', one)).Distinct().Order()];
        string[] all =
        [
            "0 1 2 3 4 5", "9 0 1 9 3 4", "1 2 9 4 5 9",   // in place, right, left
            "9 9 9 0 1 2", "9 9 9 9 0 1", "9 9 9 1 2 9",   // down
            "3 4 5 9 9 9", "9 3 4 9 9 9", "4 5 9 9 9 9",   // up
        ];
        Assert.Equal(all.Order(), seen);
    }

    [Fact]
    public void Noise_has_its_deviation()
    {
        float[] noise = [.. Seen(new GaussianNoise(2), 3000).SelectMany(one => one.Select((value, i) => value - i))];
        Assert.Equal(0, noise.Average(), 0.1f);
        Assert.Equal(2, Math.Sqrt(noise.Average(value => value * value)), 0.1);
    }

    [Fact]
    public void An_item_is_changed_anew_in_each_epoch_and_the_same_again_in_the_same()
    {
        DataLoader loader = Loader(new GaussianNoise(1));
        float[] first = loader.Epoch(0).First()[0].Numbers.ToArray(), second = loader.Epoch(1).First()[0].Numbers.ToArray();
        Assert.NotEqual(first, second);
        Assert.Equal(first, loader.Epoch(0).First()[0].Numbers.ToArray());
        Assert.NotEqual(first, Loader(new GaussianNoise(1) { Stream = 1 }).Epoch(0).First()[0].Numbers.ToArray());
    }

    private static DataLoader Loader(Augmentation augmentation)
        => new(new ArrayDataSet(DataColumn.Numbers("image", [1, 2, 3], [0, 1, 2, 3, 4, 5])), new LoaderOptions { BatchSize = 1, Prefetch = 0, Augmentations = [augmentation] });

    private static List<float[]> Seen(Augmentation augmentation, int times)
    {
        using BatchReader reader = Loader(augmentation).Open();
        return [.. Enumerable.Range(0, times).Select(_ => reader.Next()[0].Numbers.ToArray())];
    }
}
