using BenchmarkDotNet.Attributes;
using Inkling.Mail;

namespace Inkling.Benchmarks;

/// <summary>Typing a short mail with the shipped model: one operation is one character, with a session as the server keeps it and without.</summary>
[MemoryDiagnoser]
public class CompletionBenchmarks
{
    private const string Draft = "Hi Anna,\n\nThank you for sending the agenda. I will go through it tomorrow and let you know if I have any questions. ";
    private Completer _completer = null!;

    [GlobalSetup]
    public void Setup()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Inkling.slnx"))) folder = folder.Parent;
        _completer = Completer.Load(Path.Combine(folder?.FullName ?? ".", "models", "default"));
    }

    [Benchmark(OperationsPerInvoke = 116)]
    public int TypeWithSession()
    {
        DraftSession session = _completer.NewSession();
        int shown = 0;
        for (int i = 1; i <= Draft.Length; i++) shown += _completer.Complete(Request(i), session).Suggestion is null ? 0 : 1;
        return shown;
    }

    [Benchmark]
    public int Alone() => _completer.Complete(Request(Draft.Length)).Candidates.Count;

    [GlobalCleanup]
    public void Cleanup() => _completer.Dispose();

    private static CompletionRequest Request(int length) => new() { Text = Draft[..length], Subject = "Agenda for Thursday" };
}
