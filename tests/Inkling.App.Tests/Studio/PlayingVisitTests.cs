using System.Collections.Concurrent;
using Inkling.App.Studio.Playing;

namespace Inkling.App.Tests.Studio;

/// <summary>A visit to the playground without its page.</summary>
public sealed class PlayingVisitTests
{
    [Fact]
    public void A_frame_waits_until_the_page_has_drawn_the_last_one()
    {
        ConcurrentQueue<PlayingAnswer> told = new();
        using PlayingVisit visit = new("", (answer, _) => told.Enqueue(answer));
        visit.Handle(new PlayingCommand { Do = "open" });
        visit.Handle(new PlayingCommand { Do = "play" });
        for (int i = 0; i < 10; i++) Assert.NotNull(visit.Slice(TimeSpan.FromMilliseconds(6)));
        Assert.Single(told, answer => answer.Kind == "frame");
        visit.Handle(new PlayingCommand { Do = "drawn" });
        Assert.Equal(2, told.Count(answer => answer.Kind == "frame"));
        Assert.True(told.Last().Step > 10, $"{told.Last().Step} steps: training ran ahead");
    }

    [Fact]
    public void Closing_the_page_stops_the_work()
    {
        PlayingVisit visit = new("", (_, _) => { });
        Assert.True(visit.Handle(new PlayingCommand { Do = "play" }));
        visit.Dispose();
        Assert.Null(visit.Slice(TimeSpan.FromMilliseconds(6)));
        Assert.False(visit.Handle(new PlayingCommand { Do = "play" }));
    }

    [Fact]
    public void Each_press_of_step_is_a_whole_epoch()
    {
        List<PlayingAnswer> told = [];
        using PlayingVisit visit = new("batchSize=1", (answer, _) => told.Add(answer));
        for (int i = 0; i < 3; i++) Assert.True(visit.Handle(new PlayingCommand { Do = "step" }));
        while (visit.Slice(TimeSpan.FromMilliseconds(6)) is not null) visit.Handle(new PlayingCommand { Do = "drawn" });
        visit.Handle(new PlayingCommand { Do = "drawn" });
        Assert.False(visit.Busy);
        Assert.Equal(3, told.Last(answer => answer.Kind == "frame").Epoch);
    }

    [Fact]
    public void A_tool_that_is_not_there_is_a_problem()
    {
        List<PlayingAnswer> told = [];
        using PlayingVisit visit = new("", (answer, _) => told.Add(answer));
        visit.Handle(new PlayingCommand { Do = "nothing/open" });
        Assert.Single(told, answer => answer.Kind == "problem");
    }

    [Fact]
    public void A_table_comes_in_parts_and_what_was_done_is_said()
    {
        List<PlayingAnswer> told = [];
        using PlayingVisit visit = new("", (answer, _) => told.Add(answer));
        visit.Handle(new PlayingCommand { Do = "own/begin" });
        for (int i = 0; i < 3000; i++) visit.Handle(new PlayingCommand { Do = "own/part", Value = $"{i},{i % 7},{(i % 2 == 0 ? "even" : "odd")}\n" });
        visit.Handle(new PlayingCommand { Do = "own/read" });
        Assert.Contains("Of 3,000 rows a sample of 2,000", string.Join(' ', told.Single(answer => answer.Kind == "own").Notes!), StringComparison.Ordinal);
        PlayingAnswer setup = told.Last(answer => answer.Kind == "setup");
        Assert.Equal((2000, true, "own"), (setup.OwnCount, setup.Kept, setup.Values!["dataset"]));

        // The visit keeps them for a link that does not hold them; another visit says that it has none.
        visit.Handle(new PlayingCommand { Do = "open", Name = setup.Setup + "&noise=3" });
        Assert.Empty(told.Last(answer => answer.Kind == "setup").Problems!);
        Assert.Equal(2000, told.Last(answer => answer.Kind == "setup").OwnCount);
        using PlayingVisit other = new(setup.Setup, (answer, _) => told.Add(answer));
        Assert.Contains("does not hold its points", Assert.Single(told.Last(answer => answer.Kind == "setup").Problems!), StringComparison.Ordinal);
    }

    [Fact]
    public void Drawing_goes_on_training_from_anew_and_nonsense_changes_nothing()
    {
        List<PlayingAnswer> told = [];
        using PlayingVisit visit = new("dataset=own", (answer, _) => told.Add(answer));
        visit.Handle(new PlayingCommand { Do = "play" });
        visit.Handle(Command("own/add", "[1, 1, 1, 2, 2, 2]"));
        Assert.True(visit.Playing);
        Assert.Equal((4, 3), (told.Last(answer => answer.Kind == "setup").OwnCount, told.Last(answer => answer.Kind == "setup").Classes));
        visit.Handle(Command("own/erase", "[1, 1]"));
        Assert.Equal(3, told.Last(answer => answer.Kind == "setup").OwnCount);
        foreach (string body in new[] { "null", "{}", "[1]", "[1, 1]", "[\"x\", 1, 1]", "[1e99, 1, 1]", "[0, 0, 77]" }) visit.Handle(Command("own/add", body));
        Assert.Equal(3, told.Last(answer => answer.Kind == "setup").OwnCount);
        visit.Handle(new PlayingCommand { Do = "own/read" });
        Assert.Equal("There is no row in it.", told.Last(answer => answer.Kind == "own").Note);
        visit.Handle(new PlayingCommand { Do = "own/nothing" });
        visit.Handle(new PlayingCommand { Do = "own/save" });
        Assert.StartsWith("x,y,class\n", told.Last(answer => answer.Kind == "points").Code, StringComparison.Ordinal);
    }

    private static PlayingCommand Command(string what, string body) => new() { Do = what, Body = System.Text.Json.JsonDocument.Parse(body).RootElement };

    [Fact]
    public async Task Twenty_visitors_share_fairly()
    {
        using PlayingScheduler scheduler = new();
        await scheduler.StartAsync(default);
        long[] steps = new long[20];
        PlayingVisit[] visits = new PlayingVisit[20];
        for (int i = 0; i < visits.Length; i++)
        {
            int at = i;
            visits[i] = new PlayingVisit($"networkShape=8,8&seed={i}", (answer, _) => Volatile.Write(ref steps[at], answer.Step));
        }

        foreach (PlayingVisit visit in visits)
        {
            if (visit.Handle(new PlayingCommand { Do = "play" })) scheduler.Schedule(visit);
        }

        // Each page draws what it gets until every one of them has got on.
        for (int i = 0; i < 3000 && steps.Min() < 500; i++)
        {
            await Task.Delay(10);
            foreach (PlayingVisit visit in visits) visit.Handle(new PlayingCommand { Do = "drawn" });
        }

        Assert.True(steps.Min() >= 500 && steps.Max() < 40 * Math.Max(500, steps.Min()), $"{steps.Min()} to {steps.Max()} steps");
        foreach (PlayingVisit visit in visits) visit.Dispose();
        await scheduler.StopAsync(default);
    }

    [Theory]
    [InlineData("networkShape", "99")]
    [InlineData("nonsense", "1")]
    [InlineData("learningRate", "")]
    public void A_value_that_cannot_be_changes_nothing(string name, string value)
    {
        List<PlayingAnswer> told = [];
        using PlayingVisit visit = new("", (answer, _) => told.Add(answer));
        string before = told[0].Setup!;
        visit.Handle(new PlayingCommand { Do = "set", Name = name, Value = value });
        PlayingAnswer answer = told.Last(one => one.Kind == "setup");
        Assert.Equal(before, answer.Setup);
        Assert.Single(answer.Problems!);
    }

    [Theory]
    [InlineData(99, 0, 0, 1f)]
    [InlineData(0, 99, 0, 1f)]
    [InlineData(0, 0, 99, 1f)]
    [InlineData(0, 0, -5, 1f)]
    [InlineData(-1, -1, 0, 1f)]
    [InlineData(0, 0, 0, float.NaN)]
    public void A_weight_that_is_not_there_is_not_set(int layer, int neuron, int from, float number)
    {
        List<PlayingAnswer> told = [];
        using PlayingVisit visit = new("", (answer, _) => told.Add(answer));
        visit.Handle(new PlayingCommand { Do = "open" });
        float[][] before = told.Last(one => one.Kind == "frame").Weights!;
        visit.Handle(new PlayingCommand { Do = "drawn" });
        visit.Handle(new PlayingCommand { Do = "weight", Layer = layer, Neuron = neuron, From = from, Number = number });
        Assert.Equal(before, told.Last(one => one.Kind == "frame").Weights!);
    }
}
