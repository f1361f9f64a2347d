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
}
