using System.Text.Json;
using Inkling.App.Studio.Playing;

namespace Inkling.App.Tests.Studio;

/// <summary>The tools of the playground without their panels.</summary>
public sealed class InsightToolTests
{
    [Fact]
    public void A_tool_works_only_while_its_panel_is_open()
    {
        using PlayingVisit visit = new("", (_, _) => { });
        visit.Handle(new PlayingCommand { Do = "race/open" });
        Assert.True(visit.Handle(Command("race/start", """{ "field": "optimizer", "values": ["sgd", "adam"], "epochs": 5000 }""")));
        Assert.NotNull(visit.Slice(TimeSpan.FromMilliseconds(6)));
        Assert.False(visit.Handle(new PlayingCommand { Do = "race/close" }));
        Assert.Null(visit.Slice(TimeSpan.FromMilliseconds(6)));
        Assert.True(visit.Handle(new PlayingCommand { Do = "race/open" }));
    }

    [Fact]
    public void What_is_found_waits_for_the_page_to_draw_but_the_work_goes_on()
    {
        List<PlayingAnswer> told = [];
        using PlayingVisit visit = new("", (answer, _) => told.Add(answer));
        visit.Handle(new PlayingCommand { Do = "race/open" });
        visit.Handle(Command("race/start", """{ "field": "optimizer", "values": ["sgd", "adam"], "epochs": 60 }"""));
        int before = told.Count(answer => answer.Kind == "race");
        while (visit.Slice(TimeSpan.FromMilliseconds(6)) is not null)
        {
        }

        Assert.InRange(told.Count(answer => answer.Kind == "race"), before, before + 1); // one frame at most was due
        visit.Handle(new PlayingCommand { Do = "drawn" });
        Assert.Equal("over", told.Last(answer => answer.Kind == "race").Body!.Value.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("race")]
    [InlineData("layers")]
    [InlineData("sample")]
    [InlineData("surface")]
    [InlineData("scrub")]
    [InlineData("sweep")]
    public void Garbage_changes_nothing_and_breaks_nothing(string tool)
    {
        List<PlayingAnswer> told = [];
        using PlayingVisit visit = new("networkShape=3", (answer, _) => told.Add(answer));
        string[] verbs = ["open", "start", "go", "pause", "take", "at", "choose", "run", "draw", "stop", "", "open", "nonsense", "close", "start"];
        string[] bodies =
        [
            "null", "7", "\"text\"", "[]", "{}", """{ "field": 7, "values": "sgd", "epochs": "many", "index": "first", "at": null, "x": {}, "points": [[[]]] }""",
            """{ "field": "optimizer", "values": ["sgd", null, 3, {}, "sgd"], "epochs": 1e300, "index": -1, "at": 99999999999, "mode": "x", "x": 1e308, "y": -1e308 }""",
            """{ "field": "__proto__", "values": [[]], "epochs": -5, "index": 2147483647, "at": -2147483648, "first": "learningRate", "second": "learningRate", "trials": 1e9 }""",
            $$"""{ "field": "{{new string('x', 5000)}}", "values": [{{string.Join(',', Enumerable.Repeat("\"1\"", 500))}}], "epochs": 10 }""",
        ];
        foreach (string verb in verbs)
        {
            visit.Handle(new PlayingCommand { Do = $"{tool}/{verb}" });
            foreach (string body in bodies)
            {
                visit.Handle(Command($"{tool}/{verb}", body));
                for (int i = 0; i < 3; i++) visit.Slice(TimeSpan.FromMilliseconds(6));
                visit.Handle(new PlayingCommand { Do = "drawn" });
            }
        }

        visit.Handle(new PlayingCommand { Do = "step" });
        for (int i = 0; i < 1000 && visit.Slice(TimeSpan.FromMilliseconds(6)) is not null; i++) visit.Handle(new PlayingCommand { Do = "drawn" });
        visit.Handle(new PlayingCommand { Do = "drawn" });
        Assert.True(told.Last(answer => answer.Kind == "frame").Epoch >= 1);
    }

    [Fact]
    public void Closing_the_page_ends_a_race()
    {
        PlayingVisit visit = new("", (_, _) => { });
        visit.Handle(new PlayingCommand { Do = "race/open" });
        Assert.True(visit.Handle(Command("race/start", """{ "field": "optimizer", "values": ["sgd", "adam"], "epochs": 5000 }""")));
        visit.Dispose();
        Assert.False(visit.Busy);
        Assert.Null(visit.Slice(TimeSpan.FromMilliseconds(6)));
    }

    [Fact]
    public async Task Visitors_who_race_and_sweep_leave_time_for_the_others()
    {
        using PlayingScheduler scheduler = new();
        await scheduler.StartAsync(default);
        PlayingVisit[] visits = new PlayingVisit[20];
        double[] progress = new double[visits.Length];
        for (int i = 0; i < visits.Length; i++)
        {
            int at = i;
            visits[i] = new PlayingVisit($"networkShape=8,8&seed={i}", (answer, _) =>
            {
                if (answer.Kind == "sweep" && answer.Body!.Value.TryGetProperty("progress", out JsonElement share)) Volatile.Write(ref progress[at], share.GetDouble());
                else if (answer.Kind == "race") Volatile.Write(ref progress[at], answer.Body!.Value.GetProperty("epoch").GetInt32());
                else if (answer.Kind == "frame" && at % 3 == 0) Volatile.Write(ref progress[at], answer.Step);
            });
        }

        for (int i = 0; i < visits.Length; i++)
        {
            if (i % 3 == 1) visits[i].Handle(new PlayingCommand { Do = "race/open" });
            if (i % 3 == 2) visits[i].Handle(new PlayingCommand { Do = "sweep/open" });
            PlayingCommand command = (i % 3) switch
            {
                0 => new PlayingCommand { Do = "play" },
                1 => Command("race/start", """{ "field": "seed", "values": ["1","2","3","4","5","6","7","8"], "epochs": 10000 }"""),
                _ => Command("sweep/start", """{ "first": "learningRate", "firstValues": ["0.01", "0.1"], "second": "batchSize", "secondValues": ["1", "2"], "epochs": 2000 }"""),
            };
            if (visits[i].Handle(command)) scheduler.Schedule(visits[i]);
        }

        for (int i = 0; i < 3000 && progress.Min() <= 0; i++)
        {
            await Task.Delay(10);
            foreach (PlayingVisit visit in visits) visit.Handle(new PlayingCommand { Do = "drawn" });
        }

        Assert.All(progress, one => Assert.True(one > 0, string.Join(' ', progress)));
        foreach (PlayingVisit visit in visits) visit.Dispose();
        await scheduler.StopAsync(default);
    }

    internal static PlayingCommand Command(string name, string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return new PlayingCommand { Do = name, Body = document.RootElement.Clone() };
    }
}
