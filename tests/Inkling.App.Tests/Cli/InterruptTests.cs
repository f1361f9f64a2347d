using System.Diagnostics;

namespace Inkling.App.Tests.Cli;

/// <summary>Commands that read vectors end at the first Ctrl+C, however long that takes them.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("inkling-interrupt-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Theory]
    [InlineData("similar", "--vectors", "slow.txt", "king")]
    [InlineData("analogy", "--vectors", "slow.txt", "king", "-", "man", "+", "woman")]
    [InlineData("categories", "--vectors", "slow.txt", "Roses are red", "Flowers", "Cars")]
    [InlineData("vectors", "convert", "slow.txt", "fast.bin")]
    public async Task Reading_vectors_ends_at_an_interrupt(params string[] arguments)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("there are no pipes with names of files");
        // A file that never gives anything: who opens it for writing waits until the command reads it.
        using (Process make = Process.Start("mkfifo", Path.Combine(_home, "slow.txt"))) await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        using InklingProcess command = InklingProcess.Start(_home, arguments);
        using FileStream pipe = await Task.Run(() => new FileStream(Path.Combine(_home, "slow.txt"), FileMode.Open, FileAccess.Write)).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        command.Interrupt();
        Outcome outcome = await command.EndAsync();
        Assert.Equal((130, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("interrupted", outcome.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(["slow.txt"], Directory.EnumerateFileSystemEntries(_home).Select(Path.GetFileName).Where(name => name!.Contains('.', StringComparison.Ordinal)));
    }
}
