using System.Globalization;
using System.Text;
using CsCheck;

namespace Inkling.Playground.Tests;

/// <summary>Points from tables.</summary>
public sealed class PointCsvTests
{
    [Theory]
    [InlineData("x,y,class\n1,2,a\n3,4,b\n5,6,a\n")]
    [InlineData("1;2;a\n3;4;b\n5;6;a")]
    [InlineData("1\t2\ta\r\n3\t4\tb\r\n5\t6\ta\r\n")]
    [InlineData("x|y|class\n1|2|a\n3|4|b\n\n5|6|a")]
    [InlineData("\uFEFF1 2 a\n3 4 b\n5 6 a")]
    public void Separator_and_names_are_guessed(string text)
    {
        PointCsvReading reading = PointCsv.Read(text);
        Assert.Null(reading.Problem);
        Assert.Equal(["a", "b"], reading.Table!.ClassNames);
        Assert.Equal([0f, 1, 0], reading.Table.Labels.ToArray());
        Assert.Contains("3 rows of 3 columns", reading.Notes[0], StringComparison.Ordinal);
        Assert.Equal(2, reading.Table.Columns.Count);
    }

    [Fact]
    public void Inputs_are_standardised_and_it_is_said()
    {
        PointCsvReading reading = PointCsv.Read("size;weight;kind\n10;1,5;cat\n30;2,5;dog\n");
        Assert.Equal(["size", "weight"], reading.Table!.Columns);
        Assert.Equal([-2f, -2, 2, 2], reading.Table.Values.ToArray().Select(value => MathF.Round(value, 2)));
        Assert.Contains("'size' (mean 20, deviation 10), 'weight' (mean 2, deviation 0.5)", string.Join(' ', reading.Notes), StringComparison.Ordinal);
        Assert.Equal(("kind", 3), (reading.Target, reading.Columns.Count));
    }

    [Fact]
    public void The_target_can_be_chosen_and_a_number_is_brought_to_the_scale()
    {
        string text = "a,b,name,price\n" + string.Concat(Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"{i},{i * i},word{i},{100 + (i * 10.5)}\n")));
        PointCsvReading reading = PointCsv.Read(text), other = PointCsv.Read(text, "b");
        Assert.Empty(reading.Table!.ClassNames);
        Assert.Equal((-1, 1), (reading.Table.Labels[0], reading.Table.Labels[19]));
        Assert.Contains("'price', a number: 100 became −1 and 299.5 became 1", string.Join(' ', reading.Notes), StringComparison.Ordinal);
        Assert.Contains("'name'", string.Join(' ', reading.Notes), StringComparison.Ordinal);
        Assert.Equal(["a", "price"], other.Table!.Columns);
        Assert.Equal("b", other.Target);
    }

    [Fact]
    public void Few_whole_numbers_are_classes()
    {
        PointCsvReading reading = PointCsv.Read("x,y,digit\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{i % 4},{i % 3}\n")));
        Assert.Equal(["digit 0", "digit 1", "digit 2"], reading.Table!.ClassNames);
    }

    [Fact]
    public void Rows_with_gaps_are_left_out_and_counted()
    {
        PointCsvReading reading = PointCsv.Read("x,y,class\n1,2,a\n,2,a\n1,NaN,a\n1,inf,b\n1,2,?\n1,2\n2,word,b\n2,3,b\n");
        Assert.Equal(2, reading.Table!.Count);
        Assert.Contains("1 row of another number of fields was left out.", reading.Notes);
        Assert.Contains("5 rows with a missing value, or with words in the place of a number, were left out.", reading.Notes);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Of_many_rows_a_sample_is_taken_always_the_same()
    {
        StringBuilder text = new("x,y,class\n");
        for (int i = 0; i < 100_000; i++) text.Append(CultureInfo.InvariantCulture, $"{i},{i % 100},{(i >= 50_000 ? "late" : "early")}\n");
        PointCsvReading one = PointCsv.Read(text.ToString()), other = PointCsv.Read(text.ToString());
        Assert.Equal(PointTable.MostPoints, one.Table!.Count);
        Assert.Equal(one.Table.Code, other.Table!.Code);
        Assert.Contains("Of 100,000 rows a sample of 2,000 was taken, always the same.", one.Notes);
        Assert.InRange(one.Table.Labels.ToArray().Sum(), 900, 1100); // from the whole file
    }

    [Fact]
    public void More_columns_than_nine_are_left_out()
    {
        PointCsvReading reading = PointCsv.Read(string.Join(',', Enumerable.Range(1, 12).Select(i => $"c{i}")) + ",class\n" + string.Concat(Enumerable.Range(0, 4).Select(i => string.Concat(Enumerable.Range(0, 12).Select(c => $"{(i * c) % 5},")) + $"k{i % 2}\n")));
        Assert.Equal(9, reading.Table!.Columns.Count);
        Assert.Contains("Left out, as 9 input columns are the most: 'c10', 'c11', 'c12'.", reading.Notes);
    }

    [Theory]
    [InlineData("", "There is no row in it.")]
    [InlineData(" \n \n", "There is no row in it.")]
    [InlineData("1\n2\n3\n", "one column only")]
    [InlineData("x,y,class\n", "one row only")]
    [InlineData("x,y,class\n1,2,a\n2,3,a\n", "All rows say 'a'")]
    [InlineData("x,y,z\n1,2,5\n2,3,5\n", "All rows say '5'")]
    [InlineData("Dear all,\nplease find attached\nthe figures.", "")]
    [InlineData("a,b\nc,d\ne,f\ng,h", "No column beside")]
    [InlineData("x,y,class\nNaN,1,a\n1,NaN,b\n", "No row is whole")]
    [InlineData("x,y,class\n1,2,\"a\n2,3,b\n", "is not closed")]
    [InlineData("x,class\n1,a\n2,b\n3,c\n4,d\n5,e\n6,f\n7,g\n8,h\n9,i", "more than 8 different words")]
    public void What_cannot_be_is_explained(string text, string problem)
    {
        PointCsvReading reading = PointCsv.Read(text);
        Assert.Null(reading.Table);
        Assert.Contains(problem, reading.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_not_there_is_told() => Assert.Contains("no column 'z'", PointCsv.Read("x,y\n1,2\n2,1", "z").Problem, StringComparison.Ordinal);

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_long_text_is_cut_at_a_line()
    {
        string text = "x,y,class\n" + string.Concat(Enumerable.Repeat("1,2,a\n2,1,b\n", PointCsv.MostCharacters / 10));
        PointCsvReading reading = PointCsv.Read(text);
        Assert.Equal(PointTable.MostPoints, reading.Table!.Count);
        Assert.Contains("characters the first", reading.Notes[0], StringComparison.Ordinal);
        Assert.DoesNotContain(reading.Notes, note => note.Contains("another number of fields", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dataset=circle")]
    [InlineData("dataset=arms&classes=4")]
    [InlineData("problem=regression")]
    [InlineData("dataset=own")]
    public void Points_that_were_saved_come_back_to_their_places(string address)
    {
        PlaygroundSetup setup = SetupText.Parse(address).Setup;
        PointCsvReading reading = PointCsv.Read(PointCsv.Write(setup));
        Assert.Null(reading.Problem);
        IReadOnlyList<LabelledPoint> points = PointCloud.Of(setup).All;
        Assert.Equal(setup.ClassCount, reading.Table!.ClassNames.Count);
        Assert.Equal(points.Count, reading.Table.Count);
        Assert.Equal(points.Sum(point => point.X), reading.Table.Values.ToArray().Where((_, i) => i % 2 == 0).Sum(), points.Count * 0.002f);
        if (setup.ClassCount == 0) Assert.All(points.Zip(reading.Table.Labels.ToArray()), pair => Assert.Equal(pair.First.Label, pair.Second, 0.05f));
    }

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.OneOf(Gen.String, Gen.String["01,;\n\"ab .-\t|eN~"]).Sample(text =>
    {
        PointCsvReading reading = PointCsv.Read(text);
        Assert.NotEqual(reading.Table is null, reading.Problem is null);
        if (reading.Table is null) return;
        PlaygroundSetup setup = new() { Dataset = "own", RegressionDataset = "reg-own", Own = reading.Table };
        using PlaygroundRun run = new(SetupText.Parse(SetupText.Format(setup)).Setup);
        Assert.True(run.Train());
    }, iter: 2000);
}
