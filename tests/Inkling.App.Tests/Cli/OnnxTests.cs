using System.Text;
using System.Text.Json;

namespace Inkling.App.Tests.Cli;

/// <summary><c>onnx test</c> on cases written here byte by byte: y = Relu(x) of three numbers.</summary>
public sealed class OnnxTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("inkling-onnx-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Every_case_below_the_folders_is_run_and_told_as_JSON()
    {
        Write("a/test_good", "Relu", [-1, 0, 2], [0, 0, 2]);
        Write("b/test_strange", "Bogus", [-1, 0, 2], [0, 0, 2]);
        Outcome outcome = await RunAsync("onnx", "test", Path.Combine(_home, "a"), Path.Combine(_home, "b"), "--json");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Errors));
        using JsonDocument answer = JsonDocument.Parse(outcome.Output);
        Assert.Equal(["passed", "failed", "unsupported", "cases"], answer.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal((1, 0, 1), (Number("passed"), Number("failed"), Number("unsupported")));
        JsonElement[] cases = [.. answer.RootElement.GetProperty("cases").EnumerateArray()];
        Assert.Equal(["test_good passed", "test_strange unsupported"], cases.Select(one => $"{one.GetProperty("name")} {one.GetProperty("outcome")}"));
        Assert.Equal("", cases[0].GetProperty("detail").GetString());
        Assert.Contains("not implemented: Bogus", cases[1].GetProperty("detail").GetString(), StringComparison.Ordinal);

        int Number(string name) => answer.RootElement.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task A_failed_case_is_told_and_makes_the_command_fail()
    {
        Write("test_good", "Relu", [-1, 0, 2], [0, 0, 2]);
        Write("test_wrong", "Relu", [-1, 0, 2], [0, 0, 3]);
        Outcome outcome = await RunAsync("onnx", "test", _home);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("failed test_wrong: test_data_set_0: output 'y' differs in 1 of 3 elements, first at 2: 2 where 3 is expected", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 passed, 1 failed, 0 unsupported\n", outcome.Output, StringComparison.Ordinal);
    }

    private Task<Outcome> RunAsync(params string[] arguments) => InklingProcess.RunAsync(_home, arguments);

    private void Write(string name, string operation, float[] input, float[] output)
    {
        string folder = Path.Combine(_home, name), data = Path.Combine(folder, "test_data_set_0");
        Directory.CreateDirectory(data);
        byte[] node = [.. Field(1, "x"u8), .. Field(2, "y"u8), .. Field(4, Encoding.UTF8.GetBytes(operation))];
        byte[] graph = [.. Field(1, node), .. Field(11, Field(1, "x"u8)), .. Field(12, Field(1, "y"u8))];
        byte[] opset = [0x10, 14];
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), [.. Field(7, graph), .. Field(8, opset)]);
        File.WriteAllBytes(Path.Combine(data, "input_0.pb"), Tensor(input));
        File.WriteAllBytes(Path.Combine(data, "output_0.pb"), Tensor(output));
    }

    /// <summary>One axis, type float, raw values.</summary>
    private static byte[] Tensor(float[] values) => [0x08, (byte)values.Length, 0x10, 1, .. Field(9, [.. values.SelectMany(BitConverter.GetBytes)])];

    /// <summary>A field of protobuf with a length.</summary>
    private static byte[] Field(int number, ReadOnlySpan<byte> bytes) => [(byte)((number << 3) | 2), (byte)bytes.Length, .. bytes];
}
