using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Inkling.Tuning.Tests.PostgresServer))]

namespace Inkling.Tuning.Tests;

/// <summary>
/// Debian's PostgreSQL, started for the tests of one assembly in a folder of its own on a free port of 127.0.0.1. Without one the tests are skipped; with
/// <c>INKLING_REQUIRE=postgres</c> they fail.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Part = "postgres";
    private readonly string? _programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order().LastOrDefault()
        : null;

    private DirectoryInfo? _folder;
    private string? _missing;
    private int _port;
    private int _dataBases;

    public async ValueTask InitializeAsync()
    {
        if (_programs is null)
        {
            _missing = "no PostgreSQL on this machine; install Debian's with: apt-get install postgresql";
            return;
        }

        _folder = Directory.CreateTempSubdirectory("inkling-postgres-");
        try
        {
            // The server refuses to run as root, as in a container.
            if (Environment.UserName == "root") await Run("chown", "postgres", _folder.FullName);
            await RunAsUser("initdb", "-D", Data, "-U", "inkling", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            await Start();
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            _missing = $"PostgreSQL does not start: {wrong.Message}";
        }
    }

    private string Data => Path.Combine(_folder!.FullName, "data");

    /// <summary>The address of a new, empty data base; ends the test where there is no server.</summary>
    public string NewDataBase()
    {
        if (_missing is not null)
        {
            string[] required = (Environment.GetEnvironmentVariable("INKLING_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
            Assert.False(required.Contains(Part), $"INKLING_REQUIRE names {Part}, but {_missing}.");
            Assert.Skip(_missing);
        }

        string name = $"studies{Interlocked.Increment(ref _dataBases)}";
        Execute("postgres", $"CREATE DATABASE {name}");
        return $"postgres://inkling@127.0.0.1:{_port}/{name}";
    }

    /// <summary>Runs a command of SQL as the owner of everything.</summary>
    public void Execute(string dataBase, string sql)
    {
        using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username=inkling;Database={dataBase};Pooling=false");
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Starts it again on the same port after <see cref="Stop"/>, or for the first time.</summary>
    public async Task Start()
    {
        if (_port == 0)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            _port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        // No vacuum: its transactions would make reads of "what has changed" repeat more than the tests expect.
        string options = $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder!.FullName} -c fsync=off -c autovacuum=off -c max_connections=100";
        await RunAsUser("pg_ctl", "-D", Data, "-l", Path.Combine(_folder.FullName, "log"), "-w", "-t", "60", "-o", options, "start");
    }

    /// <summary>Stops it as a crash would.</summary>
    public Task Stop() => RunAsUser("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    public async ValueTask DisposeAsync()
    {
        if (_folder is null) return;
        if (_missing is null && File.Exists(Path.Combine(Data, "postmaster.pid"))) await Stop();
        _folder.Delete(true);
    }

    private Task RunAsUser(string program, params string[] arguments)
    {
        string path = Path.Combine(_programs!, program);
        return Environment.UserName == "root" ? Run("runuser", ["-u", "postgres", "--", path, .. arguments]) : Run(path, arguments);
    }

    private async Task Run(string program, params string[] arguments)
    {
        // Not piped: the server would keep the pipe open.
        string said = Path.Combine(_folder!.FullName, "said");
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = _folder.FullName };
        foreach (string argument in (string[])["-c", "out=$1; shift; exec \"$@\" > \"$out\" 2>&1 < /dev/null", "sh", said, program, .. arguments])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(program)}: {string.Join(' ', File.ReadAllLines(said))}");
    }
}
