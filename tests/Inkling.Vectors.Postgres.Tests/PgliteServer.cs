using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Inkling.Vectors.Tests.PgliteServer))]

namespace Inkling.Vectors.Tests;

/// <summary>
/// PostgreSQL with pgvector in WebAssembly behind a socket (tests/peers/pgvector), started for the tests of this assembly. Without node or the packages the tests
/// are skipped; with <c>INKLING_REQUIRE=pgvector</c> they fail. It has one data base and runs one transaction at a time.
/// </summary>
public sealed class PgliteServer : IDisposable
{
    private const string Part = "pgvector";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly Lazy<(string? Address, string? Missing)> _with, _without;
    private readonly List<Process> _started = [];

    public PgliteServer()
    {
        _with = new(() => Start("--extensions=@electric-sql/pglite-pgvector:vector"));
        _without = new(() => Start());
    }

    /// <summary>The address of the server; ends the test where there is none.</summary>
    public string Address => Of(_with.Value);

    /// <summary>The address of one that has no pgvector.</summary>
    public string AddressWithoutVectors => Of(_without.Value);

    /// <summary>Runs SQL.</summary>
    public void Execute(string sql)
    {
        var url = new Uri(Address);
        using var connection = new NpgsqlConnection($"Host={url.Host};Port={url.Port};Username=postgres;Database=postgres;Pooling=false");
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (Process process in _started)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
        }
    }

    private static string Of((string? Address, string? Missing) server)
    {
        if (server.Address is not null) return server.Address;
        string[] required = (Environment.GetEnvironmentVariable("INKLING_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        Assert.False(required.Contains(Part), $"INKLING_REQUIRE names {Part}, but {server.Missing}.");
        Assert.Skip(server.Missing!);
        return "";
    }

    private (string? Address, string? Missing) Start(params string[] more)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Inkling.slnx"))) root = root.Parent;
        string folder = Path.Combine(root!.FullName, "tests", "peers", "pgvector");
        string program = Path.Combine(folder, "node_modules", "@electric-sql", "pglite-socket", "dist", "scripts", "server.js");
        if (!File.Exists(program)) return (null, "the packages of pgvector are not installed; run: npm install --prefix tests/peers/pgvector");
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in (string[])[program, $"--port={port}", "--max-connections=20", .. more]) start.ArgumentList.Add(argument);
        try
        {
            Process process = Process.Start(start)!;
            _started.Add(process);
            using var listening = new ManualResetEventSlim();
            List<string> said = [];
            void Hear(string? line)
            {
                if (line is null) return;
                lock (said) said.Add(line);
                if (line.Contains("listening", StringComparison.Ordinal)) listening.Set();
            }

            process.OutputDataReceived += (_, line) => Hear(line.Data);
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_patience && !process.HasExited;)
            {
                if (listening.Wait(200)) return ($"postgres://postgres@127.0.0.1:{port}/postgres", null);
            }

            lock (said) return (null, $"PostgreSQL in WebAssembly does not start: {string.Join(' ', said)}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, "node is not installed; on Debian: apt-get install nodejs npm");
        }
    }
}
