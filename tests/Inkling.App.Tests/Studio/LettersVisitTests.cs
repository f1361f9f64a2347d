using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bunit;
using Inkling.App.Studio.Learning;
using Inkling.App.Studio.Playing;
using Inkling.App.Studio.Playing.Letters;
using Inkling.Playground;
using Microsoft.Extensions.DependencyInjection;

namespace Inkling.App.Tests.Studio;

/// <summary>A visit to the page of letters without its page, and the page without a browser.</summary>
public sealed class LettersVisitTests
{
    private static readonly LettersModels s_models = new(new OneModel());

    [Fact]
    public void What_is_told_of_a_unit_are_the_numbers_of_its_cell()
    {
        List<(LettersAnswer Answer, float[] Numbers)> told = [];
        using LettersVisit visit = new("units=8&unit=3&read=Tin", null, s_models, (answer, bytes) => told.Add((answer, MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray())));
        (LettersAnswer answer, float[] numbers) = told.Last(one => one.Answer.Kind == "reading");
        Assert.Equal(["T", "i", "n"], answer.Pieces!);
        Assert.Equal((1, 3, 8, 1), (answer.Layer, answer.Unit, answer.Units, answer.Layers));
        Assert.Equal(["hidden state", "cell", "input gate", "forget gate", "candidate", "output gate"], answer.Rows!);

        using LettersRun run = new(new LettersSetup { Units = 8 });
        Nn.RecurrentTrace cells = run.Read("Tin").Cells;
        float[] expected = [.. Each(t => cells.Hidden(0, t)[2]), .. Each(t => cells.Cell(0, t)[2]), .. Enumerable.Range(0, 4).SelectMany(gate => Each(t => cells.Gate(0, gate, t)[2])), .. cells.Hidden(0, 0)];
        Assert.Equal(expected, numbers);

        static IEnumerable<float> Each(Func<int, float> at) => Enumerable.Range(0, 3).Select(at);
    }

    [Fact]
    public void Training_runs_ahead_of_a_page_that_does_not_draw_and_stops_when_it_is_closed()
    {
        ConcurrentQueue<LettersAnswer> told = new();
        LettersVisit visit = new("units=8&length=8", null, s_models, (answer, _) => told.Enqueue(answer));
        visit.Handle(new PlayingCommand { Do = "play" });
        int frames = told.Count(answer => answer.Kind == "frame");
        for (int i = 0; i < 10; i++) Assert.Equal(TimeSpan.Zero, visit.Slice(TimeSpan.FromMilliseconds(6)));
        Assert.Equal(frames, told.Count(answer => answer.Kind == "frame"));
        visit.Handle(new PlayingCommand { Do = "drawn" });
        Assert.Equal(frames + 1, told.Count(answer => answer.Kind == "frame"));
        Assert.True(told.Last(answer => answer.Kind == "frame").Step >= 10);
        visit.Dispose();
        Assert.Null(visit.Slice(TimeSpan.FromMilliseconds(6)));
        Assert.False(visit.Handle(new PlayingCommand { Do = "play" }));
    }

    [Fact]
    public void Each_press_of_step_is_one_batch()
    {
        List<LettersAnswer> told = [];
        using LettersVisit visit = new("units=4", null, s_models, (answer, _) => told.Add(answer));
        for (int i = 0; i < 3; i++) Assert.True(visit.Handle(new PlayingCommand { Do = "step" }));
        while (visit.Slice(TimeSpan.FromMilliseconds(6)) is not null) visit.Handle(new PlayingCommand { Do = "drawn" });
        visit.Handle(new PlayingCommand { Do = "drawn" });
        Assert.Equal(3, told.Last(answer => answer.Kind == "frame").Step);
    }

    [Theory]
    [InlineData("set", null, null)]
    [InlineData("set", "units", "1e9")]
    [InlineData("set", "unit", "-5")]
    [InlineData("set", "model", "../../etc/passwd")]
    [InlineData("set", "nonsense", "\0")]
    [InlineData("at", null, "999999999999999")]
    [InlineData("at", null, "-1")]
    [InlineData("at", null, "x")]
    [InlineData("text", null, null)]
    [InlineData("text", null, "\uD800\uDC00\uD800")]
    [InlineData("weight", null, null)]
    [InlineData("", null, null)]
    public void Whatever_is_asked_the_page_goes_on(string what, string? name, string? value)
    {
        List<LettersAnswer> told = [];
        using LettersVisit visit = new("units=4", null, s_models, (answer, _) => told.Add(answer));
        visit.Handle(new PlayingCommand { Do = what, Name = name, Value = value });
        foreach (string then in (string[])["play", "step", "pause", "reset", "drawn"]) visit.Handle(new PlayingCommand { Do = then });
        visit.Slice(TimeSpan.FromMilliseconds(6));
        visit.Handle(new PlayingCommand { Do = "open", Name = "units=4" });
        visit.Handle(new PlayingCommand { Do = "step" });
        while (visit.Slice(TimeSpan.FromMilliseconds(6)) is not null) visit.Handle(new PlayingCommand { Do = "drawn" });
        visit.Handle(new PlayingCommand { Do = "drawn" });
        Assert.Equal(1, told.Last(answer => answer.Kind == "frame").Step);
    }

    [Fact]
    public void A_long_text_is_cut_and_kept_when_the_line_was_down()
    {
        List<LettersAnswer> told = [];
        string text = string.Concat(Enumerable.Repeat("ab cd ", 50_000));
        using LettersVisit visit = new("units=4&text=own", text, s_models, (answer, _) => told.Add(answer));
        Assert.StartsWith("198,000 characters to learn from", told[0].About, StringComparison.Ordinal);
        Assert.Equal("text=own&units=4", told[0].Setup);
        Assert.DoesNotContain(told, answer => answer.Values?.Values.Any(value => value.Length > 1000) == true);
    }

    [Fact]
    public void A_mail_model_is_looked_at_and_not_trained()
    {
        List<LettersAnswer> told = [];
        using LettersVisit visit = new($"model={OneModel.Name}&read=Kind%20regards", null, s_models, (answer, _) => told.Add(answer));
        LettersAnswer reading = told.Last(answer => answer.Kind == "reading");
        Assert.Equal("⟦s⟧⟦body⟧Kind regards", string.Concat(reading.Pieces!));
        Assert.False(told[0].CanLearn);
        Assert.False(visit.Handle(new PlayingCommand { Do = "play" }));
        Assert.False(visit.Handle(new PlayingCommand { Do = "step" }));
        Assert.Null(visit.Slice(TimeSpan.FromMilliseconds(6)));
    }

    [Fact]
    public async Task Visitors_of_both_pages_share_the_scheduler()
    {
        using PlayingScheduler scheduler = new();
        await scheduler.StartAsync(default);
        long[] steps = new long[6];
        IPlayingVisit[] visits =
        [
            .. Enumerable.Range(0, 3).Select(i => new PlayingVisit($"seed={i}", (answer, _) => Volatile.Write(ref steps[i], Math.Max(steps[i], answer.Step)))),
            .. Enumerable.Range(3, 3).Select(i => new LettersVisit("units=16", null, s_models, (answer, _) => Volatile.Write(ref steps[i], Math.Max(steps[i], answer.Step)))),
        ];
        foreach (IPlayingVisit visit in visits)
        {
            if (visit.Handle(new PlayingCommand { Do = "play" })) scheduler.Schedule(visit);
        }

        for (int i = 0; i < 3000 && steps.Min() < 10; i++)
        {
            await Task.Delay(10);
            foreach (IPlayingVisit visit in visits) visit.Handle(new PlayingCommand { Do = "drawn" });
        }

        Assert.True(steps.Min() >= 10, string.Join(' ', steps));
        foreach (IPlayingVisit visit in visits) visit.Dispose();
        await scheduler.StopAsync(default);
    }

    [Fact]
    public void The_page_offers_every_model_and_text_and_every_control_is_a_field()
    {
        using var context = new BunitContext();
        context.Services.AddSingleton(s_models);
        IRenderedComponent<Inkling.App.Studio.Playing.Letters.LettersPage> page = context.Render<Inkling.App.Studio.Playing.Letters.LettersPage>();
        Assert.Equal(["", OneModel.Name], page.FindAll("#model option").Select(option => option.GetAttribute("value")!));
        Assert.Equal(["story", "lists", "own"], page.FindAll("#text option").Select(option => option.GetAttribute("value")!));
        Assert.All(page.FindAll("[data-field]"), control => Assert.Contains(control.GetAttribute("data-field")!, LettersAddress.Names));
        Assert.All(page.FindAll("select, input, textarea"), control => Assert.True(control.Closest("label") is not null || page.FindAll($"label[for={control.Id}]").Count == 1, control.Id));
    }

    private sealed class OneModel : IModelShelf
    {
        public const string Name = "Shipped with Inkling";

        public IReadOnlyList<ShelfModel> List() => [new ShelfModel(Name, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../models/default")), true, true, 0, null)];

        public void Activate(string folder) => throw new NotSupportedException();

        public string Add(string folder, string name) => throw new NotSupportedException();

        public void Delete(string folder) => throw new NotSupportedException();

        private static string Here([CallerFilePath] string file = "") => file;
    }
}
