using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Inkling.Vectors;

namespace Inkling.VectorSearch;

/// <summary>Another library in a process of its own: it builds an index over a file of vectors, then answers a line with a line (<c>bench/peers/hnswlib_search.cpp</c>, <c>usearch_search.mjs</c>).</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly int _queries;

    private Peer(Process process, string folder, int queries)
    {
        (_process, _folder, _queries) = (process, folder, queries);
        (Wall, Processor) = Times(_process.StandardOutput.ReadLine()!["built ".Length..]);
    }

    public double Wall { get; }

    public double Processor { get; }

    /// <summary>The command that runs hnswlib, compiled here; null with a word why where that cannot be done.</summary>
    public static string[]? Hnswlib(string root, string folder, out string? why)
    {
        why = null;
        string program = Path.Combine(folder, "hnswlib_search");
        if (!File.Exists("/usr/include/hnswlib/hnswlib.h"))
        {
            why = "hnswlib is not installed (Debian: libhnswlib-dev, g++)";
            return null;
        }

        using Process compiler = Process.Start("g++", ["-O3", "-march=native", "-std=c++17", "-pthread", Path.Combine(root, "bench", "peers", "hnswlib_search.cpp"), "-o", program]);
        compiler.WaitForExit();
        if (compiler.ExitCode != 0) why = "hnswlib did not compile";
        return why is null ? [program] : null;
    }

    /// <summary>The command that runs USearch in Node; null with a word why where that cannot be done.</summary>
    public static string[]? Usearch(string root, out string? why)
    {
        string peers = Path.Combine(root, "bench", "peers");
        why = !Directory.Exists(Path.Combine(peers, "node_modules", "usearch")) ? $"npm package usearch is not installed; run 'npm install --prefix {peers}'" : !HasNode() ? "the program 'node' is not there" : null;
        return why is null ? ["node", Path.Combine(peers, "usearch_search.mjs")] : null;
    }

    public static Peer Build(string[] command, string folder, DataSet data, int m, int efConstruction, int threads)
    {
        string vectors = Path.Combine(folder, "base.f32"), queries = Path.Combine(folder, "queries.f32");
        File.WriteAllBytes(vectors, MemoryMarshal.AsBytes(data.Base.AsSpan()));
        File.WriteAllBytes(queries, MemoryMarshal.AsBytes(data.Queries.AsSpan()));
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (object argument in (object[])[vectors, queries, data.Dimensions, data.Metric == Metric.L2 ? "l2" : "ip", m, efConstruction, threads])
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        return new Peer(Process.Start(start)!, folder, data.QueriesCount);
    }

    /// <summary>Searches all queries.</summary>
    /// <param name="way"><c>search</c>; of USearch also <c>loop</c>, a call a query.</param>
    /// <param name="ef">How far to look.</param>
    /// <param name="k">How many to find.</param>
    /// <param name="threads">By how many threads.</param>
    public (double Wall, double Processor, int[] Labels) Search(string way, int ef, int k, int threads)
    {
        string found = Path.Combine(_folder, "found.i32");
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{way} {ef} {k} {threads} {found}"));
        _process.StandardInput.Flush();
        (double wall, double processor) = Times(_process.StandardOutput.ReadLine()!);
        int[] labels = new int[_queries * k];
        File.ReadAllBytes(found).CopyTo(MemoryMarshal.AsBytes(labels.AsSpan()));
        return (wall, processor, labels);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool HasNode()
    {
        try
        {
            using Process node = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true })!;
            node.WaitForExit();
            return node.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static (double Wall, double Processor) Times(string line)
    {
        string[] words = line.Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
