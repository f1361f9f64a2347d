using Inkling.Training.Data;

namespace Inkling.Training.Tests.Data;

/// <summary>Parts for training, validation and test, and folds.</summary>
public sealed class DataSplitsTests
{
    private static readonly int[] s_classes = [.. Enumerable.Range(0, 100).Select(i => i < 80 ? 0 : i < 95 ? 1 : 2)];
    private static readonly DataSet s_data = new ArrayDataSet(DataColumn.Integers("number", [.. Enumerable.Range(0, 100)]), DataColumn.Integers("class", s_classes));

    [Fact]
    public void Parts_have_their_shares_and_no_item_twice()
    {
        IReadOnlyList<DataSet> parts = s_data.Split(seed: 3, 0.7, 0.2, 0.1);
        Assert.Equal([70, 20, 10], parts.Select(part => part.Count));
        Assert.Equal(Enumerable.Range(0, 100), parts.SelectMany(Numbers).Order());
        Assert.Equal(parts.SelectMany(Numbers), s_data.Split(seed: 3, 0.7, 0.2, 0.1).SelectMany(Numbers));
        Assert.NotEqual(parts.SelectMany(Numbers), s_data.Split(seed: 4, 0.7, 0.2, 0.1).SelectMany(Numbers));
        Assert.NotEqual(Enumerable.Range(0, 70), Numbers(parts[0]));
    }

    [Fact]
    public void Thirds_of_a_hundred_are_within_one_item()
    {
        Assert.Equal([33, 33, 34], s_data.Split(1, 1.0 / 3, 1.0 / 3, 1.0 / 3).Select(part => part.Count).Order());
        Assert.Equal([10], s_data.Split(1, 0.1).Select(part => part.Count));
    }

    [Fact]
    public void Strata_have_their_shares_in_every_part()
    {
        foreach ((DataSet part, int share) in s_data.StratifiedSplit("class", seed: 3, 0.6, 0.2, 0.2).Zip([6, 2, 2]))
            Assert.Equal([8 * share, share * 3 / 2, share / 2], Enumerable.Range(0, 3).Select(c => Numbers(part).Count(item => s_classes[item] == c)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("class")]
    public void Each_item_is_validated_on_in_one_fold(string? by)
    {
        IReadOnlyList<(DataSet Training, DataSet Validation)> folds = s_data.KFold(5, seed: 2, by);
        Assert.Equal(Enumerable.Range(0, 100), folds.SelectMany(fold => Numbers(fold.Validation)).Order());
        foreach ((DataSet training, DataSet validation) in folds)
        {
            Assert.Equal((80, 20), (training.Count, validation.Count));
            Assert.Empty(Numbers(training).Intersect(Numbers(validation)));
            if (by is not null) Assert.Equal([16, 3, 1], Enumerable.Range(0, 3).Select(c => Numbers(validation).Count(item => s_classes[item] == c)));
        }
    }

    [Fact]
    public void Wrong_shares_and_folds_are_refused()
    {
        Assert.Contains("1.2", Assert.Throws<ArgumentException>(() => s_data.Split(1, 0.6, 0.6)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => s_data.Split(1));
        Assert.Throws<ArgumentException>(() => s_data.Split(1, 0.5, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_data.KFold(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_data.KFold(101, 1));
        Assert.Contains("number, class", Assert.Throws<KeyNotFoundException>(() => s_data.StratifiedSplit("kind", 1, 0.5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_do_not_fit_are_refused()
    {
        Assert.Contains("has 2 items, 'a' 3", Assert.Throws<ArgumentException>(() => new ArrayDataSet(DataColumn.Integers("a", [1, 2, 3]), DataColumn.Integers("b", [1, 2]))).Message, StringComparison.Ordinal);
        Assert.Contains("5 values", Assert.Throws<ArgumentException>(() => DataColumn.Numbers("x", [2], new float[5])).Message, StringComparison.Ordinal);
        Assert.Contains("item 1 is 3", Assert.Throws<ArgumentException>(() => DataColumn.Integers("y", [0, 3], classes: 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => s_data.Subset([100]));
    }

    internal static int[] Numbers(DataSet part)
    {
        int[] numbers = new int[part.Count];
        for (int i = 0; i < numbers.Length; i++) part.ReadIntegers(i, 0, numbers.AsSpan(i, 1));
        return numbers;
    }
}
