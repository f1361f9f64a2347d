using System.Diagnostics;

namespace Inkling.Comparison;

/// <summary>
/// A peer in a process of its own (two native thread pools in one process disturb each other) that answers a line with a line.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts a script of bench/peers; its first line, what the peer is, becomes <see cref="Description"/>.</summary>
    public PeerProcess(string script)
    {
        var start = new ProcessStartInfo("python3")
        {
            ArgumentList = { Path.Combine(Folder(), script) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new PeerMissingException("python3 is not installed; the peers' scripts need it.");
        }

        Description = ReadLine();
    }

    public string Description { get; }

    /// <summary>Asks and waits for the answer.</summary>
    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        return ReadLine();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw new PeerMissingException(_process.StandardError.ReadToEnd().Trim());

    private static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string peers = Path.Combine(folder.FullName, "bench", "peers");
            if (Directory.Exists(peers))
                return peers;
        }

        throw new PeerMissingException("bench/peers was not found above " + AppContext.BaseDirectory + ". Run bench/compare inside the repository.");
    }
}
