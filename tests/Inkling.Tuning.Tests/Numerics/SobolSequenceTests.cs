namespace Inkling.Tuning.Tests;

public sealed class SobolSequenceTests
{
    [Fact]
    public void Points_are_those_of_SciPy()
    {
        // scipy.stats.qmc.Sobol(64, scramble=False, bits=32), points 1 to 4, 37 and 63, times 2^32
        var sequence = new SobolSequence(null);
        double[][] first = [[0.5, 0.5, 0.5, 0.5, 0.5], [0.75, 0.25, 0.25, 0.25, 0.75], [0.25, 0.75, 0.75, 0.75, 0.25], [0.375, 0.375, 0.625, 0.875, 0.375]];
        for (uint i = 0; i < 4; i++)
            Assert.Equal(first[i], Enumerable.Range(0, 5).Select(j => sequence.Bits32(i + 1, j) / 4294967296.0));
        int[] dimensions = [1, 5, 20, 40, 63];
        Assert.Equal([2751463424u, 1275068416u, 4093640704u, 335544320u, 3556769792u], dimensions.Select(j => sequence.Bits32(37, j)));
        Assert.Equal([3422552064u, 603979776u, 1006632960u, 2885681152u, 3154116608u], dimensions.Select(j => sequence.Bits32(63, j)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Scrambled_points_stay_in_every_cell_once(int seed)
    {
        var sequence = new SobolSequence((ulong)seed);
        for (int j = 0; j < SobolSequence.MaxDimensions; j++)
            Assert.Equal(256, Enumerable.Range(0, 256).Select(i => (int)(sequence.Coordinate((uint)i, j) * 256)).Distinct().Count());
        Assert.Equal(256, Enumerable.Range(0, 256).Select(i => ((int)(sequence.Coordinate((uint)i, 0) * 16), (int)(sequence.Coordinate((uint)i, 1) * 16))).Distinct().Count());
        Assert.NotEqual(sequence.Coordinate(0, 0), new SobolSequence((ulong)seed + 1).Coordinate(0, 0));
    }
}
