using Bunit;
using Inkling.App.Running;
using Inkling.App.Studio.Learning;
using Inkling.Mail;

namespace Inkling.App.Tests.Studio;

/// <summary>The small parts of the learning page, each by itself.</summary>
public sealed class LearningPartsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("inkling-parts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(3)]
    [InlineData(399)]
    [InlineData(400)]
    [InlineData(12_345)]
    public void A_curve_stays_small_and_keeps_its_ends(int steps)
    {
        var curve = new Curve(400);
        for (int step = 1; step <= steps; step++)
        {
            curve.Add(step, 1.0 / step);
        }

        IReadOnlyList<CurvePoint> points = curve.ToList();
        Assert.InRange(points.Count, Math.Min(steps, 200), 401);
        Assert.Equal(1, points[0].Step);
        Assert.Equal(steps, points[^1].Step);
        Assert.Equal(points.OrderBy(point => point.Step), points);
    }

    [Fact]
    public void A_curve_leaves_out_what_is_not_a_number()
    {
        var curve = new Curve();
        curve.Add(1, double.NaN);
        curve.Add(2, double.PositiveInfinity);
        Assert.Empty(curve.ToList());
    }

    [Theory]
    [InlineData(2.93, 5.41, 5, "5.5")]
    [InlineData(0, 2000, 6, "2000")]
    [InlineData(0, 48_000, 6, "50k")]
    [InlineData(3, 3, 5, "3.6")]
    public void Ticks_are_round_and_span_the_values(double least, double most, int ticks, string last)
    {
        var scale = new ChartScale(least, most, 100, 0, ticks);
        Assert.InRange(scale.Least, double.MinValue, least);
        Assert.InRange(scale.Most, most, double.MaxValue);
        Assert.InRange(scale.Ticks.Count, 3, 12);
        Assert.Equal(last, scale.Label(scale.Ticks[^1]));
        Assert.Equal(100, scale.At(scale.Least), 1e-9);
        Assert.Equal(0, scale.At(scale.Most), 1e-9);
    }

    [Fact]
    public void The_chart_says_in_words_what_it_shows()
    {
        using var context = new BunitContext();
        CurvePoint[] training = [new(1, 5), new(50, 4), new(100, 3.5)], validation = [new(50, 4.2), new(100, 3.9)];
        var chart = context.Render<LossChart>(with => with.Add(it => it.Training, training).Add(it => it.Validation, validation).Add(it => it.Steps, 200));
        Assert.Equal("Loss curves over 100 steps. Best validation loss 3.900 at step 100.", chart.Find("svg").GetAttribute("aria-label"));
        Assert.Equal(2, chart.FindAll("circle").Count);
        Assert.Single(chart.FindAll(".dot--best"));
        // The policy allows no inline styles.
        Assert.DoesNotContain("style=", chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_chart_is_no_error()
    {
        using var context = new BunitContext();
        var chart = context.Render<LossChart>(with => with.Add(it => it.Training, []).Add(it => it.Validation, []));
        Assert.Contains("The curves begin", chart.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Scores_show_what_changed()
    {
        using var context = new BunitContext();
        var before = new LearningScores { Mails = 12, SavingsWhole = 0.10, Precision = 0.7 };
        var after = new LearningScores { Mails = 12, SavingsWhole = 0.135, Precision = 0.65 };
        var table = context.Render<ScoreTable>(with => with.Add(it => it.Before, before).Add(it => it.After, after));
        string[] changes = [.. table.FindAll(".change").Select(cell => cell.TextContent)];
        Assert.Equal(["+3.5", "±0", "−5.0", "±0", "±0"], changes);
        Assert.Contains("12 of your newest mails", table.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", table.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_understood_shows_foreign_markup_as_text()
    {
        using var context = new BunitContext();
        var state = new LearningState
        {
            Phase = LearningPhase.Read,
            Understanding = new MailUnderstanding
            {
                Read = 9, Kept = 7, Words = 300, ToLearn = 6, ToScore = 1,
                Skipped = new Dictionary<MailSkipReason, int> { [MailSkipReason.NotOwn] = 2 },
                Samples = [new MailMessage { Text = "<script>alert(1)</script> and more", Subject = "<b>Hi</b>" }],
            },
        };
        var view = context.Render<Understood>(with => with.Add(it => it.State, state));
        Assert.Empty(view.FindAll("script"));
        Assert.Contains("&lt;script&gt;", view.Markup, StringComparison.Ordinal);
        Assert.Contains("is your address above right?", view.Markup, StringComparison.Ordinal);
        Assert.Contains("written by somebody else", view.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_to_leave_mail_out_has_words()
        => Assert.All(Enum.GetValues<MailSkipReason>(), reason => Assert.Contains(' ', SkipReasons.Sentence(reason)));

    [Fact]
    public void Typed_paths_are_understood_in_the_usual_ways()
    {
        var places = new MailPlaces(_folder.FullName);
        string file = Path.Combine(_folder.FullName, "sent mail.mbox");
        File.WriteAllText(file, "");
        Assert.Equal(file, places.Resolve("~/sent mail.mbox"));
        Assert.Equal(file, places.Resolve("  \"sent mail.mbox\" "));
        Assert.Equal(file, places.Resolve(file));
        Assert.Equal(file, places.Resolve(new Uri(file).AbsoluteUri));
        Assert.Equal(_folder.FullName, places.Resolve("~"));
        Assert.Throws<FileNotFoundException>(() => places.Resolve("~/other"));
        Assert.Throws<FileNotFoundException>(() => places.Resolve("   "));
        Assert.Throws<FileNotFoundException>(() => places.Resolve("a\0b"));
    }

    [Fact]
    public void Folders_are_listed_with_what_may_be_mail()
    {
        foreach (string name in new[] { "box/cur", "box/new", "letters", ".hidden" })
        {
            Directory.CreateDirectory(Path.Combine(_folder.FullName, name));
        }

        foreach (string name in new[] { "a.eml", "b.MBOX", "c.jsonl.gz", "photo.jpg", "Sent", "Drafts", "Drafts.msf" })
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name), "");
        }

        IReadOnlyList<PlaceEntry> entries = MailPlaces.List(_folder.FullName, hidden: false);
        Assert.Equal(["box", "letters", "a.eml", "b.MBOX", "c.jsonl.gz", "Drafts", "Sent"], entries.Select(entry => entry.Name));
        Assert.True(entries[0].IsMail);
        Assert.False(entries[1].IsMail);
        Assert.Contains(MailPlaces.List(_folder.FullName, hidden: true), entry => entry.Name == ".hidden");
    }

    [Fact]
    public void The_model_in_use_and_the_shipped_one_cannot_be_deleted()
    {
        var data = new DataFolder(Path.Combine(_folder.FullName, "data"));
        var completion = new ScriptedCompletion();
        string own = Directory.CreateDirectory(Path.Combine(data.Models, "own")).FullName;
        File.WriteAllText(Path.Combine(own, "config.json"), "{}");
        var shelf = new ModelShelf(data, completion, completion.Info.Folder);
        Assert.Throws<InvalidOperationException>(() => shelf.Delete(completion.Info.Folder));
        Assert.Throws<InvalidOperationException>(() => shelf.Delete(data.Root));
        shelf.Delete(own);
        Assert.False(Directory.Exists(own));
    }
}
