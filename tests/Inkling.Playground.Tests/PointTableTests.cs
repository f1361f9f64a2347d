using CsCheck;

namespace Inkling.Playground.Tests;

/// <summary>Points of one's own.</summary>
public sealed class PointTableTests
{
    [Fact]
    public void Any_table_comes_back_from_an_address() => Setups.Tables.Sample(table =>
    {
        PlaygroundSetup setup = new() { Dataset = "own", Own = table }, back = SetupText.Parse(SetupText.Format(setup)).Setup;
        Assert.Equal(table.Values.ToArray(), back.Own!.Values.ToArray());
        Assert.Equal(table.Labels.ToArray(), back.Own.Labels.ToArray());
        Assert.Equal(table.Columns, back.Own.Columns);
        Assert.Equal(table.ClassNames, back.Own.ClassNames);
    });

    [Fact]
    public void Values_are_rounded_as_an_address_holds_them_and_the_middle_is_one_of_them()
    {
        PointTable table = new(["x", "y"], PointTable.NamesOf(2), [0, 1.2345678f, -6, 6], [0, 1]);
        Assert.Equal([0, -6, 6], [table.Values[0], table.Values[2], table.Values[3]]);
        Assert.Equal(1.2345678f, table.Values[1], 0.0015f);
    }

    [Fact]
    public void Many_points_do_not_fit_an_address_which_says_so_and_takes_them_where_they_are_at_hand()
    {
        PointTable table = PointTable.Start.Add([.. Enumerable.Range(0, 1500).SelectMany(i => new[] { (i % 100 / 10f) - 5, i / 150f, i % 2 })]);
        PlaygroundSetup setup = new() { Dataset = "own", Own = table };
        string address = SetupText.Format(setup);
        Assert.False(table.FitsAddress);
        Assert.True(address.Length < 1500, $"{address.Length}");

        SetupReading without = SetupText.Parse(address), with = SetupText.Parse(address, table);
        Assert.Contains("does not hold its points", Assert.Single(without.Problems), StringComparison.Ordinal);
        Assert.Equal(address, SetupText.Format(without.Setup));
        using PlaygroundRun run = new(without.Setup);
        Assert.True(run.Train());
        Assert.Empty(with.Problems);
        Assert.Same(table, with.Setup.Own);
        Assert.NotNull(SetupText.Parse(address, PointTable.Start.Add([1, 1, 1])).Setup.Own!.Columns); // another table is not taken for it
        Assert.True(SetupText.Parse(address, PointTable.Start.Add([1, 1, 1])).Setup.Own!.IsMissing);
    }

    [Fact]
    public void Points_are_added_and_erased_and_one_stays()
    {
        PointTable table = PointTable.Start.Add([1, 2, 0, 9, 9, 1, float.NaN, 0, 0, 2, 2, 5, 3, 3, 2]);
        Assert.Equal((5, 3), (table.Count, table.ClassNames.Count)); // NaN and class 6 of 3 are left out, the third class is new
        Assert.Equal([6f, 6f], table.Values[6..8].ToArray());
        Assert.Equal(4, table.Erase([1.2f, 2], 0.5f).Count);
        Assert.Same(table, table.Erase([-5, -5], 0.5f));
        Assert.Equal(1, table.Erase([0, 0], 20).Count);
        Assert.Equal(PointTable.MostPoints, table.Add([.. Enumerable.Repeat(0f, 9000)]).Count);
    }

    [Theory]
    [InlineData("classification", "own")]
    [InlineData("regression", "reg-own")]
    public void Own_points_answer_both_questions(string problem, string name)
    {
        foreach (PointTable table in new[] { PointTable.Start, PointTable.Start.Add([0, 3, 2, 1, 1, 3]), new PointTable(["x", "y"], [], [0, 0, 1, 1], [0.5f, -0.5f]), new PointTable(["a"], [], [0, 0], [0.5f, -0.5f]) })
        {
            PlaygroundSetup setup = SetupText.Parse($"problem={problem}&dataset=own&regDataset=reg-own&points={Uri.EscapeDataString(table.Code)}").Setup;
            Assert.Equal(name, setup.Points);
            using PlaygroundRun run = new(setup);
            Assert.Equal(table.Count, run.Points.Training.Count);
            Assert.Equal(table.Count, run.Points.Test.Count); // so few are learnt from whole
            Assert.All(run.Points.All, point => Assert.InRange(point.Label, -1, run.Points.Classes > 2 ? 3 : 1));
            for (int i = 0; i < 20; i++) Assert.True(run.Train());
            new NetworkMaps(run).Update();
        }
    }

    [Fact]
    public void Of_more_than_two_columns_all_are_read_and_two_are_shown()
    {
        // The class is the sign of the third column.
        float[] values = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { i % 7 - 3f, i % 5 - 2f, i % 2 * 4 - 2f })];
        PlaygroundSetup setup = new() { Dataset = "own", Own = new PointTable(["a", "b", "c"], ["no", "yes"], values, [.. Enumerable.Range(0, 60).Select(i => (float)(i % 2))]), Hidden = [], LearningRate = 0.1, MapX = 2, MapY = 0 };
        using PlaygroundRun run = new(setup);
        Assert.Equal(3, run.Network.Widths[0]);
        Assert.Equal(3 * 30, run.Points.TestInputs.Length);
        for (int i = 0; i < 500; i++) run.Train();
        Assert.Equal(1, run.Measure().TestAccuracy);

        NetworkMaps maps = new(run);
        maps.Update();
        Assert.True(maps.Bytes.Span[(48 * 96) + 5] < 20 && maps.Bytes.Span[(48 * 96) + 90] > 235, "the third column goes across");
        Assert.All(run.Points.All, point => Assert.Equal(point.Label, MathF.Sign(point.X)));
        run.Change(setup with { MapX = 0, MapY = 2 });
        maps.Update();
        Assert.True(maps.Bytes.Span[(5 * 96) + 48] > 235 && maps.Bytes.Span[(90 * 96) + 48] < 20, "and now upwards");
        Assert.All(run.Points.All, point => Assert.Equal(point.Label, MathF.Sign(point.Y)));
    }

    [Theory]
    [InlineData("22~AA")]
    [InlineData("02~AAAA0")]
    [InlineData("29~AAAA0")]
    [InlineData("22~AAAA2")]
    [InlineData("22~A*AA0")]
    [InlineData("22~__AA0")]
    [InlineData("22~AAAA0~only one name")]
    [InlineData("22~")]
    [InlineData("kept-xyz")]
    [InlineData("~~~")]
    public void What_is_no_table_is_told(string code)
    {
        SetupReading reading = SetupText.Parse("points=" + code);
        Assert.Null(reading.Setup.Own);
        Assert.Contains("points cannot be", Assert.Single(reading.Problems), StringComparison.Ordinal);
    }
}
