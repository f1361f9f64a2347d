using Inkling.Onnx.Conformance;

namespace Inkling.Onnx.Tests.Conformance;

public sealed class OnnxTestCaseTests : IDisposable
{
    /// <summary>Cases of the judge that pass. The number may never fall.</summary>
    private const int JudgedCases = 554;

    private readonly string _folder = Directory.CreateTempSubdirectory("inkling-cases-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("Speed", "Slow")]
    public void All_cases_of_the_judge_pass()
    {
        string? judge = Judge();
        Assert.SkipWhen(judge is null, "../shared/judges/onnx is not there");
        OnnxTestResult[] results = [.. OnnxTestCase.Find(judge!).Select(one => one.Run())];

        Assert.Equal([], results.Where(result => result.Outcome != OnnxTestOutcome.Passed).Select(result => $"{result.Name}: {result.Detail}"));
        Assert.True(results.Length >= JudgedCases, $"{results.Length} cases are there, {JudgedCases} passed before");
    }

    [Theory]
    [InlineData(1f, 3f, "Add", OnnxTestOutcome.Passed, "")]
    [InlineData(1f, 3.0029f, "Add", OnnxTestOutcome.Passed, "")]
    [InlineData(1f, 3.0031f, "Add", OnnxTestOutcome.Failed, "test_data_set_0: output 'y' differs in 1 of 1 elements, first at 0: 3 where 3.0031 is expected")]
    [InlineData(float.NaN, float.NaN, "Add", OnnxTestOutcome.Passed, "")]
    [InlineData(float.PositiveInfinity, 3f, "Add", OnnxTestOutcome.Failed, "differs")]
    [InlineData(1f, float.PositiveInfinity, "Add", OnnxTestOutcome.Failed, "differs")]
    [InlineData(1f, 3f, "Subtract", OnnxTestOutcome.Unsupported, "1 operator that is not implemented: Subtract")]
    public void A_case_passes_within_the_tolerance_of_the_suite(float input, float expected, string operation, OnnxTestOutcome outcome, string detail)
    {
        Write(operation, Op.Floats([1], input), Op.Floats([1], expected));
        OnnxTestResult result = Assert.Single(OnnxTestCase.Find(_folder)).Run();

        Assert.Equal(("test_case", outcome), (result.Name, result.Outcome));
        Assert.Contains(detail, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_type_or_shape_is_a_failure()
    {
        Write("Add", Op.Floats([1], 1), OnnxValue.Create([1], new[] { 3.0 }));
        Assert.Contains("is float [1], double [1] is expected", OnnxTestCase.Find(_folder)[0].Run().Detail, StringComparison.Ordinal);
        Write("Add", Op.Floats([1], 1), Op.Floats([1, 1], 3));
        Assert.Contains("is float [1], float [1, 1] is expected", OnnxTestCase.Find(_folder)[0].Run().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_case_is_a_failure_with_its_place()
    {
        Write("Add", Op.Floats([1], 1), Op.Floats([1], 3));
        string output = Path.Combine(_folder, "test_case", "test_data_set_0", "output_0.pb");
        File.WriteAllBytes(output, File.ReadAllBytes(output)[..^2]);
        OnnxTestResult result = OnnxTestCase.Find(_folder)[0].Run();

        Assert.Equal(OnnxTestOutcome.Failed, result.Outcome);
        Assert.Contains("output_0.pb' is not a sound ONNX file: at byte", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_that_are_not_there_are_told() => Assert.Throws<OnnxException>(() => OnnxTestCase.Find(Path.Combine(_folder, "none")));

    private void Write(string operation, OnnxValue input, OnnxValue output)
    {
        string data = Path.Combine(_folder, "test_case", "test_data_set_0");
        Directory.CreateDirectory(data);
        byte[] model = new ModelBuilder(13).Input("x", OnnxElementType.Float, 1).Initializer("two", Op.Floats([1], 2)).Node(operation, "x two", "y").Output("y").ToBytes();
        File.WriteAllBytes(Path.Combine(_folder, "test_case", "model.onnx"), model);
        File.WriteAllBytes(Path.Combine(data, "input_0.pb"), ModelBuilder.Tensor(input).ToArray());
        File.WriteAllBytes(Path.Combine(data, "output_0.pb"), ModelBuilder.Tensor(output).ToArray());
    }

    private static string? Judge()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Inkling.slnx")))
                return Path.Combine(at.FullName, "..", "shared", "judges", "onnx") is var folder && Directory.Exists(folder) ? folder : null;
        }

        return null;
    }
}
