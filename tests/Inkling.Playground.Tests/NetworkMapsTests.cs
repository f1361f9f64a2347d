namespace Inkling.Playground.Tests;

/// <summary>What neurons say over the plane.</summary>
public sealed class NetworkMapsTests
{
    [Fact]
    public void The_map_of_x_goes_from_left_to_right_and_of_y_from_bottom_to_top()
    {
        byte[] maps = NetworkMaps.OfInputs();
        const int Side = NetworkMaps.NeuronSide;
        Assert.Equal(InputFeatures.All.Count * Side * Side, maps.Length);
        Assert.Equal((0, 255), (maps[0], maps[Side - 1]));
        int y = Side * Side;
        Assert.Equal((255, 0), (maps[y], maps[y + (Side * (Side - 1))]));
    }

    [Fact]
    public void Where_classes_have_outputs_the_map_says_which_and_how_sure()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Dataset = "blobs", Classes = 4, Hidden = [6] });
        for (int i = 0; i < 2000; i++) run.Train();
        NetworkMaps maps = new(run);
        maps.Update();
        const int Small = NetworkMaps.NeuronSide * NetworkMaps.NeuronSide, Large = NetworkMaps.OutputSide * NetworkMaps.OutputSide;
        ReadOnlySpan<byte> bytes = maps.Bytes.Span;
        Assert.Equal((10 * Small) + (2 * Large), bytes.Length);

        // Class 0 lies above, 1 to the right, 2 below, 3 to the left, each 3.4 from the middle: of 96 rows the 21st and the 75th.
        ReadOnlySpan<byte> classes = bytes.Slice(10 * Small, Large), shares = bytes[^Large..];
        Assert.Equal((0, 1, 2, 3), (classes[(21 * 96) + 48], classes[(48 * 96) + 75], classes[(75 * 96) + 48], classes[(48 * 96) + 21]));
        Assert.True(shares[(21 * 96) + 48] > 240, $"{shares[(21 * 96) + 48]}");
        Assert.True(bytes[(6 * Small) + (7 * 32) + 16] > 240, "the map of class 0 above");
        Assert.True(bytes[(6 * Small) + (25 * 32) + 16] < 15, "and below");
    }

    [Theory]
    [InlineData(LossKind.Squared)]
    [InlineData(LossKind.CrossEntropy)]
    public void The_map_of_the_output_agrees_with_the_network(LossKind loss)
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Dataset = "gauss", Hidden = [3, 2], Loss = loss });
        for (int i = 0; i < 500; i++) run.Train();
        NetworkMaps maps = new(run);
        maps.Update();
        ReadOnlySpan<byte> output = maps.Bytes.Span[(5 * NetworkMaps.NeuronSide * NetworkMaps.NeuronSide)..];

        // The classes lie around (2, 2) and (−2, −2): row 32 of 96 from the top, and row 64.
        Assert.True(output[(32 * NetworkMaps.OutputSide) + 64] > 200, $"{output[(32 * NetworkMaps.OutputSide) + 64]}");
        Assert.True(output[(64 * NetworkMaps.OutputSide) + 32] < 55, $"{output[(64 * NetworkMaps.OutputSide) + 32]}");
    }

    [Fact]
    public void The_small_picture_says_which_class_or_how_much_as_the_large_map_does()
    {
        const int Large = NetworkMaps.OutputSide * NetworkMaps.OutputSide;
        foreach (PlaygroundSetup setup in new[] { new PlaygroundSetup { Dataset = "blobs", Classes = 5, Hidden = [4] }, new PlaygroundSetup { Dataset = "spiral", Hidden = [4] } })
        {
            using PlaygroundRun run = new(setup);
            for (int i = 0; i < 500; i++) run.Train();
            NetworkMaps maps = new(run);
            maps.Update();
            byte[] whole = maps.Bytes.ToArray();
            OutputMap map = new(run, NetworkMaps.OutputSide);
            map.Update();
            Assert.Equal(setup.Dataset == "blobs" ? whole[^(2 * Large)..^Large] : whole[^Large..], map.Bytes.ToArray());
        }
    }
}
