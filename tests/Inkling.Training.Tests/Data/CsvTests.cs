using Inkling.Training.Data;

namespace Inkling.Training.Tests.Data;

/// <summary>Tables in text.</summary>
public sealed class CsvTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-csv-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a,b\n", "a|b")]
    [InlineData("a,b", "a|b")]
    [InlineData("a,,\r\nx,y,z\r\n", "a||;x|y|z")]
    [InlineData("a\rb\r", "a;b")]
    [InlineData("\n\na\n\n", "a")]
    [InlineData("\"a,\"\"b\"\"\",c\n", "a,\"b\"|c")]
    [InlineData("\"two\nlines\",x\n", "two\nlines|x")]
    [InlineData(" a , \"b \" ,\tc\n", "a|b |c")]
    [InlineData("\"\",\"\"\n", "|")]
    [InlineData("ünï,😀\n", "ünï|😀")]
    public void Records_are_split_as_the_standard_says(string text, string expected)
    {
        using CsvReader reader = new(new StringReader(text), "text");
        List<string> records = [];
        while (reader.Read() is { } fields) records.Add(string.Join('|', fields));
        Assert.Equal(expected, string.Join(';', records));
    }

    [Fact]
    public void Lines_are_counted_through_quoted_line_breaks_and_spaces_may_be_kept()
    {
        using CsvReader reader = new(new StringReader("a\n\"b\r\nc\nd\"\n\ne ; f\n"), "text", ';', trimSpaces: false);
        reader.Read();
        reader.Read();
        Assert.Equal(2, reader.Line);
        Assert.Equal(["e ", " f"], reader.Read()!);
        Assert.Equal(6, reader.Line);
    }

    [Theory]
    [InlineData("a\nb,\"c\n", "'text', line 2, column 2: the quote before \"c\n\" is not closed.")]
    [InlineData("\"a\"b\n", "'text', line 1, column 1: 'b' follows the quote")]
    public void Broken_quotes_are_named_by_place(string text, string message)
    {
        using CsvReader reader = new(new StringReader(text), "text");
        Assert.StartsWith(message, Assert.Throws<InvalidDataException>(() => { while (reader.Read() is not null) { } }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chosen_columns_become_fields()
    {
        string path = Save("size,colour,name,price\n1.5,red,\"a, b\",10\n-2e1,blue,c,20\n3,red,d,5\n");
        CsvOptions options = new() { Numeric = ["price", "size"], Categorical = ["colour"], Target = "name" };
        CsvDataSet data = CsvDataSet.Read(path, options);
        Batch batch = new DataLoader(data).Epoch(0).First();
        Assert.Equal([10, 1.5f, 20, -20, 5, 3], batch["numbers"].Numbers.ToArray());
        Assert.Equal([1, 0, 1], batch["categories"].Integers.ToArray());
        Assert.Equal([0, 1, 2], batch["target"].Integers.ToArray());
        Assert.Equal(["blue", "red"], data.Categories("colour"));
        Assert.Equal(["a, b", "c", "d"], data.Categories("name"));
        Assert.Equal(3, data.Fields[2].Classes);
        Assert.Contains("line 3", data.NameOf(1), StringComparison.Ordinal);
        Batch number = new DataLoader(CsvDataSet.Read(path, new CsvOptions { Target = "price", TargetIsCategory = false })).Epoch(0).First();
        Assert.Equal([3, 1], number["target"].Shape.ToArray());
        Assert.Equal([10, 20, 5], number["target"].Numbers.ToArray());
    }

    [Fact]
    public void Test_data_number_their_categories_as_training_data_do()
    {
        CsvOptions options = new() { HasHeader = false, Delimiter = ';', Categorical = ["0"], Target = "1" };
        CsvDataSet training = CsvDataSet.Read(Save("b;x\nc;y\na;x\n"), options);
        CsvDataSet test = CsvDataSet.Read(Save("c;x\n"), options, like: training);
        int[] value = new int[1];
        test.ReadIntegers(0, 0, value);
        Assert.Equal(2, value[0]);
        string other = Save("a;x\nd;x\n");
        Assert.Contains($"'{other}', line 2, column '0': 'd' is none of the 3 categories", Assert.Throws<InvalidDataException>(() => CsvDataSet.Read(other, options, like: training)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_numbers_are_an_error_or_what_was_said()
    {
        string path = Save("a,b\n1,?\n,2\n");
        CsvOptions options = new() { Numeric = ["a", "b"], Missing = "?" };
        Assert.Contains("line 2, column 'b': a number is missing ('?')", Assert.Throws<InvalidDataException>(() => CsvDataSet.Read(path, options)).Message, StringComparison.Ordinal);
        Assert.Equal([1, -1, -1, 2], new DataLoader(CsvDataSet.Read(path, options with { MissingNumber = -1 })).Epoch(0).First()["numbers"].Numbers.ToArray());
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,x1\n", "line 3, column 'b': 'x1' is no finite number")]
    [InlineData("a,b\n1,NaN\n", "line 2, column 'b': 'NaN' is no finite number")]
    [InlineData("a,b\n1,2,3\n", "line 2: 3 fields, where there are 2 columns")]
    [InlineData("a,c\n1,2\n", "has no column 'b'. It has: a, c")]
    [InlineData("a,b\n", "has no rows")]
    [InlineData("", "is empty")]
    public void Unfit_tables_are_named_by_line_column_and_text(string text, string why)
    {
        string path = Save(text);
        string message = Assert.Throws<InvalidDataException>(() => CsvDataSet.Read(path, new CsvOptions { Numeric = ["a", "b"] })).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_of_text_become_tokens()
    {
        string path = Save("1 a fine day\n\n0 rain\n");
        Batch batch = new DataLoader(TextLines.Labelled(path, Letters, classes: 2, padding: -1)).Epoch(0).First();
        Assert.Equal([1, 0], batch["class"].Integers.ToArray());
        Assert.Equal([10, 4], batch["tokens"].Lengths.ToArray());
        Assert.Equal([.. "rain".Select(c => (int)c), -1], batch["tokens"].Integers.Slice(10, 5).ToArray());
        Assert.Equal(2, TextLines.Tokens(path, Letters).Count);
        Assert.Contains("line 1: '1' is none of the 1 classes", Assert.Throws<InvalidDataException>(() => TextLines.Labelled(path, Letters, classes: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("line 1: there are no tokens", Assert.Throws<InvalidDataException>(() => TextLines.Labelled(Save("1\n"), Letters, classes: 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_may_end_the_line()
    {
        Batch batch = new DataLoader(TextLines.Labelled(Save("a\tb\t1\nc\t0\n"), Letters, classes: 2, separator: '\t', classLast: true)).Epoch(0).First();
        Assert.Equal([1, 0], batch["class"].Integers.ToArray());
        Assert.Equal([3, 1], batch["tokens"].Lengths.ToArray());
    }

    [Fact]
    public void Text_that_is_not_utf8_is_an_error()
    {
        string path = Path.Combine(_folder, "latin");
        File.WriteAllBytes(path, [(byte)'a', (byte)'\n', 0xE9, (byte)'\n']);
        Assert.Contains("not UTF-8", Assert.Throws<InvalidDataException>(() => TextLines.Read(path).ToList()).Message, StringComparison.Ordinal);
    }

    private static int[] Letters(string line) => [.. line.Select(c => (int)c)];

    private string Save(string text)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, text);
        return path;
    }
}
