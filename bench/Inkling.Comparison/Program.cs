using System.Text.Json;
using System.Text.Json.Nodes;
using Inkling.Comparison;

IComparison[] comparisons =
[
    new SgemmComparison("sgemm-1024x1024x1024", 1024, 1024, 1024),
    new SgemmComparison("sgemm-64x2048x512", 64, 2048, 512),
    new SgemmComparison("sgemm-64x2048x512-nt", 64, 2048, 512, transposeB: true),
    new SgemmComparison("sgemm-2048x2048x512-nt", 2048, 2048, 512, transposeB: true),
    new SgemmComparison("sgemm-2048x512x2048-tn", 2048, 512, 2048, transposeA: true),
];

bool quick = false, json = false;
string? only = null;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--quick": quick = true; break;
        case "--json": json = true; break;
        case "--only" when i + 1 < args.Length: only = args[++i]; break;
        default:
            Console.Error.WriteLine($"compare: unknown argument {args[i]}. Usage: bench/compare [--quick] [--only NAME] [--json]");
            return 2;
    }
}

IComparison[] chosen = [.. comparisons.Where(comparison => only is null || comparison.Name.StartsWith(only, StringComparison.Ordinal))];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"compare: nothing is called {only}. There are: {string.Join(", ", comparisons.Select(comparison => comparison.Name))}");
    return 2;
}

var results = new JsonObject();
bool failed = false;
foreach (IComparison comparison in chosen)
{
    try
    {
        Result result = comparison.Run(quick);
        results[comparison.Name] = new JsonObject
        {
            ["ours"] = Math.Round(result.Ours, 2),
            ["peer"] = Math.Round(result.Peer, 2),
            ["ratio"] = Math.Round(result.Ratio, 3),
            ["bar"] = result.Bar,
            ["holds"] = result.Holds,
            ["unit"] = result.Unit,
        };
        Console.Error.WriteLine(
            $"{comparison.Name,-26} ours {result.Ours,7:F1}  peer {result.Peer,7:F1} {result.Unit}  ratio {result.Ratio:F2}  bar {result.Bar:F2}  {(result.Holds ? "holds" : "MISSED")}");
    }
    catch (PeerMissingException missing)
    {
        failed = true;
        Console.Error.WriteLine($"compare: {comparison.Name}: {missing.Message}");
    }
}

// On a terminal the table is enough.
if (json || Console.IsOutputRedirected)
    Console.WriteLine(results.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
return failed ? 1 : 0;
