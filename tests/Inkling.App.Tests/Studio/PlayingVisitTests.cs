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
        for (int i = 0; i < 10; i++) Assert.NotNull(visit.Slice());
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
        Assert.Null(visit.Slice());
        Assert.False(visit.Handle(new PlayingCommand { Do = "play" }));
    }

    [Fact]
    public void Each_press_of_step_is_a_whole_epoch()
    {
        List<PlayingAnswer> told = [];
        using PlayingVisit visit = new("batchSize=1", (answer, _) => told.Add(answer));
        for (int i = 0; i < 3; i++) Assert.True(visit.Handle(new PlayingCommand { Do = "step" }));
        while (visit.Slice() is not null) visit.Handle(new PlayingCommand { Do = "drawn" });
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
