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
        Assert.NotNull(visit.Slice());
        Assert.False(visit.Handle(new PlayingCommand { Do = "race/close" }));
        Assert.Null(visit.Slice());
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
        while (visit.Slice() is not null)
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
                for (int i = 0; i < 3; i++) visit.Slice();
                visit.Handle(new PlayingCommand { Do = "drawn" });
            }
        }

        visit.Handle(new PlayingCommand { Do = "step" });
        for (int i = 0; i < 1000 && visit.Slice() is not null; i++) visit.Handle(new PlayingCommand { Do = "drawn" });
        visit.Handle(new PlayingCommand { Do = "drawn" });
        Assert.True(told.Last(answer => answer.Kind == "frame").Epoch >= 1);
    }

    internal static PlayingCommand Command(string name, string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        return new PlayingCommand { Do = name, Body = document.RootElement.Clone() };
    }
}
