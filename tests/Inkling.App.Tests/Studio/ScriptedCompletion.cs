using System.Collections.Concurrent;
using Inkling.App.Completing;
using Inkling.Mail;

namespace Inkling.App.Tests.Studio;

/// <summary>A completer that knows a few sentences by heart: a line that begins one of them is answered with the rest of it.</summary>
internal sealed class ScriptedCompletion(params string[] sentences) : ICompletionService
{
    public ModelInfo Info { get; private set; } = Model("default");

    public event EventHandler? ModelChanged;

    /// <summary>Everything that was asked, in order.</summary>
    public ConcurrentQueue<(CompletionRequest Request, string? Session)> Asked { get; } = [];

    /// <summary>The folders that were chosen, in order.</summary>
    public ConcurrentQueue<string> Used { get; } = [];

    /// <summary>Goes before every answer, on the server's thread.</summary>
    public Action<CompletionRequest>? Before { get; set; }

    public Completion Complete(CompletionRequest request, string? session = null)
    {
        Asked.Enqueue((request, session));
        Before?.Invoke(request);
        string line = request.Text[(request.Text.LastIndexOf('\n') + 1)..];
        if (request.Text.Trim().Length == 0)
        {
            return new Completion { Reason = CompletionReason.NothingToComplete, ElapsedMs = 0.1 };
        }

        if (line.EndsWith("account ", StringComparison.Ordinal))
        {
            return new Completion { Reason = CompletionReason.Privacy, ElapsedMs = 0.2 };
        }

        Suggestion[] found = [.. sentences
            .Where(sentence => line.Length >= 3 && sentence.Length > line.Length && sentence.StartsWith(line, StringComparison.Ordinal))
            .Select((sentence, rank) => Suggest(sentence[line.Length..], rank == 0 ? 0.83 : 0.12 / (rank + 1)))];
        return found is [var best, ..]
            ? new Completion { Suggestion = best, Candidates = found, ElapsedMs = 1.9 }
            : new Completion { Candidates = [Suggest(" and the", 0.04)], Reason = CompletionReason.BelowThreshold, ElapsedMs = 1.4 };
    }

    public void Forget(string session)
    {
    }

    public void Use(string modelFolder)
    {
        Used.Enqueue(modelFolder);
        Info = Model(modelFolder);
        ModelChanged?.Invoke(this, EventArgs.Empty);
    }

    private static Suggestion Suggest(string text, double confidence)
        => new() { Text = text, Words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, Confidence = confidence };

    private static ModelInfo Model(string folder)
        => new() { Name = Path.GetFileName(folder), Folder = folder, Parameters = 6_400_000, SizeBytes = 8_900_000, WeightType = "int8", Threshold = 0.35, HasNGrams = true };
}
