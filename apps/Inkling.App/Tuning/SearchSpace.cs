using System.Collections.Immutable;
using System.Text.Json;
using Inkling.App.Running;
using Inkling.Tuning;

namespace Inkling.App.Tuning;

/// <summary>The parameters of a command, as a <c>--space</c> file names them.</summary>
/// <param name="Parameters">Name and values of each, in the order of the file.</param>
/// <param name="Json">The text of the file, as it is kept with the study.</param>
internal sealed record SearchSpace(ImmutableArray<(string Name, Distribution Values)> Parameters, string Json)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FailureException">It is not there, no JSON, or no space; the message names the parameter.</exception>
    public static SearchSpace Load(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"--space {file}: {problem.Message}");
        }

        return Parse(text, $"--space {file}");
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">A JSON object, a member a parameter.</param>
    /// <param name="origin">Where it comes from, for messages.</param>
    /// <exception cref="FailureException">It is no space.</exception>
    public static SearchSpace Parse(string text, string origin)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new FailureException($"{origin}: is no JSON object; {Form}");
            ImmutableArray<(string, Distribution)> parameters = [.. document.RootElement.EnumerateObject().Select(one => (one.Name, Read(one, origin)))];
            return parameters.Length == 0 ? throw new FailureException($"{origin}: has no parameter; {Form}") : new SearchSpace(parameters, JsonSerializer.Serialize(document.RootElement, AppJson.Default.JsonElement));
        }
        catch (JsonException wrong)
        {
            throw new FailureException($"{origin}: is no JSON: {wrong.Message}");
        }
        catch (InvalidOperationException)
        {
            throw new FailureException($"{origin}: a name in it is half of a surrogate pair (\\ud800 to \\udfff), which is no character; {Form}");
        }
    }

    private const string Form = """write {"lr": {"type": "float", "low": 1e-5, "high": 0.1, "log": true}}""";

    private static Distribution Read(JsonProperty one, string origin)
    {
        if (one.Name.Length == 0 || one.Name.AsSpan().ContainsAny("{}")) throw new FailureException($"{origin}: \"{one.Name}\" is no name of a parameter; it is empty or has braces");
        try
        {
            return Distribution.FromJson(one.Value);
        }
        catch (SearchSpaceException wrong)
        {
            throw new FailureException($"{origin}: \"{one.Name}\": {wrong.Message}");
        }
    }
}
