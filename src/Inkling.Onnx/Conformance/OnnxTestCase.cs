namespace Inkling.Onnx.Conformance;

/// <summary>A case of the ONNX backend test suite: a folder with <c>model.onnx</c> and <c>test_data_set_*/{input,output}_*.pb</c>.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Folder">The folder.</param>
public sealed record OnnxTestCase(string Name, string Folder)
{
    /// <summary>The file that makes a folder a case.</summary>
    private const string ModelFile = "model.onnx";

    /// <summary>Finds all cases below some folders, in the order of their paths.</summary>
    /// <param name="folders">The folders; a case itself counts, too.</param>
    /// <exception cref="OnnxException">A folder is not there.</exception>
    public static IReadOnlyList<OnnxTestCase> Find(params IEnumerable<string> folders)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (string folder in folders)
        {
            if (!Directory.Exists(folder))
                throw new OnnxException($"there is no folder '{folder}'");
            foreach (string model in Directory.EnumerateFiles(folder, ModelFile, SearchOption.AllDirectories))
                found.Add(Path.GetDirectoryName(Path.GetFullPath(model))!);
        }

        return [.. found.Select(folder => new OnnxTestCase(Path.GetFileName(folder), folder))];
    }

    /// <summary>Runs the case: the model must load, and each data set give the outputs within the suite's tolerance.</summary>
    public OnnxTestResult Run()
    {
        try
        {
            OnnxModel model = OnnxModel.Load(Path.Combine(Folder, ModelFile));
            string[] dataSets = [.. Directory.EnumerateDirectories(Folder, "test_data_set_*").Order(StringComparer.Ordinal)];
            if (dataSets.Length == 0)
                return Failed("it has no test_data_set_* folder");
            foreach (string dataSet in dataSets)
            {
                if (Differences(model, dataSet) is { } difference)
                    return Failed($"{Path.GetFileName(dataSet)}: {difference}");
            }

            return new OnnxTestResult(Name, OnnxTestOutcome.Passed, "");
        }
        catch (OnnxUnsupportedException problem)
        {
            return new OnnxTestResult(Name, OnnxTestOutcome.Unsupported, problem.Message);
        }
        catch (Exception problem) when (problem is OnnxException or IOException or UnauthorizedAccessException)
        {
            return Failed(problem.Message);
        }
    }

    private OnnxTestResult Failed(string detail) => new(Name, OnnxTestOutcome.Failed, detail);

    /// <summary>What is wrong with the outputs of a data set; null when nothing is.</summary>
    private static string? Differences(OnnxModel model, string dataSet)
    {
        List<OnnxValue> inputs = Values(dataSet, "input"), expected = Values(dataSet, "output");
        // Files of IR version 3 list initializers among the inputs; the suite gives values for the others, or for all.
        OnnxPort[] ports = [.. model.RequiredInputs];
        if (inputs.Count != ports.Length)
            ports = [.. model.Inputs];
        if (inputs.Count > ports.Length || expected.Count != model.Outputs.Count)
            return $"there are {inputs.Count} inputs and {expected.Count} outputs for a model with {ports.Length} and {model.Outputs.Count}";

        Dictionary<string, OnnxValue> given = new(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Count; i++)
            given[ports[i].Name] = inputs[i];
        IReadOnlyDictionary<string, OnnxValue> results = model.Run(given);
        for (int i = 0; i < expected.Count; i++)
        {
            string name = model.Outputs[i].Name;
            if (ValueComparison.Difference(results[name], expected[i]) is { } difference)
                return $"output '{name}' {difference}";
        }

        return null;
    }

    private static List<OnnxValue> Values(string dataSet, string kind)
    {
        List<OnnxValue> values = [];
        while (Path.Combine(dataSet, $"{kind}_{values.Count}.pb") is var file && File.Exists(file))
            values.Add(OnnxTensorFile.Load(file));
        return values;
    }
}
