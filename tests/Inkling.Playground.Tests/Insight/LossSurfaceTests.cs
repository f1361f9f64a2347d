namespace Inkling.Playground.Tests.Insight;

/// <summary>The loss over planes through the weights.</summary>
public sealed class LossSurfaceTests
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(3);

    [Theory]
    [InlineData(PlaneKind.Random)]
    [InlineData(PlaneKind.Path)]
    public void It_goes_through_where_the_run_stands(PlaneKind kind)
    {
        using PlaygroundRun run = Trained(new PlaygroundSetup { Hidden = [4] }, 300);
        float[] before = run.Network.Parameters.Values.ToArray();
        using LossSurface surface = new(run, kind, seed: 5, []);
        Assert.Equal(kind, surface.Kind);
        (float x, float y) = surface.Place(run.Network.Parameters.Values);
        Assert.InRange(x, 0, 1);
        Assert.InRange(y, 0, 1);
        Assert.Equal(run.Losses().Training, surface.LossAt(run.Network.Parameters.Values), 1e-5f);
        while (surface.Work(Slice))
        {
        }

        Assert.Equal(surface.Total, surface.Done);
        Assert.Equal(LossSurface.Side * LossSurface.Side, surface.Total);
        float[] losses = surface.Losses.ToArray();
        Assert.All(losses, loss => Assert.True(float.IsFinite(loss)));

        // Around the place of the run, the picture has the run's loss between its smallest and largest neighbours.
        int column = (int)(x * (LossSurface.Side - 1)), row = (int)(y * (LossSurface.Side - 1));
        float[] near = [.. from r in Enumerable.Range(row - 1, 4) from c in Enumerable.Range(column - 1, 4) where r is >= 0 and < LossSurface.Side && c is >= 0 and < LossSurface.Side select losses[(r * LossSurface.Side) + c]];
        Assert.InRange(run.Losses().Training, 0.9f * near.Min() - 0.01f, near.Max());
        Assert.Equal(before, run.Network.Parameters.Values.ToArray());
    }

    [Fact]
    public void Of_one_weight_and_a_bias_the_picture_is_the_whole_truth()
    {
        // Regression on the plane with one input: the loss is a bowl over weight and bias, and the path lies in it whole.
        using PlaygroundRun run = Trained(new PlaygroundSetup { Problem = ProblemKind.Regression, Hidden = [], Inputs = ["x"], LearningRate = 0.01 }, 2000);
        using LossSurface surface = new(run, PlaneKind.Path, 1, []);
        Assert.Equal(1, surface.Kept!.Value, 1e-3);
        while (surface.Work(Slice))
        {
        }

        SurfaceValley valley = Assert.Single(surface.Valleys());
        Assert.True(valley.IsGood);
        (float x, float y) = surface.Place(run.Network.Parameters.Values);
        Assert.InRange(MathF.Abs(valley.X - x), 0, 0.06f);
        Assert.InRange(MathF.Abs(valley.Y - y), 0, 0.25f); // flat along the bias
        Assert.Equal(run.Losses().Training, valley.Loss, 2e-3f);
    }

    [Fact]
    public void Random_directions_are_as_long_as_each_neuron()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Hidden = [3] });
        run.Network.Layers[0].Weight.Values[..2].Clear(); // a neuron without weights does not move
        WeightPlane plane = WeightPlane.Random(run.Network.Parameters, run.Network.Parameters.Values, 3);
        float[] origin = run.Network.Parameters.Values.ToArray(), at = new float[origin.Length];
        plane.At(1, 0, at);
        Parameter weight = run.Network.Layers[0].Weight;
        for (int row = 0; row < 3; row++)
        {
            double moved = 0, length = 0;
            for (int i = weight.Offset + (2 * row); i < weight.Offset + (2 * row) + 2; i++)
            {
                moved += Math.Pow(at[i] - origin[i], 2);
                length += Math.Pow(origin[i], 2);
            }

            Assert.Equal(Math.Sqrt(length), Math.Sqrt(moved), 1e-5);
        }

        (double first, double second) = plane.Project(at);
        Assert.Equal(1, first, 1e-4);
        Assert.Equal(0, second, 1e-4);
    }

    [Fact]
    public void Three_ends_lie_on_their_plane()
    {
        PlaygroundSetup setup = new() { Dataset = "xor", Hidden = [2], LearningRate = 0.1 };
        using Race race = new(setup, "seed", ["1", "2", "3"], 60);
        while (race.Work(Slice))
        {
        }

        using PlaygroundRun run = new(setup);
        run.KeepPath();
        using LossSurface surface = new(run, PlaneKind.Ends, 1, race.Racers);
        Assert.Equal(PlaneKind.Ends, surface.Kind);
        Assert.Equal(3, surface.Others.Count);
        float[] at = new float[run.Network.Parameters.Values.Length];
        WeightPlane plane = WeightPlane.Through(run.Network.Parameters, race.Racers[0].Run.Network.Parameters.Values, race.Racers[1].Run.Network.Parameters.Values, race.Racers[2].Run.Network.Parameters.Values)!;
        foreach (Racer racer in race.Racers)
        {
            (double first, double second) = plane.Project(racer.Run.Network.Parameters.Values);
            plane.At(first, second, at);
            Assert.All(at.Zip(racer.Run.Network.Parameters.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
            (float x, float y) = surface.Place(racer.Run.Network.Parameters.Values);
            Assert.InRange(x, 0, 1);
            Assert.InRange(y, 0, 1);
        }
    }

    [Fact]
    public void Where_a_plane_cannot_be_it_is_a_random_one()
    {
        using PlaygroundRun fresh = new(new PlaygroundSetup());
        fresh.KeepPath();
        using (LossSurface surface = new(fresh, PlaneKind.Path, 1, [])) Assert.Equal(PlaneKind.Random, surface.Kind);
        using (LossSurface surface = new(fresh, PlaneKind.Ends, 1, [])) Assert.Equal(PlaneKind.Random, surface.Kind);

        using PlaygroundRun diverged = new(new PlaygroundSetup { Problem = ProblemKind.Regression, Activation = "linear", Hidden = [8, 8], Inputs = ["x", "y", "xSquared", "ySquared"], LearningRate = 10 });
        diverged.KeepPath();
        while (diverged.Train())
        {
        }

        using LossSurface lost = new(diverged, PlaneKind.Path, 1, []);
        Assert.Equal(PlaneKind.Random, lost.Kind);
        while (lost.Work(Slice))
        {
        }

        using PlaygroundRun zero = new(new PlaygroundSetup { StartsAtZero = true });
        using LossSurface flat = new(zero, PlaneKind.Random, 1, []);
        while (flat.Work(Slice))
        {
        }

        Assert.True(flat.Losses.ToArray().Distinct().Count() > 10);
    }

    [Fact]
    public void The_way_on_a_path_is_found_whole_where_it_lies_in_a_plane()
    {
        using PlaygroundRun run = new(new PlaygroundSetup { Hidden = [3] });
        float[] start = run.Network.Parameters.Values.ToArray();
        List<float[]> moments = [];
        for (int i = 0; i < 20; i++)
        {
            float[] moment = [.. start];
            moment[run.Network.Layers[0].Weight.Offset] += i;
            moment[run.Network.Layers[1].Weight.Offset] += i * i / 20f;
            moments.Add(moment);
        }

        WeightPlane plane = WeightPlane.OfPath(run.Network.Parameters, moments)!;
        Assert.Equal(1, plane.Kept!.Value, 1e-6);
        float[] at = new float[start.Length];
        foreach (float[] moment in moments)
        {
            (double first, double second) = plane.Project(moment);
            plane.At(first, second, at);
            Assert.All(at.Zip(moment), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
        }
    }

    private static PlaygroundRun Trained(PlaygroundSetup setup, int steps)
    {
        PlaygroundRun run = new(setup);
        run.KeepPath();
        for (int i = 0; i < steps; i++) run.Train();
        return run;
    }
}
