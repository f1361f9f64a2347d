using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Inkling.Vectors;

namespace Inkling.VectorSearch;

/// <summary>hnswlib in a process of its own, compiled from <c>bench/peers/hnswlib_search.cpp</c>.</summary>
internal sealed class Hnswlib : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly int _queries;

    private Hnswlib(Process process, string folder, int queries)
    {
        (_process, _folder, _queries) = (process, folder, queries);
        (Wall, Processor) = Times(_process.StandardOutput.ReadLine()!["built ".Length..]);
    }

    public double Wall { get; }

    public double Processor { get; }

    /// <summary>Megabytes it holds now.</summary>
    public double Megabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Compiles it; null with a word why where that cannot be done.</summary>
    public static string? Compile(string root, string folder, out string? why)
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
        return why is null ? program : null;
    }

    public static Hnswlib Build(string program, string folder, DataSet data, int m, int efConstruction, int threads)
    {
        string vectors = Path.Combine(folder, "base.f32"), queries = Path.Combine(folder, "queries.f32");
        File.WriteAllBytes(vectors, MemoryMarshal.AsBytes(data.Base.AsSpan()));
        File.WriteAllBytes(queries, MemoryMarshal.AsBytes(data.Queries.AsSpan()));
        ProcessStartInfo start = new(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (object argument in (object[])[vectors, queries, data.Dimensions, data.Metric == Metric.L2 ? "l2" : "ip", m, efConstruction, threads])
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        return new Hnswlib(Process.Start(start)!, folder, data.QueriesCount);
    }

    public (double Wall, double Processor, int[] Labels) Search(int ef, int k, int threads)
    {
        string found = Path.Combine(_folder, "found.i32");
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"search {ef} {k} {threads} {found}"));
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

    private static (double Wall, double Processor) Times(string line)
    {
        string[] words = line.Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }
}
