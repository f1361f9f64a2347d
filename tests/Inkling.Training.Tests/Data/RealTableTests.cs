using Inkling.Training.Data;

namespace Inkling.Training.Tests.Data;

/// <summary>Tables and texts as they come, from the data beside the repository.</summary>
public sealed class RealTableTests
{
    [Fact]
    public void Iris_has_fifty_of_each_kind()
    {
        CsvDataSet data = CsvDataSet.Read(Find("tabular/iris.csv"), new CsvOptions { HasHeader = false, Numeric = ["0", "1", "2", "3"], Target = "4" });
        Batch all = new DataLoader(data, new LoaderOptions { BatchSize = 200 }).Epoch(0).First();
        Assert.Equal([50, 50, 50], all["target"].Integers.ToArray().CountBy(kind => kind).Select(pair => pair.Value));
        Assert.Equal(5.843333, all["numbers"].Numbers.ToArray().Where((_, i) => i % 4 == 0).Average(), 1e-5);
    }

    [Fact]
    public void Census_data_have_spaces_missing_categories_and_a_test_set_whose_classes_end_in_a_point()
    {
        CsvOptions options = new() { HasHeader = false, Numeric = ["0", "2", "4", "10", "11", "12"], Categorical = ["1", "3", "5", "6", "13"], Target = "14" };
        CsvDataSet training = CsvDataSet.Read(Find("tabular/adult-train.csv"), options);
        Assert.Equal(32_561, training.Count);
        Assert.Contains("?", training.Categories("1"));
        Assert.Equal(["<=50K", ">50K"], training.Categories("14"));
        Assert.Contains("'<=50K.' is none of the 2 categories", Assert.Throws<InvalidDataException>(() => CsvDataSet.Read(Find("tabular/adult-test.csv"), options, like: training)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Houses_without_a_number_of_bedrooms_are_named()
    {
        CsvOptions options = new() { Numeric = ["total_rooms", "total_bedrooms"], Categorical = ["ocean_proximity"], Target = "median_house_value", TargetIsCategory = false };
        string path = Find("tabular/california_housing.csv");
        Assert.Contains("column 'total_bedrooms': a number is missing", Assert.Throws<InvalidDataException>(() => CsvDataSet.Read(path, options)).Message, StringComparison.Ordinal);
        CsvDataSet data = CsvDataSet.Read(path, options with { MissingNumber = -1 });
        Assert.Equal(207, new DataLoader(data, new LoaderOptions { BatchSize = 30_000 }).Epoch(0).First()["numbers"].Numbers.Count(-1));
        Assert.Equal(5, data.Categories("ocean_proximity").Count);
    }

    [Fact]
    public void Sentences_with_their_class_first_or_last_are_read()
    {
        Assert.Equal(6_920, TextLines.Labelled(Find("sentiment/sst2/train.tsv"), Words, classes: 2, separator: '\t', classLast: true).Count);
        Assert.Equal(8_544, TextLines.Labelled(Find("sentiment/stsa.fine.train"), Words, classes: 5).Count);

        static int[] Words(string line) => [.. line.Split(' ').Select(word => word.Length)];
    }

    private static string Find(string name)
    {
        string path = SharedData.Folder(name);
        if (!File.Exists(path)) Assert.Skip($"{path} is not on this machine.");
        return path;
    }
}
