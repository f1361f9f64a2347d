using System.Text.Json;
using System.Text.Json.Nodes;
using Inkling.Comparison;

if (args is [PeerRoles.Argument, string role, string threads])
    return PeerRoles.Play(role, int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture));

(Options? options, string problem) = Options.Parse(args);
if (options is null)
{
    Console.Error.WriteLine($"compare: {problem}");
    return 2;
}

IReadOnlyList<IComparison> chosen = Catalogue.Find(options.Only);
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"compare: nothing is called {options.Only}. There are: {string.Join(", ", Catalogue.All.Select(one => one.Name))}");
    return 2;
}

if (options.List)
{
    foreach (IComparison one in chosen)
        Console.WriteLine($"{one.Name,-22} {one.Title}");
    return 0;
}

Roofline limits = Roofline.Measure();
Console.Error.WriteLine($"{MachineDescription.Text}\n{MachineDescription.Limits(limits)}");
var run = new ComparisonRun(options, Console.Error);
run.All(chosen);

// On a terminal the table is enough.
if (options.Json || Console.IsOutputRedirected)
{
    var document = new JsonObject(run.Results.Select(one => KeyValuePair.Create<string, JsonNode?>(one.Comparison.Name, one.Result.ToJson())));
    var readable = new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    Console.WriteLine(document.ToJsonString(readable));
}

if (options.Report is not null)
    File.WriteAllText(options.Report, new MarkdownReport(run, options, limits).Write());
return run.Failed ? 1 : 0;
