namespace Inkling.Playground.Tests;

/// <summary>The points.</summary>
public sealed class PointTests
{
    public static TheoryData<string> Sets => [.. PointSets.All.Where(set => !set.IsOwn).Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Points_are_in_the_plane_repeat_and_follow_their_seed(string name)
    {
        PointSet set = PointSets.Find(name);
        PlaygroundSetup setup = new() { Problem = set.Problem, Dataset = set.Problem == ProblemKind.Classification ? name : "circle", RegressionDataset = set.Problem == ProblemKind.Regression ? name : "reg-plane" };
        PointCloud cloud = PointCloud.Of(setup);
        LabelledPoint[] all = All(cloud);

        Assert.Equal(set.Count, all.Length);
        Assert.Equal(set.Count < 10 ? set.Count : set.Count / 2, cloud.Training.Count);
        Assert.All(all, point => Assert.True(MathF.Abs(point.X) <= 6 && MathF.Abs(point.Y) <= 6 && point.Label >= -1 && point.Label < Math.Max(2, cloud.Classes), $"{point}"));
        Assert.True(All(PointCloud.Of(setup)).SequenceEqual(all));
        if (set.Count > 4) Assert.False(All(PointCloud.Of(setup with { Seed = "2" })).SequenceEqual(all));
        if (cloud.Classes == 2 && set.Count > 4) Assert.InRange(all.Count(point => point.Label > 0), set.Count * 4 / 10, set.Count * 6 / 10);
    }

    [Theory]
    [InlineData("arms", 2)]
    [InlineData("arms", 3)]
    [InlineData("arms", 8)]
    [InlineData("blobs", 2)]
    [InlineData("blobs", 5)]
    [InlineData("blobs", 8)]
    public void A_set_has_as_many_classes_as_are_wanted_and_about_as_many_points_of_each(string name, int classes)
    {
        PointCloud cloud = PointCloud.Of(new PlaygroundSetup { Dataset = name, Classes = classes });
        Assert.Equal(classes, cloud.Classes);
        IGrouping<float, LabelledPoint>[] groups = [.. All(cloud).GroupBy(point => point.Label).OrderBy(group => group.Key)];
        Assert.Equal(classes == 2 ? [-1f, 1f] : [.. Enumerable.Range(0, classes).Select(label => (float)label)], groups.Select(group => group.Key));
        Assert.All(groups, group => Assert.InRange(group.Count(), 500 / classes, (500 / classes) + 1));
    }

    [Fact]
    public void Without_noise_the_labels_follow_the_picture()
    {
        PointCloud circle = PointCloud.Of(new PlaygroundSetup()), xor = PointCloud.Of(new PlaygroundSetup { Dataset = "xor" });
        Assert.All(circle.Training, point => Assert.Equal((point.X * point.X) + (point.Y * point.Y) < 6.25f, point.Label > 0));
        Assert.All(xor.Training, point => Assert.Equal(point.X * point.Y >= 0, point.Label > 0));
    }

    [Fact]
    public void Noise_puts_some_labels_wrong_and_the_share_divides()
    {
        PointCloud noisy = PointCloud.Of(new PlaygroundSetup { Dataset = "xor", Noise = 50, TrainShare = 90 });
        Assert.Equal((450, 50), (noisy.Training.Count, noisy.Test.Count));
        Assert.InRange(noisy.Training.Count(point => point.X * point.Y >= 0 != point.Label > 0), 20, 200);
    }

    private static LabelledPoint[] All(PointCloud cloud) => [.. cloud.All];
}
