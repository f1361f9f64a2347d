using Inkling.Language;

namespace Inkling.Playground.Tests;

/// <summary>A network that learns a text.</summary>
public sealed class LettersRunTests
{
    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(RecurrentCellKind.Lstm)]
    [InlineData(RecurrentCellKind.Gru)]
    [InlineData(RecurrentCellKind.Rnn)]
    public void Every_cell_learns_the_story(RecurrentCellKind cell)
    {
        using LettersRun run = new(new LettersSetup { Cell = cell, Units = 32, SequenceLength = 16 });
        Assert.True(double.IsNaN(run.Loss));
        double before = run.HeldOutLoss()!.Value;
        for (int i = 0; i < 300; i++) Assert.True(run.Train());
        Assert.InRange(before, Math.Log(run.CharacterCount) - 0.3, Math.Log(run.CharacterCount) + 0.3); // it knew nothing
        Assert.InRange(run.Loss, 0, 2.2);
        Assert.InRange(run.HeldOutLoss()!.Value, 0, before - 1);
    }

    [Fact]
    public void A_run_repeats_bit_for_bit_and_looking_at_it_changes_nothing()
    {
        LettersSetup setup = new() { Units = 16, Layers = 2, Text = LettersTexts.Lists };
        using LettersRun one = new(setup), other = new(setup);
        for (int i = 0; i < 20; i++)
        {
            one.Train();
            other.Train();
            other.Write(20);
            other.Read("(3 eggs)");
            other.HeldOutLoss();
        }

        Assert.Equal(one.Model.Parameters.Values.ToArray(), other.Model.Parameters.Values.ToArray());
        Assert.Equal(one.Write(50), other.Write(50));
        Assert.Equal(50, one.Write(50).Length);
    }

    [Fact]
    public void What_is_shown_of_a_unit_is_what_the_network_has()
    {
        using LettersRun run = new(new LettersSetup { Units = 8 });
        for (int i = 0; i < 10; i++) run.Train();
        LettersReading reading = run.Read("The lamp is lit.");
        Assert.Equal("The lamp is lit.", string.Concat(reading.Pieces));
        Assert.Equal((16, 1, 8), (reading.Cells.Steps, reading.Cells.States, reading.Cells.Width));

        // The same by the layer itself, on a tape.
        using Tape tape = new(new TapeOptions { Recording = false });
        tape.Begin();
        Indices tokens = tape.Indices([16, 1], [.. reading.Tokens]);
        Tensor[] last = new Tensor[2];
        float[] hidden = run.Model.Forward(tokens, [], last).ToArray();
        for (int t = 0; t < 16; t++)
        {
            for (int unit = 0; unit < 8; unit++) Assert.Equal(hidden[(t * 8) + unit], reading.Cells.Hidden(0, t)[unit], 1e-5f);
        }

        IReadOnlyList<(string Text, float Probability)> next = reading.Next(15, 1000);
        Assert.Equal(run.CharacterCount, next.Count);
        Assert.Equal(1, next.Sum(one => one.Probability), 1e-4f);
        Assert.True(next.Zip(next.Skip(1)).All(pair => pair.First.Probability >= pair.Second.Probability));
    }

    [Fact]
    public void Characters_that_were_never_seen_and_rare_ones_are_one_character()
    {
        using LettersRun run = new(new LettersSetup { Text = LettersTexts.Own, Own = "an old tale, told twice" });
        Assert.Equal(["漢", "🙂", "\uFFFD", "a"], run.Read("漢🙂\uD800a").Pieces);
        using LettersRun many = new(new LettersSetup { Text = LettersTexts.Own, Own = string.Concat(Enumerable.Range(0x4E00, 3000).Select(c => (char)c)), Units = 4 });
        Assert.Equal(256, many.CharacterCount);
        Assert.True(many.Train());
        Assert.DoesNotContain("\uFFFD", many.Write(200), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("0123456789")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂")]
    public void Odd_texts_are_learnt(string text)
    {
        using LettersRun run = new(new LettersSetup { Text = LettersTexts.Own, Own = text, SequenceLength = 128 });
        for (int i = 0; i < 5; i++) Assert.True(run.Train());
        Assert.Null(run.HeldOutLoss());
        Assert.NotEmpty(run.Write(10));
        Assert.NotEmpty(run.Read("").Pieces);
    }

    [Fact]
    public void A_text_that_is_too_short_is_refused_and_one_that_is_too_long_is_cut()
    {
        Assert.Contains("a text of 3 characters; give 10 at least", Assert.Throws<ArgumentException>(() => new LettersRun(new LettersSetup { Text = LettersTexts.Own, Own = "abc" })).Message, StringComparison.Ordinal);
        using LettersRun run = new(new LettersSetup { Text = LettersTexts.Own, Own = new string('x', 150_000) + string.Concat(Enumerable.Repeat("ab🙂", 30_000)), Units = 8 });
        Assert.InRange(run.Text.Length, LettersRun.LongestText - 1, LettersRun.LongestText);
        Assert.True(run.Train());
        Assert.Equal(LettersSetup.LongestReading, run.Read(new string('x', 5000)).Pieces.Count);
    }

    [Fact]
    public void A_run_that_diverges_stops()
    {
        using LettersRun run = new(new LettersSetup { Units = 8 });
        run.Model.Parameters.Values[3] = float.NaN;
        Assert.False(run.Train());
        Assert.True(run.Diverged);
        Assert.False(run.Train());
    }

    [Fact]
    public void The_rate_can_change_on_the_way_and_the_network_cannot()
    {
        using LettersRun run = new(new LettersSetup { Units = 8 });
        run.Change(run.Setup with { LearningRate = 0.0001, Unit = 5, Reading = "hello" });
        Assert.True(run.Train());
        Assert.Throws<ArgumentException>(() => run.Change(run.Setup with { Units = 9 }));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Units_that_follow_something_are_found()
    {
        using LettersRun run = new(new LettersSetup { Units = 32, SequenceLength = 32, LearningRate = 0.02 });
        for (int i = 0; i < 400; i++) run.Train();
        LettersReading reading = run.Read("");
        IReadOnlyList<UnitMeaning> found = UnitMeanings.Find(reading);
        Assert.Contains(found, one => one.What == "after a space");
        Assert.All(found, one => Assert.InRange(Math.Abs(one.Correlation), UnitMeanings.Least, 1.0001));
        UnitMeaning space = found.First(one => one.What == "after a space");
        double[] hidden = [.. Enumerable.Range(0, reading.Cells.Steps).Select(t => (double)reading.Cells.Hidden(space.Layer - 1, t)[space.Unit - 1])];
        double there = hidden.Where((_, t) => reading.Pieces[t] == " ").Average(), elsewhere = hidden.Where((_, t) => reading.Pieces[t] != " ").Average();
        Assert.True((there - elsewhere) * space.Correlation > 0);
        Assert.Empty(UnitMeanings.Find(run.Read("short")));
    }
}
